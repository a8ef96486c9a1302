"""From when to when a calendar file says that somebody is busy. Nothing else of it is looked at.

Repeated events are counted out on the clocks of their own zone. A rule that would go on for ever costs no more than
`STEPS`; one that repeats within a day is no appointment and is left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

EVENTS, STEPS = 5_000, 100_000
WITHIN_A_DAY = ("SECONDLY", "MINUTELY", "HOURLY")


class NotACalendar(Exception):
    """What came is no calendar, or too much of one."""


@dataclass
class _Steps:
    left: int = STEPS

    def one(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise NotACalendar


def spans_of(
    events: list[Any], lists: Iterable[Any] = (), *, first: datetime, last: datetime, zone: str
) -> list[tuple[datetime, datetime]]:
    """Within a time, in order; what touches becomes one. `lists` are those of free and busy times (VFREEBUSY). `zone`
    is for what says none: whole days, local times."""
    if len(events) > EVENTS:
        raise NotACalendar
    home, steps = ZoneInfo(zone), _Steps()
    moved = {(str(event.get("UID")), _aware(event["RECURRENCE-ID"].dt, home)) for event in events if _is_moved(event)}
    found = []
    for event in events:
        if str(event.get("STATUS", "")).upper() == "CANCELLED" or str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
            continue
        length = _length(event, home)
        for start in _starts(event, home, first - length, last, steps):
            is_elsewhere = not _is_moved(event) and (str(event.get("UID")), start) in moved
            if not is_elsewhere and start < last and start + length > first:
                found.append((start, start + length))
        found += [span for span in _periods(event, home) if span[0] < last and span[1] > first]
    return together([*found, *_listed_busy(lists, home, first, last)])


def _listed_busy(
    lists: Iterable[Any], home: ZoneInfo, first: datetime, last: datetime
) -> Iterator[tuple[datetime, datetime]]:
    for period in (each for one in lists for each in _listed(one.get("FREEBUSY"))):
        start, end = _aware(period.start, home), _aware(period.end, home)
        if str(period.params.get("FBTYPE", "BUSY")).upper() != "FREE" and start < last and end > first:
            yield start, end


def _is_moved(event: Any) -> bool:
    return "RECURRENCE-ID" in event


def _aware(value: date | datetime, home: ZoneInfo) -> datetime:
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return (value if value.tzinfo else value.replace(tzinfo=home)).astimezone(UTC)


def _length(event: Any, home: ZoneInfo) -> timedelta:
    begin = event["DTSTART"].dt
    if "DTEND" in event:
        return max(_aware(event["DTEND"].dt, home) - _aware(begin, home), timedelta(0))
    if "DURATION" in event:
        length: timedelta = event["DURATION"].dt
        return max(timedelta(0), length)
    return timedelta(0) if isinstance(begin, datetime) else timedelta(days=1)


def _starts(event: Any, home: ZoneInfo, first: datetime, last: datetime, steps: _Steps) -> Iterator[datetime]:
    begin = event["DTSTART"].dt
    out = {_aware(each, home) for each in _dates(event, "EXDATE")}
    single = {_aware(begin, home)} if "RRULE" not in event else set()
    for each in _dates(event, "RDATE"):
        steps.one()
        if not isinstance(each, tuple):
            single.add(_aware(each, home))
    yield from sorted(single - out)
    if "RRULE" not in event:
        return
    rule = event["RRULE"]
    if any(str(each).upper() in WITHIN_A_DAY for each in rule.get("FREQ", [])):
        return
    there = begin.tzinfo if isinstance(begin, datetime) and begin.tzinfo else home
    wall = _aware(begin, home).astimezone(there).replace(tzinfo=None)
    rule = rule.copy()
    if until := rule.pop("UNTIL", None):
        last = min(last, _aware(until[0], home) + timedelta(seconds=1 if isinstance(until[0], datetime) else 24 * 3600))
    if "COUNT" not in rule:  # so that a rule which never comes true ends as well
        rule["UNTIL"] = [last.astimezone(there).replace(tzinfo=None)]
    for each in rrulestr(rule.to_ical().decode(), dtstart=wall):
        steps.one()
        start = each.replace(tzinfo=there).astimezone(UTC)
        if start >= last:
            return
        if start >= first and start not in out and start not in single:
            yield start


def _dates(event: Any, name: str) -> list[Any]:
    """What is listed one by one: days, moments, or from when to when."""
    return [each.dt for dates in _listed(event.get(name)) for each in dates.dts]


def _periods(event: Any, home: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """Dates that say their own end."""
    for start, end in (each for each in _dates(event, "RDATE") if isinstance(each, tuple)):
        begins = _aware(start, home)
        yield begins, begins + end if isinstance(end, timedelta) else _aware(end, home)


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def together(spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """In order; what touches becomes one."""
    found: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif end > start:
            found.append((start, end))
    return found
