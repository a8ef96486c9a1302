"""A calendar on a CalDAV server: what is asked of it, what is kept, and what its refusals are called."""

import base64
import json
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from community.office_hours import busy
from community.office_hours.models import BusyTime, CalendarKind, HoursHost
from community.office_hours.sources.caldav import secret_of
from community.office_hours.troubles import trouble_of
from core.people.secrets import unseal
from tests.community.office_hours.reading import read
from tests.core.kit.outside import Answer, Outside, says
from tests.factories.office_hours import free

PLACE = "/dav/calendars/paul/office/"
ADDRESS = f"https://calendar.example.com{PLACE}"
DAV = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"'


def xml(inner: str) -> bytes:
    return f'<?xml version="1.0"?><d:multistatus {DAV}>{inner}</d:multistatus>'.encode()


def collection(*reports: str, kind: str = "<d:collection/><c:calendar/>") -> bytes:
    can = "".join(f"<d:supported-report><d:report><c:{name}/></d:report></d:supported-report>" for name in reports)
    prop = f"<d:resourcetype>{kind}</d:resourcetype><d:supported-report-set>{can}</d:supported-report-set>"
    return xml(f"<d:response><d:href>{PLACE}</d:href><d:propstat><d:prop>{prop}</d:prop></d:propstat></d:response>")


def event(start: Any, end: Any) -> str:
    times = f"DTSTART:{start:%Y%m%dT%H%M%SZ}\r\nDTEND:{end:%Y%m%dT%H%M%SZ}"
    inner = f"BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Doctor\r\n{times}\r\nEND:VEVENT"
    data = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{inner}\r\nEND:VCALENDAR\r\n"
    prop = f"<d:prop><c:calendar-data>{data}</c:calendar-data></d:prop>"
    return f"<d:response><d:href>{PLACE}1.ics</d:href><d:propstat>{prop}</d:propstat></d:response>"


def free_busy(start: Any, end: Any) -> bytes:
    period = f"FREEBUSY;FBTYPE=BUSY-TENTATIVE:{start:%Y%m%dT%H%M%SZ}/{end:%Y%m%dT%H%M%SZ}"
    free = f"FREEBUSY;FBTYPE=FREE:{start:%Y%m%dT%H%M%SZ}/P7D"
    inner = f"BEGIN:VFREEBUSY\r\n{period}\r\n{free}\r\nEND:VFREEBUSY"
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{inner}\r\nEND:VCALENDAR\r\n".encode()


class Server:
    """One calendar: what it is, and what it answers to a report. `sent` is what it was asked."""

    def __init__(self, what: Answer, report: Answer) -> None:
        self.what, self.report = what, report
        self.sent: list[str] = []

    def __call__(self, request: BaseHTTPRequestHandler) -> None:
        self.sent.append(request.command)
        (self.what if request.command == "PROPFIND" else self.report)(request)


@pytest.fixture
def hours(world: Any) -> HoursHost:
    """With a busy time of an earlier reading."""
    secret = secret_of(ADDRESS, "paul", "abcd-efgh")
    busy.begin(world.hours, kind=CalendarKind.CALDAV, secret=secret, host="calendar.example.com")
    now = timezone.now()
    BusyTime.objects.create(host=world.hours, starts_at=now, ends_at=now + timedelta(hours=1))
    found: HoursHost = world.hours
    return found


def test_a_server_that_tells_busy_times_is_asked_for_nothing_else(world: Any, calendar: Outside, sign_in: Any) -> None:
    slot = free(world.hours)[30]
    server = Server(
        says(collection("calendar-query", "free-busy-query"), 207, "application/xml"),
        says(free_busy(slot.start, slot.end), type="text/calendar"),
    )
    calendar.answers[PLACE] = server
    url = reverse("community:hours_calendar", args=["nordlichter"])
    client = sign_in(world.coach)
    sent = {"address": ADDRESS, "user": "paul", "password": "abcd-efgh"}
    assert client.post(f"{url}?kind=caldav", sent | {"user": "pa:ul"}).status_code == 422
    assert client.post(f"{url}?kind=caldav", sent).status_code == 302
    world.hours.refresh_from_db()
    assert "abcd" not in world.hours.calendar_sealed
    assert "abcd-efgh" not in client.get(url).content.decode()
    assert trouble_of(read(world.hours, calendar)) == ""
    assert server.sent == ["PROPFIND", "REPORT"]
    assert b"free-busy-query" in calendar.bodies[-1]
    assert base64.b64decode(calendar.asked[-1]["authorization"].split()[1]) == b"paul:abcd-efgh"
    starts = [each.start for each in free(world.hours)]
    assert slot.start not in starts
    assert len(starts) > 30, "what is listed as free blocks nothing"


