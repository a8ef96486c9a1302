"""From when to when a calendar says busy: repeats on their own clocks, exceptions, moved ones; what is none."""

from datetime import UTC, datetime

import pytest

from core.kit.calendar_times import NotACalendar
from core.kit.calendars import busy_in

FIRST, LAST = datetime(2026, 3, 20, tzinfo=UTC), datetime(2026, 4, 10, tzinfo=UTC)
HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n"


def file(*events: str) -> bytes:
    body = "".join(f"BEGIN:VEVENT\r\n{event.strip()}\r\nEND:VEVENT\r\n" for event in events)
    return f"{HEAD}{body}END:VCALENDAR\r\n".replace("\r\n", "\n").replace("\n", "\r\n").encode()


def busy(*events: str) -> list[str]:
    spans = busy_in(file(*events), first=FIRST, last=LAST, zone="Europe/Berlin")
    return [f"{start:%d %H:%M}-{end:%H:%M}" for start, end in spans]


def test_single_events_and_what_is_free() -> None:
    event = "UID:1\nDTSTART:20260325T090000Z\nDTEND:20260325T100000Z"
    assert busy(event) == ["25 09:00-10:00"]
    assert busy(f"{event}\nTRANSP:TRANSPARENT") == busy(f"{event}\nSTATUS:CANCELLED") == []
    assert busy("UID:2\nDTSTART;VALUE=DATE:20260325") == ["24 23:00-23:00"], "a whole day there"
    assert busy("UID:3\nDTSTART:20260325T090000\nDURATION:PT30M") == ["25 08:00-08:30"], "no zone: the host's own"


def test_repeats_keep_their_clocks_when_they_change() -> None:
    weekly = (
        "UID:1\nDTSTART;TZID=Europe/Berlin:20260101T140000\nDTEND;TZID=Europe/Berlin:20260101T150000\nRRULE:FREQ=WEEKLY"
    )
    assert busy(weekly) == ["26 13:00-14:00", "02 12:00-13:00", "09 12:00-13:00"]
    assert busy(f"{weekly}\nEXDATE;TZID=Europe/Berlin:20260402T140000") == ["26 13:00-14:00", "09 12:00-13:00"]
    moved = "UID:1\nRECURRENCE-ID;TZID=Europe/Berlin:20260402T140000\nDTSTART:20260403T060000Z\nDTEND:20260403T070000Z"
    assert busy(weekly, moved) == ["26 13:00-14:00", "03 06:00-07:00", "09 12:00-13:00"]
    assert busy(f"{weekly};UNTIL=20260327T000000Z") == ["26 13:00-14:00"]
    assert busy(f"{weekly};COUNT=3") == []


def test_dates_that_are_listed_one_by_one() -> None:
    single = "UID:1\nDTSTART:20260325T090000Z\nDTEND:20260325T100000Z"
    assert busy(f"{single}\nRDATE:20260326T090000Z,20260401T070000Z") == [
        "25 09:00-10:00",
        "26 09:00-10:00",
        "01 07:00-08:00",
    ]
    assert busy(f"{single}\nRDATE:20260326T090000Z\nEXDATE:20260325T090000Z") == ["26 09:00-10:00"]
    assert busy(f"{single}\nRRULE:FREQ=WEEKLY;COUNT=2\nRDATE;TZID=Europe/Berlin:20260327T080000") == [
        "25 09:00-10:00", "27 07:00-08:00", "01 09:00-10:00",
    ]  # fmt: skip
    assert busy(f"{single}\nRDATE;VALUE=PERIOD:20260327T080000Z/PT2H") == ["25 09:00-10:00", "27 08:00-10:00"]


def test_a_rule_within_a_day_or_without_an_end_costs_little() -> None:
    assert busy("UID:1\nDTSTART:20200101T000000Z\nDTEND:20200101T000100Z\nRRULE:FREQ=SECONDLY") == []
    assert busy("UID:1\nDTSTART:20200101T000000Z\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30") == []


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>sign in</html>", b"BEGIN:VCALENDAR", b"\xff\xfe\x00", file("UID:1"), file("DTSTART:nonsense"),
     file("DTSTART:20260101T000000Z\nRRULE:FREQ=NEVER")],
)  # fmt: skip
def test_what_is_no_calendar(content: bytes) -> None:
    with pytest.raises(NotACalendar):
        busy_in(content, first=FIRST, last=LAST, zone="Europe/Berlin")
