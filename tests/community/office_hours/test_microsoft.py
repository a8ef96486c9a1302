"""A calendar of Microsoft 365: signing in there, tokens, what is asked for, and what a refusal is called."""

import json
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from community.office_hours import busy
from community.office_hours.models import BusyTime, CalendarKind, HoursHost
from community.office_hours.troubles import trouble_of
from core.people.secrets import unseal
from tests.community.office_hours.conftest import MICROSOFT
from tests.community.office_hours.reading import read
from tests.core.kit.outside import Answer, Outside, says
from tests.factories.office_hours import free

TOKEN, EVENTS = "/nordwerk/oauth2/v2.0/token", "/v1.0/me/calendarView"
CALENDAR = reverse("community:hours_calendar", args=["nordlichter"])
BACK = reverse("community:hours_microsoft")


def tells(status: int = 200, **told: Any) -> Answer:
    return says(json.dumps(told).encode(), status, "application/json")


def tokens(number: int) -> Answer:
    return tells(access_token=f"access-{number}", refresh_token=f"refresh-{number}", expires_in=3600)


def event(start: datetime, end: datetime, **more: Any) -> dict[str, Any]:
    times = {
        name: {"dateTime": f"{moment:%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": "UTC"}
        for name, moment in (("start", start), ("end", end))
    }
    return {"showAs": "busy", "isAllDay": False, "isCancelled": False} | times | more


@pytest.fixture
def graph(calendar: Outside, settings: Any) -> Outside:
    settings.MICROSOFT_CLIENT_ID, settings.MICROSOFT_CLIENT_SECRET = "the-site", "its-secret"
    settings.MICROSOFT_TENANT = "nordwerk"
    settings.OUTGOING_HOSTS = list(MICROSOFT)
    calendar.answers |= {TOKEN: tokens(1), EVENTS: tells(value=[])}
    return calendar


@pytest.fixture
def hours(world: Any) -> HoursHost:
    """Connected an hour ago: the token has ended, an earlier busy time is there."""
    secret = json.dumps({"refresh": "refresh-0", "access": "access-0", "until": 0})
    busy.begin(world.hours, kind=CalendarKind.MICROSOFT, secret=secret, host="Microsoft 365")
    now = timezone.now()
    BusyTime.objects.create(host=world.hours, starts_at=now, ends_at=now + timedelta(hours=1))
    found: HoursHost = world.hours
    return found


def test_connected_at_microsoft_and_ended_by_one_click(world: Any, graph: Outside, sign_in: Any) -> None:
    slot = free(world.hours)[30]
    client = sign_in(world.coach)
    gone = client.post(f"{CALENDAR}?kind=microsoft")
    asked = {name: value[0] for name, value in parse_qs(urlsplit(gone["Location"]).query).items()}
    assert gone["Location"].startswith("https://login.microsoftonline.com/nordwerk/oauth2/v2.0/authorize?")
    assert asked["scope"] == "offline_access https://graph.microsoft.com/Calendars.ReadBasic"
    assert asked["code_challenge_method"] == "S256"
    assert client.get(BACK, {"code": "a-code", "state": asked["state"]})["Location"].endswith("/hours/mine/")
    world.hours.refresh_from_db()
    assert "a-code" not in world.hours.calendar_sealed

    elsewhere = {"showAs": "workingElsewhere"}
    graph.answers[EVENTS] = tells(
        value=[event(slot.start, slot.end), event(slot.end, slot.end + timedelta(days=9), **elsewhere)]
    )
    assert trouble_of(read(world.hours, graph)) == ""
    sent = parse_qs(graph.bodies[0].decode())
    assert sent["code"] == ["a-code"]
    assert sent["client_secret"] == ["its-secret"]
    assert len(sent["code_verifier"][0]) >= 43
    assert graph.asked[1]["authorization"] == "Bearer access-1"
    assert list(BusyTime.objects.values_list("starts_at", "ends_at")) == [(slot.start, slot.end)]
    assert "access-1" not in world.hours.calendar_sealed
    read(world.hours, graph)
    assert len(graph.asked) == 3, "the token still holds, so none is asked for"

    client.post(reverse("community:hours_calendar_end", args=["nordlichter"]))
    world.hours.refresh_from_db()
    assert (world.hours.calendar_sealed, BusyTime.objects.count()) == ("", 0)