def test_another_server_is_asked_for_events_without_titles(hours: HoursHost, calendar: Outside) -> None:
    slot = free(hours)[30]
    server = Server(
        says(collection("calendar-query"), 207, "application/xml"),
        says(xml(event(slot.start, slot.end)), 207, "text/xml"),
    )
    calendar.answers[PLACE] = server
    assert trouble_of(read(hours, calendar)) == ""
    asked = calendar.bodies[-1].decode()
    assert "expand" in asked
    assert "SUMMARY" not in asked
    assert list(BusyTime.objects.values_list("starts_at", flat=True)) == [slot.start]


GONE = "<d:response><d:href>/x.ics</d:href><d:status>HTTP/1.1 {} x</d:status></d:response>"
FINE = says(collection("calendar-query"), 207, "application/xml")


def cut_off(request: BaseHTTPRequestHandler) -> None:
    request.send_response(207)
    request.send_header("Content-Type", "application/xml")
    request.send_header("Content-Length", "100000")
    request.end_headers()
    request.wfile.write(xml(""))


@pytest.mark.parametrize(
    ("what", "report", "said"),
    [
        (says(status=401), FINE, "does not accept the user name"),
        (says(status=403), FINE, "does not let this user read"),
        (says(status=404), FINE, "no calendar at this address any more"),
        (says(status=500), FINE, "a problem of its own"),
        (says(b"<html>", type="text/html"), FINE, "no single calendar"),
        (says(collection(kind="<d:collection/>"), 207, "application/xml"), FINE, "no single calendar"),
        (says(b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", 207, "application/xml"), FINE, "cannot read"),
        (says(status=302, Location="https://10.0.0.1/"), FINE, "has not allowed"),
        (says(status=302, Location="https://calendar.example.com:22/"), FINE, "could not be read"),
        (FINE, says(b"<not-xml", 207, "text/xml"), "cannot read"),
        (FINE, says(xml(GONE.format(507)), 207, "text/xml"), "larger than 5 MB"),
        (FINE, says(xml(GONE.format(403)), 207, "text/xml"), "cannot read"),
        (FINE, says(b"x" * (busy.MOST_BYTES + 1), 207, "text/xml"), "larger than 5 MB"),
        (FINE, cut_off, "broke off"),
        (FINE, lambda request: time.sleep(1), "took too long"),
    ],
)
def test_what_cannot_be_read_says_why_and_keeps_blocking(
    what: Answer, report: Answer, said: str, hours: HoursHost, calendar: Outside, monkeypatch: Any
) -> None:
    if "long" in said:
        monkeypatch.setattr(busy, "SECONDS_TO_READ", 0.5)
    calendar.answers[PLACE] = Server(what, report)
    words = trouble_of(read(hours, calendar))
    assert said in words
    assert "still block" in words
    assert BusyTime.objects.count() == 1


def test_a_server_that_asks_to_wait_is_left_alone_for_so_long(hours: HoursHost, calendar: Outside) -> None:
    calendar.answers[PLACE] = says(status=429, Retry_After="7200")
    assert "asked us to wait" in trouble_of(read(hours, calendar))
    assert hours.calendar_due_at is not None
    assert hours.calendar_due_at > timezone.now() + timedelta(seconds=7100)


def test_a_redirect_takes_no_password_to_another_host(hours: HoursHost, calendar: Outside, settings: Any) -> None:
    settings.OUTGOING_HOSTS = ["*"]
    calendar.answers[PLACE] = says(status=307, Location="https://elsewhere.example.com/dav/")
    assert "another server" in trouble_of(read(hours, calendar))
    assert len(calendar.asked) == 1
    calendar.answers[PLACE] = says(status=301, Location=f"{ADDRESS}moved/")
    calendar.answers[f"{PLACE}moved/"] = Server(FINE, says(xml(""), 207, "text/xml"))
    assert trouble_of(read(hours, calendar)) == "", "on its own host it may move"


def test_a_new_key_opens_it_still(hours: HoursHost, settings: Any) -> None:
    settings.SECRETS_KEYS = ["a new one that is long enough to be one"]
    call_command("reseal_secrets", verbosity=0)
    settings.SECRET_KEY = "leaked" * 10
    hours.refresh_from_db()
    assert json.loads(unseal(hours.calendar_sealed))["user"] == "paul"
