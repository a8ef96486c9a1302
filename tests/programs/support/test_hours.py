"""Whoever is reached, on any day and at any hour: over changes of the clock, leap days, and absences."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from programs.support.models import Concern, Helper
from programs.support.rota import AHEAD, FIRST, LAST, gaps, is_away, reached, who_answers

BERLIN = ZoneInfo("Europe/Berlin")
CHANGES = (date(2026, 3, 29), date(2026, 10, 25), date(2028, 2, 29))  # the clocks go forward, go back; a leap day
DAYS = st.builds(lambda day, by: day + timedelta(days=by), st.sampled_from(CHANGES), st.integers(-15, 1))
HOURS = st.integers(0, 23).map(time)
INSTANTS = st.builds(
    lambda day, halves: datetime.combine(day, time(), ZoneInfo("UTC")) + timedelta(minutes=30 * halves),
    DAYS,
    st.integers(0, 47),  # half hours: often enough the very moment at which somebody's hours begin or end
).map(lambda moment: moment.astimezone(BERLIN))


@st.composite
def helpers(draw: st.DrawFn) -> list[Helper]:
    found = []
    for pk in range(1, draw(st.integers(0, 4)) + 1):
        begins, ends = sorted(draw(st.lists(HOURS, min_size=2, max_size=2, unique=True)))
        away = draw(st.none() | st.tuples(DAYS, st.integers(0, 5)))
        found.append(
            Helper(
                pk=pk,
                name=f"Helper {pk}",
                concerns=draw(st.lists(st.sampled_from(Concern.values), min_size=1, unique=True)),
                weekdays=draw(st.lists(st.integers(0, 6), min_size=1, unique=True)),
                begins=begins,
                ends=ends,
                away_from=away[0] if away else None,
                away_until=away[0] + timedelta(days=away[1]) if away else None,
                stand_in_id=draw(st.none() | st.integers(1, 4).filter(lambda other, pk=pk: other != pk)),
            )
        )
    return found


def has_hours(helper: Helper, now: datetime) -> bool:
    return now.weekday() in helper.weekdays and helper.begins <= now.time() < helper.ends


@given(helpers(), INSTANTS)
@example([], datetime(2026, 3, 29, 3, 0, tzinfo=BERLIN))
def test_who_is_reached_now_has_hours_and_is_there(people: list[Helper], now: datetime) -> None:
    found = reached(people, now)
    assert len({each.helper.pk for each in found}) == len(found), "nobody twice"
    assert [each.is_now for each in found] == sorted((each.is_now for each in found), reverse=True)
    known = {each.helper.pk: each for each in found}
    for each in found:
        assert not is_away(each.helper, now.date())
    for helper in people:
        answers = who_answers(helper, now.date(), people)
        if answers and has_hours(helper, now):
            assert known[answers.pk].is_now, "whoever's hours these are, somebody answers"
    in_hours = {
        answers.pk
        for helper in people
        if has_hours(helper, now) and (answers := who_answers(helper, now.date(), people))
    }
    assert {pk for pk, each in known.items() if each.is_now} == in_hours, "and nobody else is called now"


@given(helpers(), INSTANTS)
def test_the_next_hours_are_the_next_ones(people: list[Helper], now: datetime) -> None:
    for each in reached(people, now):
        if each.next_at is None:
            continue
        helper, then = each.helper, each.next_at
        assert now.replace(tzinfo=None) < then.replace(tzinfo=None)
        assert then.time() == helper.begins, "the hour on the wall, whether the clock was changed or not"
        assert then.weekday() in helper.weekdays
        assert not is_away(helper, then.date())
        for days in range(1, (then.date() - now.date()).days):
            day = now.date() + timedelta(days=days)
            assert day.weekday() not in helper.weekdays or is_away(helper, day), "no earlier day was passed over"


@given(helpers(), DAYS)
def test_a_gap_is_exactly_where_nobody_is_reached(people: list[Helper], today: date) -> None:
    """Hour by hour against what a person who calls at that hour is told."""
    holes = gaps(people, today)
    for days in range(AHEAD):
        day = today + timedelta(days=days)
        for hour in range(24):
            now = datetime.combine(day, time(hour, 30), BERLIN)
            is_hole = any(gap.on == day and gap.begins <= now.time() < gap.ends for gap in holes)
            is_due = day.weekday() < 5 and FIRST <= hour < LAST
            nobody = not any(each.is_now for each in reached(people, now, Concern.CRISIS))
            assert is_hole == (is_due and nobody)
