"""The only writer of calendar files (RFC 5545).

A date keeps its UID for ever; each change raises its SEQUENCE, which is how a calendar knows which of two versions is
the newer one. A time is kept in its own zone, so that 14:00 stays 14:00 when the clocks change.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse

from core.kit.calendar_times import NotACalendar, spans_of
from core.kit.characters import visible
from core.kit.downloads import as_file
from core.kit.product import NAME

if TYPE_CHECKING:
    from icalendar import Calendar, Event
    from icalendar.prop import vInline

PRODUCT = f"-//{NAME}//{NAME}//EN"
PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"
END = b"END:VCALENDAR\r\n"
KEPT = 20_000  # appointments as they are written, about 10 MB
SHORTEST = timedelta(minutes=30)
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
METHOD = re.compile(r"^METHOD:(\w+)\r?$", re.MULTILINE)


@dataclass(frozen=True)
class Appointment:
    """Something at a time (aware, in its own zone) or on whole days; `end` is exclusive, as in the file."""

    uid: str
    title: str
    start: date | datetime
    changed_at: datetime
    sequence: int = 0
    end: date | datetime | None = None
    place: str = ""
    text: str = ""
    url: str = ""
    is_cancelled: bool = False
    organizer: str = ""  # the address that answers go to; with it a mailbox knows the file for an invitation
    organizer_name: str = ""
    attendee: str = ""  # the address of the person the file is for
    answer: str = ""  # of that person: ACCEPTED, TENTATIVE, DECLINED or, not given yet, NEEDS-ACTION
    is_answered_by_mail: bool = False  # somebody reads what comes to the organizer


def uid_of(kind: str, pk: int) -> str:
    """The same row has the same UID in every file; it does not tell how many rows there are."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"{uuid5(NAMESPACE_URL, f'{settings.SITE_URL}/{kind}/{pk}')}@{host}"


def local(day: date, time_of_day: object, zone: str) -> date | datetime:
    """A day, or a moment of it on the clocks of a zone."""
    from_clock = datetime.combine(day, time_of_day) if time_of_day else None  # type: ignore[arg-type]
    return from_clock.replace(tzinfo=ZoneInfo(zone)) if from_clock else day


def write(
    appointments: Iterable[Appointment], *, name: str = "", method: str = PUBLISH, every: timedelta | None = None
) -> bytes:
    """A calendar file. With `CANCEL` it takes its appointments out of the reader's calendar. `every`: after how long a
    program that reads it by itself should look again."""
    from icalendar import Calendar, vDuration

    appointments = list(appointments)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", _text(visible(name)))
    if every:
        calendar.add("refresh-interval", vDuration(every), {"value": "DURATION"})
        calendar.add("x-published-ttl", vDuration(every))  # the same for Outlook
    _add_zones(calendar, [appointment.start for appointment in appointments])
    head = calendar.to_ical()[: -len(END)]
    lines = [_lines(each, _zone(each.start), method == CANCEL or each.is_cancelled) for each in appointments]
    return b"".join([head, *lines, END])


def _add_zones(calendar: "Calendar", starts: list[date | datetime]) -> None:
    """The rules of the zones in use, for the years in use only: a short file."""
    from icalendar import Event

    if not starts:
        return
    one_of_each = {_zone(start): start for start in starts}
    for start in one_of_each.values():
        event = Event()
        event.add("dtstart", start)
        calendar.add_component(event)
    years = [start.year for start in starts]
    calendar.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))
    calendar.subcomponents = [each for each in calendar.subcomponents if each.name == "VTIMEZONE"]


def _zone(start: date | datetime) -> str:
    return str(start.tzinfo) if isinstance(start, datetime) else ""


@lru_cache(maxsize=KEPT)
def _lines(appointment: Appointment, zone: str, is_cancelled: bool) -> bytes:  # a key of the cache
    """Written once, however many calendars it is in and however often they are read. Two moments are equal to Python
    when only their zones differ, so the zone is told apart."""
    return bytes(_event(appointment, is_cancelled=is_cancelled).to_ical())


def download(appointments: Iterable[Appointment], *, name: str, every: timedelta | None = None) -> HttpResponse:
    response = HttpResponse(write(appointments, name=name, every=every), content_type="text/calendar; charset=utf-8")
    return as_file(response, f"{name}.ics")


