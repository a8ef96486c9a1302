"""A calendar on a CalDAV server (RFC 4791), read with a name and an app password.

The server is asked first whether there is one calendar at the address, and what it can tell: anywhere else a report
finds nothing, and nothing looks like free. Where it can, it tells busy times and nothing else; otherwise it is asked
for events with their times only.
"""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from community.office_hours.sources.base import Ask, Between, NotRead, Spans, good
from core.kit import calendars
from core.kit.fetch import Fetched

XML = ("application/xml", "text/xml")
DAV, CAL = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
SPACES = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'
WHAT = f"<D:propfind {SPACES}><D:prop><D:resourcetype/><D:supported-report-set/></D:prop></D:propfind>"
TIMES = (
    *("UID", "DTSTART", "DTEND", "DURATION", "STATUS", "TRANSP"),
    *("RRULE", "EXDATE", "RECURRENCE-ID"),  # for servers that cannot expand
)
FREE_BUSY = f'<C:free-busy-query {SPACES}><C:time-range start="{{0}}" end="{{1}}"/></C:free-busy-query>'
EVENTS = (
    f"<C:calendar-query {SPACES}><D:prop><C:calendar-data>"
    '<C:comp name="VCALENDAR"><C:prop name="VERSION"/>'
    f'<C:comp name="VEVENT">{"".join(f"""<C:prop name="{name}"/>""" for name in TIMES)}</C:comp>'
    '<C:comp name="VTIMEZONE"/></C:comp><C:expand start="{0}" end="{1}"/></C:calendar-data></D:prop>'
    '<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">'
    '<C:time-range start="{0}" end="{1}"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>'
)


def secret_of(address: str, user: str, password: str) -> str:
    return json.dumps({"address": address, "user": user, "password": password})


@dataclass(frozen=True)
class CalDav:
    address: str
    user: str
    password: str = field(repr=False)
    ask: Ask

    def busy(self, between: Between) -> Spans:
        span, can = between.utc("%Y%m%dT%H%M%SZ"), self._reports()
        if f"{CAL}free-busy-query" in can:
            answer = self._send("REPORT", FREE_BUSY.format(*span), types=("text/calendar",), depth=1)
            files: list[bytes | str] = [answer.body]
        else:
            answer = self._send("REPORT", EVENTS.format(*span), types=XML, depth=1)
            files = list(_files(_parts(answer)))
        return calendars.busy_in(*files, first=between.first, last=between.last, zone=between.zone, own=between.own)

    def _reports(self) -> set[str]:
        """What the calendar can be asked for; `NotRead` when there is none at the address."""
        part = next(_parts(self._send("PROPFIND", WHAT, types=XML, depth=0)), None)
        if part is None or part.find(f"{DAV}propstat/{DAV}prop/{DAV}resourcetype/{CAL}calendar") is None:
            raise NotRead("no_calendar_here")
        return {each.tag for report in part.iter(f"{DAV}report") for each in report}

    def _send(self, method: str, body: str, *, types: tuple[str, ...], depth: int) -> Fetched:
        name = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        headers = {
            "Authorization": f"Basic {name}", "Depth": str(depth), "Content-Type": 'application/xml; charset="utf-8"',
        }  # fmt: skip
        xml = f'<?xml version="1.0" encoding="utf-8"?>{body}'.encode()
        return good(self.ask(self.address, types=types, method=method, body=xml, headers=headers))


def _parts(answer: Fetched) -> Iterator[Element]:
    """The things a server tells about."""
    try:
        root = fromstring(answer.body)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        raise NotRead("odd") from None
    if root.tag != f"{DAV}multistatus":
        raise NotRead("odd")
    return iter(root.findall(f"{DAV}response"))


def _files(parts: Iterator[Element]) -> Iterator[str]:
    """The events. One that is there and cannot be read might be a busy time, so it is no reading; one that went in the
    meantime is none."""
    for part in parts:
        said = (part.findtext(f"{DAV}status") or "").split()[1:2]
        found = part.findtext(f"{DAV}propstat/{DAV}prop/{CAL}calendar-data")
        if found:
            yield found
        elif said == ["507"]:
            raise NotRead("too_large")
        elif said != ["404"]:
            raise NotRead("odd")
