"""The host's own calendar blocks; what cannot be read says why in a sentence, and old busy times stay."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from community.office_hours import busy, services
from community.office_hours.calendar import part_of
from community.office_hours.models import BusyTime, HoursHost, HoursWindow
from community.office_hours.troubles import trouble_of
from tests.community.office_hours.reading import read
from tests.core.kit.outside import Outside, says
from tests.factories.office_hours import free, make_booking

ADDRESS = "https://calendar.example.com/paul.ics"


def file(start: Any, end: Any) -> bytes:
    times = f"DTSTART:{start:%Y%m%dT%H%M%SZ}\r\nDTEND:{end:%Y%m%dT%H%M%SZ}"
    event = f"BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Doctor\r\n{times}\r\nEND:VEVENT"
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{event}\r\nEND:VCALENDAR\r\n".encode()


def test_busy_times_block_and_titles_are_not_kept(world: Any, calendar: Outside, sign_in: Any) -> None:
    slot = free(world.hours)[30]
    calendar.answers["/paul.ics"] = says(file(slot.start, slot.end), type="text/calendar")
    client = sign_in(world.coach)
    url = reverse("community:hours_calendar", args=["nordlichter"])
    assert client.post(url, {"address": "webcal://calendar.example.com/paul.ics"}).status_code == 302
    world.hours.refresh_from_db()
    assert "paul.ics" not in world.hours.calendar_sealed
    assert busy.due() == [world.hours.pk]
    HoursHost.objects.update(is_open=False)
    assert busy.due() == [], "of who offers no hours nothing is asked"
    HoursHost.objects.update(is_open=True)
    assert read(world.hours, calendar).calendar_trouble == ""
    assert slot.start not in [each.start for each in free(world.hours)]
    page = client.get(reverse("community:hours_day", args=["nordlichter"])).content.decode()
    assert "calendar.example.com" in page
    assert "Doctor" not in page
    client.post(reverse("community:hours_calendar_end", args=["nordlichter"]))
    assert slot.start in [each.start for each in free(world.hours)]


def test_what_was_booked_here_is_not_read_back_as_busy(world: Any, calendar: Outside) -> None:
    """The mail put it into the host's calendar: a group keeps its other places, an hour given back is free."""
    HoursWindow.objects.filter(host=world.hours).update(places=3)
    group, single = (make_booking(world.hours, world.influencer, place) for place in (24, 30))
    busy.begin(world.hours, secret=ADDRESS, host="calendar.example.com")
    parts = [part_of(each, world.coach).encode() for each in (group, single)]
    events = b"".join(part[part.index(b"BEGIN:VEVENT") : part.index(b"END:VCALENDAR")] for part in parts)
    body = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + events + b"END:VCALENDAR\r\n"
    calendar.answers["/paul.ics"] = says(body, type="text/calendar")
    services.cancel(single, by=world.influencer)
    assert read(world.hours, calendar).calendar_trouble == ""
    assert {group.starts_at, single.starts_at} <= {each.start for each in free(world.hours)}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (says(b"<html>", type="text/html"), "not a calendar"),
        (says(b"no calendar", type="text/calendar"), "not a calendar"),
        (says(b"x" * (busy.MOST_BYTES + 1), type="text/calendar"), "larger than 5 MB"),
        (says(status=403), "refuses access"),
        (says(status=302, Location="https://inside.example.net/"), "has not allowed"),
    ],
)
def test_what_cannot_be_read_says_why_and_keeps_blocking(
    answer: Any, said: str, world: Any, calendar: Outside, sign_in: Any
) -> None:
    busy.begin(world.hours, secret=ADDRESS, host="calendar.example.com")
    now = timezone.now()
    BusyTime.objects.create(host=world.hours, starts_at=now, ends_at=now + timedelta(days=1))
    calendar.answers["/paul.ics"] = answer
    read(world.hours, calendar)
    assert BusyTime.objects.count() == 1
    page = sign_in(world.coach).get(reverse("community:hours_day", args=["nordlichter"])).content.decode()
    assert said in page
    assert "still block bookings" in page


def test_one_that_hangs(world: Any, calendar: Outside, monkeypatch: Any) -> None:
    monkeypatch.setattr(busy, "SECONDS_TO_READ", 0.2)
    busy.begin(world.hours, secret=ADDRESS, host="calendar.example.com")
    calendar.answers["/paul.ics"] = lambda request: request.rfile.read(1)
    assert "too long" in trouble_of(read(world.hours, calendar))


@pytest.mark.parametrize(
    "address", ["", "no address", "http://calendar.example.com/a.ics", "https://other.example.org/a.ics"]
)
def test_an_address_that_is_none(address: str, world: Any, calendar: Outside, sign_in: Any) -> None:
    answer = sign_in(world.coach).post(reverse("community:hours_calendar", args=["nordlichter"]), {"address": address})
    assert answer.status_code == 422