def test_only_what_this_browser_began_connects(world: Any, graph: Outside, sign_in: Any) -> None:
    client = sign_in(world.coach)
    gone = client.post(f"{CALENDAR}?kind=microsoft")
    state = parse_qs(urlsplit(gone["Location"]).query)["state"][0]
    assert "was not started here" in client.get(BACK, {"code": "c", "state": "another"}, follow=True).content.decode()
    client.get(BACK, {"code": "c", "state": state})  # it was tried, and is worth nothing now
    sign_in(world.manager).get(BACK, {"code": "c", "state": state})
    assert not HoursHost.objects.exclude(calendar_sealed="").exists()


def test_only_times_are_asked_for_page_by_page_and_whole_days_are_days_there(hours: HoursHost, graph: Outside) -> None:
    day = datetime(timezone.now().year + 1, 7, 1)  # as it comes: without a zone
    graph.answers[EVENTS] = tells(value=[], **{"@odata.nextLink": f"https://graph.microsoft.com{EVENTS}?$skip=1000"})
    whole = event(day, day + timedelta(days=1), isAllDay=True, showAs="oof")
    graph.answers[f"{EVENTS}?$skip=1000"] = tells(value=[whole])
    seen: list[str] = []
    first = graph.answers[EVENTS]

    def looked(request: BaseHTTPRequestHandler) -> None:
        seen.append(request.path)
        first(request)

    graph.answers[EVENTS] = looked
    assert trouble_of(read(hours, graph)) == ""
    assert "$select=start,end,showAs,isAllDay,isCancelled" in seen[0]
    assert [f"{each.starts_at:%d %H:%M}" for each in BusyTime.objects.all()] == ["30 22:00"]


def test_a_token_is_renewed_once_at_a_time_and_kept_before_it_is_used(hours: HoursHost, graph: Outside) -> None:
    def connect(*where: Any) -> Any:
        busy.read(hours.pk, resolve=graph.resolve, connect=graph.connect)  # another reader, at the same time
        return graph.connect(*where)

    graph.answers |= {TOKEN: tokens(2), EVENTS: tells(500)}
    busy.read(hours.pk, resolve=graph.resolve, connect=connect)
    hours.refresh_from_db()
    assert json.loads(unseal(hours.calendar_sealed))["refresh"] == "refresh-2"
    assert len(graph.asked) == 2
    graph.answers[EVENTS] = tells(401)
    assert "Connect it again" in trouble_of(read(hours, graph))
    assert len(graph.asked) == 5, "a token that ended early is renewed, once"


def test_who_ends_it_while_it_is_read_stays_without(hours: HoursHost, graph: Outside) -> None:
    def connect(*where: Any) -> Any:
        busy.end(hours)
        return graph.connect(*where)

    busy.read(hours.pk, resolve=graph.resolve, connect=connect)
    hours.refresh_from_db()
    assert (hours.calendar_sealed, BusyTime.objects.count(), len(graph.asked)) == ("", 0, 1)


@pytest.mark.parametrize(
    ("token", "events", "said"),
    [
        (tells(400, error="invalid_grant"), tells(value=[]), "Connect it again"),
        (tells(401, error="invalid_client"), tells(value=[]), "tell its operator"),
        (tells(access_token=None), tells(value=[]), "cannot read"),
        (tokens(2), tells(403), "Connect it again"),
        (tokens(2), tells(500), "a problem of its own"),
        (tokens(2), says(b"<html>", type="text/html"), "cannot read"),
        (tokens(2), tells(value=[{"showAs": "busy"}]), "cannot read"),
        (tokens(2), tells(value=[], **{"@odata.nextLink": "https://evil.example.com/"}), "cannot read"),
        (tokens(2), tells(value=[], **{"@odata.nextLink": f"https://graph.microsoft.com{EVENTS}"}), "larger"),
        (tokens(2), says(b"x" * (busy.MOST_BYTES + 1), type="application/json"), "larger than 5 MB"),
    ],
)
def test_what_cannot_be_read_says_why_and_keeps_blocking(
    token: Answer, events: Answer, said: str, hours: HoursHost, graph: Outside
) -> None:
    graph.answers |= {TOKEN: token, EVENTS: events}
    assert said in trouble_of(read(hours, graph))
    assert BusyTime.objects.count() == 1


def test_it_is_offered_only_where_the_operator_registered_the_site(
    world: Any, graph: Outside, sign_in: Any, settings: Any
) -> None:
    client = sign_in(world.coach)
    page = client.get(f"{CALENDAR}?kind=microsoft")
    assert "Continue to Microsoft" in page.content.decode()
    assert "https://login.microsoftonline.com" in page["Content-Security-Policy"]
    settings.OUTGOING_HOSTS = ["graph.microsoft.com"]
    assert "kind=microsoft" not in client.get(CALENDAR).content.decode()
    assert client.post(f"{CALENDAR}?kind=microsoft").status_code == 422
