"""Calendar files as RFC 5545 and calendars want them."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from core.kit.calendars import CANCEL, PUBLISH, REQUEST, Appointment, content_type, download, local, uid_of, write

CHANGED = datetime(2026, 11, 2, 9, 5, tzinfo=UTC)


def make(**fields: Any) -> Appointment:
    return Appointment(
        **({"uid": "a@b", "title": "Kick-off", "start": date(2026, 12, 1), "changed_at": CHANGED} | fields)
    )


def only_event(written: bytes) -> Any:
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    return event


def test_lines_are_folded_and_end_as_the_standard_says() -> None:
    written = write([make(title="Ä" * 200, text="one\ntwo, three; four")])
    assert written.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert max(map(len, written.split(b"\r\n"))) <= 75
    event = only_event(written)
    assert (event["SUMMARY"], event["DESCRIPTION"]) == ("Ä" * 200, "one\ntwo, three; four")


def test_a_whole_day_blocks_nobody() -> None:
    event = only_event(write([make()]))
    assert (event.decoded("DTSTART"), event["TRANSP"], "DURATION" in event) == (date(2026, 12, 1), "TRANSPARENT", False)


@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 3, 30), date(2026, 10, 24), date(2026, 10, 26)])
@pytest.mark.parametrize("zone", ["Europe/Berlin", "Europe/Zurich", "America/New_York", "UTC"])
def test_fourteen_o_clock_stays_fourteen_o_clock(day: date, zone: str) -> None:
    event = only_event(write([make(start=local(day, time(14), zone))]))
    assert event.decoded("DTSTART") == datetime.combine(day, time(14), ZoneInfo(zone))
    assert event.decoded("DTSTART").time() == time(14)


def test_the_same_moment_on_other_clocks_is_written_anew() -> None:
    """When a program moves to another zone, the moments stay equal and the words of the file do not."""
    berlin = local(date(2026, 3, 2), time(14), "Europe/Berlin")
    for zone in ("Europe/Berlin", "Europe/Zurich", "UTC"):
        there = berlin.astimezone(ZoneInfo(zone))  # type: ignore[union-attr]  # a moment
        event = only_event(write([make(start=there)]))
        assert event["DTSTART"].params.get("TZID", "UTC") == zone
        assert event.decoded("DTSTART").time() == there.time()


def test_the_zone_comes_with_its_rules() -> None:
    written = write([make(start=local(date(2026, 3, 28), time(14), "Europe/Berlin"))])
    assert b"BEGIN:VTIMEZONE" in written
    assert len(written) < 2000


def test_a_cancellation_has_the_same_uid() -> None:
    first, last = make(sequence=1), make(sequence=2)
    written = write([last], method=CANCEL)
    event = only_event(written)
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (first.uid, 2, "CANCELLED")
    assert b"METHOD:CANCEL" in written


def test_a_row_keeps_its_uid_and_does_not_tell_its_number() -> None:
    assert uid_of("milestone", 7) == uid_of("milestone", 7)
    assert uid_of("milestone", 7) not in (uid_of("milestone", 8), uid_of("event", 7))
    assert "milestone" not in uid_of("milestone", 7)


MOMENTS = st.one_of(
    st.dates(date(2000, 1, 1), date(2110, 12, 31)),
    st.builds(local, st.dates(date(2000, 1, 1), date(2110, 12, 31)), st.times(), st.just("Europe/Vienna")),
)


@given(st.lists(st.builds(make, title=st.text(), text=st.text(), place=st.text(), start=MOMENTS), max_size=8))
def test_whatever_is_written_can_be_read(appointments: list[Appointment]) -> None:
    written = write(appointments)
    calendar = Calendar.from_ical(written)
    assert [event.errors for event in calendar.walk("VEVENT")] == [[]] * len(appointments)
    assert max(map(len, written.split(b"\r\n"))) <= 75


def test_the_file_has_the_name_of_its_program() -> None:
    answer = download([make()], name="Nordlichter\r\nX: y")
    assert answer["Content-Disposition"] == 'attachment; filename="Nordlichter X- y.ics"'


def test_an_invitation_names_who_asks_and_who_is_asked() -> None:
    people = {"organizer": "team@example.com", "organizer_name": "Team; Nordlichter", "attendee": "ines@example.com"}
    event = only_event(write([make(**people, answer="ACCEPTED")], method=REQUEST))
    assert (event["ORGANIZER"], event["ORGANIZER"].params["CN"]) == ("mailto:team@example.com", "Team; Nordlichter")
    attendee = event["ATTENDEE"]
    assert (attendee, attendee.params["PARTSTAT"], attendee.params["RSVP"]) == (
        "mailto:ines@example.com",
        "ACCEPTED",
        "FALSE",
    )
    assert only_event(write([make(**people)], method=REQUEST))["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"


def test_what_a_file_asks_of_its_reader_is_found_in_it() -> None:
    """Words of its events cannot say so in its place."""
    told = write([make(text="one\nMETHOD:CANCEL")], method=REQUEST).decode()
    assert [content_type(file) for file in (told, write([make()]).decode(), "")] == [
        f"text/calendar; method={method}" for method in (REQUEST, PUBLISH, PUBLISH)
    ]
