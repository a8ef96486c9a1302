"""Which hours are free: local time is kept over clock changes, and what blocks always blocks."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from community.office_hours.free import HoursRules, OpenTime, TakenTime, free_slots, why_none

ZONES = ("Europe/Berlin", "Europe/Zurich", "Europe/London", "America/New_York")
MONDAY = datetime(2026, 11, 23, 6, tzinfo=UTC)
EVERY_DAY = {day: [OpenTime(time(9), time(11))] for day in range(7)}


def rules(**more: object) -> HoursRules:
    return HoursRules(**({"zone": "Europe/Berlin", "minutes": 20, "windows": EVERY_DAY, "weeks": 1} | more))  # type: ignore[arg-type]


def clocks(slots: list[object], zone: str = "Europe/Berlin") -> list[str]:
    return [f"{each.start.astimezone(ZoneInfo(zone)):%a %H:%M}" for each in slots]  # type: ignore[attr-defined]


def test_an_hour_of_every_window() -> None:
    found = free_slots(rules(windows={0: [OpenTime(time(9), time(10, 10))]}), now=MONDAY)
    assert clocks(found) == ["Mon 09:00", "Mon 09:20", "Mon 09:40"]


def test_pause_notice_and_horizon() -> None:
    found = free_slots(rules(pause=10, notice=timedelta(hours=3), windows={0: EVERY_DAY[0]}), now=MONDAY)
    assert clocks(found) == ["Mon 10:00", "Mon 10:30"], "6:00 UTC is 7:00 there"
    assert len(free_slots(rules(weeks=2, windows={0: EVERY_DAY[0]}), now=MONDAY)) == 12


def test_absence_holiday_and_another_day() -> None:
    tuesday, wednesday = date(2026, 11, 24), date(2026, 11, 25)
    found = free_slots(
        rules(
            absences=[(tuesday, tuesday)], holidays=frozenset([wednesday, date(2026, 11, 26)]),
            special={wednesday: [OpenTime(time(13), time(13, 40))]}, windows=dict.fromkeys((1, 2, 3), EVERY_DAY[0]),
        ),
        now=MONDAY,
    )  # fmt: skip
    assert clocks(found) == ["Wed 13:00", "Wed 13:20"]


def test_busy_blocks_what_it_touches_and_nothing_beside_it() -> None:
    nine = MONDAY.replace(hour=8)
    found = free_slots(
        rules(windows={0: EVERY_DAY[0]}), now=MONDAY, busy=[(nine + timedelta(minutes=30), nine + timedelta(hours=1))]
    )
    assert clocks(found) == ["Mon 09:00", "Mon 10:00", "Mon 10:20", "Mon 10:40"]


def test_a_group_keeps_its_places_until_it_is_full() -> None:
    windows = {0: [OpenTime(time(9), time(9, 40), 4)]}
    nine = MONDAY.replace(hour=8)
    for left, expected in ((1, [1, 4]), (0, [4])):
        taken = [TakenTime(nine, nine + timedelta(minutes=20), left)]
        found = free_slots(rules(windows=windows), now=MONDAY, taken=taken)
        assert [each.left for each in found] == expected
    busy = [(nine, nine + timedelta(minutes=5))]
    taken = [TakenTime(nine, nine + timedelta(minutes=20), 3)]
    assert clocks(free_slots(rules(windows=windows), now=MONDAY, taken=taken, busy=busy)) == ["Mon 09:20"]


def test_windows_that_overlap_offer_no_hour_twice() -> None:
    windows = {0: [OpenTime(time(9), time(10)), OpenTime(time(9, 30), time(10, 30))]}
    found = free_slots(rules(windows=windows), now=MONDAY)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_rules_without_an_hour_say_why() -> None:
    assert why_none(rules(windows={}), now=MONDAY) == "no_windows"
    assert why_none(rules(minutes=180), now=MONDAY) == "too_short"
    assert why_none(rules(notice=timedelta(weeks=2)), now=MONDAY) == "notice"
    assert why_none(rules(absences=[(date(2026, 1, 1), date(2027, 1, 1))]), now=MONDAY) == "away"
    assert why_none(rules(), now=MONDAY) == ""


moments = st.datetimes(datetime(2026, 1, 1), datetime(2036, 12, 31), timezones=st.just(UTC))
minutes_of_day = st.integers(0, 23 * 4).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))


@given(
    zone=st.sampled_from(ZONES), now=moments, begins=minutes_of_day, long=st.integers(15, 240),
    minutes=st.sampled_from([10, 20, 30, 45, 60]), pause=st.sampled_from([0, 5, 15]),
    blocked=st.lists(st.tuples(st.integers(0, 14 * 24 * 4), st.integers(1, 40)), max_size=8),
)  # fmt: skip
def test_whatever_the_rules_say(
    zone: str, now: datetime, begins: time, long: int, minutes: int, pause: int, blocked: list[tuple[int, int]]
) -> None:
    """Real instants on the window's clocks, apart from each other, never in what blocks."""
    end = datetime.combine(date(2026, 1, 1), begins) + timedelta(minutes=long)
    ends = end.time() if end.date() == date(2026, 1, 1) else time(23, 59)
    windows = {day: [OpenTime(begins, ends)] for day in range(7)}
    busy = [
        (now + timedelta(minutes=15 * start), now + timedelta(minutes=15 * (start + length)))
        for start, length in blocked
    ]
    given = HoursRules(zone=zone, minutes=minutes, pause=pause, notice=timedelta(hours=2), weeks=2, windows=windows)
    found = free_slots(given, now=now, busy=busy)
    there = ZoneInfo(zone)
    for each in found:
        local = each.start.astimezone(there)
        wall_end = datetime.combine(local.date(), ends, there)
        assert local.time() >= begins
        assert each.end <= wall_end.astimezone(UTC)
        assert each.end - each.start == timedelta(minutes=minutes)
        assert now + timedelta(hours=2) <= each.start < now + timedelta(weeks=2)
        assert not any(start < each.end and each.start < stop for start, stop in busy)
    for one, other in pairwise(found):
        assert one.end + timedelta(minutes=pause) <= other.start
    firsts = {each.start.astimezone(there).date(): each for each in reversed(found)}
    if not busy and begins >= time(4):  # after the hour in which clocks change: the window begins at the same time
        whole = list(firsts.values())[:-1]
        assert {each.start.astimezone(there).time() for each in whole} <= {begins}