def _event(appointment: Appointment, *, is_cancelled: bool) -> "Event":
    from icalendar import Event, vDuration

    event = Event()
    event.add("uid", appointment.uid)
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", appointment.changed_at)
    event.add("last-modified", appointment.changed_at)
    event.add("summary", _text(visible(appointment.title)))
    event.add("dtstart", appointment.start)
    if appointment.end is not None:
        event.add("dtend", appointment.end)
    elif isinstance(appointment.start, datetime):
        event.add("duration", vDuration(SHORTEST))
    if appointment.place:
        event.add("location", _text(visible(appointment.place)))
    if appointment.text:
        event.add("description", _text("\n".join(map(visible, appointment.text.splitlines()))))
    if appointment.url:
        event.add("url", appointment.url)
    if appointment.organizer:
        _people(event, appointment)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    if not isinstance(appointment.start, datetime):
        event.add("transp", "TRANSPARENT")  # a whole day of a program blocks nobody's day
    return event


def _text(words: str) -> "vInline":
    """Escaped here (RFC 5545, 3.3.11): the library takes a backslash before an N, as in a path, for a line break."""
    from icalendar.prop import vInline

    return vInline(words.translate(ESCAPED))


def _people(event: "Event", appointment: Appointment) -> None:
    """Who asks and who is asked (RFC 5546). Nobody is asked to answer by mail where the page is the only place."""
    from icalendar import vCalAddress, vText

    organizer = vCalAddress(f"mailto:{appointment.organizer}")
    if appointment.organizer_name:
        organizer.params["CN"] = vText(visible(appointment.organizer_name))
    event.add("organizer", organizer)
    if appointment.attendee:
        attendee = vCalAddress(f"mailto:{appointment.attendee}")
        attendee.params["PARTSTAT"] = vText(appointment.answer or "NEEDS-ACTION")
        attendee.params["RSVP"] = vText("TRUE" if appointment.is_answered_by_mail else "FALSE")
        event.add("attendee", attendee)


def content_type(file: str) -> str:
    """As a part of a mail, with what the file asks of its reader. A file that says nothing publishes."""
    found = METHOD.search(file)
    return f"text/calendar; method={found.group(1) if found else PUBLISH}"


def busy_in(
    *files: bytes | str, first: datetime, last: datetime, zone: str, own: Collection[str] = ()
) -> list[tuple[datetime, datetime]]:
    """From when to when a calendar, in one file or several, says busy; without the dates of these UIDs (`own`), which
    we sent there ourselves. Raises NotACalendar."""
    from icalendar import Calendar

    try:
        calendars = [Calendar.from_ical(file) for file in files]
        if any(calendar.name != "VCALENDAR" for calendar in calendars):
            raise NotACalendar
        events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
        events = [event for event in events if str(event.get("UID", "")) not in own]
        lists = [each for calendar in calendars for each in calendar.walk("VFREEBUSY")]
        return spans_of(events, lists, first=first, last=last, zone=zone)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, OverflowError) as error:
        raise NotACalendar from error


@dataclass(frozen=True)
class GivenAnswer:
    """What one person says to one date (RFC 5546, METHOD:REPLY)."""

    uid: str
    organizer: str
    attendee: str
    answer: str  # ACCEPTED, TENTATIVE, DECLINED or whatever it says


def answer_in(file: bytes) -> GivenAnswer | None:
    """Nothing for a file that is no answer, that answers for several, or that cannot be read."""
    from icalendar import Calendar

    try:
        calendar = Calendar.from_ical(file)
        events = calendar.walk("VEVENT")
        attendee = events[0]["ATTENDEE"]
        said = str(attendee.params.get("PARTSTAT", "")).upper()
        if str(calendar["METHOD"]).upper() != "REPLY" or len(events) != 1:
            return None
        event = events[0]
        return GivenAnswer(str(event["UID"]), _mail_of(event.get("ORGANIZER", "")), _mail_of(attendee), said)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError):  # a list of attendees has no parameters
        return None


def _mail_of(value: object) -> str:
    text = str(value).strip()
    return text[len("mailto:") :] if text.lower().startswith("mailto:") else text
