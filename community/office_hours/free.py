"""Which hours are free: computed, never stored. Nothing here asks the database or the clock.

Windows stand on the clocks of the host's time zone, so 14:00 stays 14:00 when the clocks change; an hour itself is a
piece of real time between two instants. Absence and busy times always block.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

Span = tuple[datetime, datetime]
TO_NEXT = timedelta(days=1)


@dataclass(frozen=True)
class OpenTime:
    """From when to when on a day, and for how many people each hour is."""

    begins: time
    ends: time
    places: int = 1


@dataclass(frozen=True)
class HoursRules:
    zone: str
    minutes: int
    pause: int = 0
    notice: timedelta = timedelta(0)
    weeks: int = 4
    windows: Mapping[int, Sequence[OpenTime]] = field(default_factory=dict)  # by weekday, 0 is Monday
    special: Mapping[date, Sequence[OpenTime]] = field(default_factory=dict)
    absences: Sequence[tuple[date, date]] = ()
    holidays: frozenset[date] = frozenset()


@dataclass(frozen=True)
class TakenTime:
    """An hour with bookings."""

    start: datetime
    end: datetime
    left: int = 0  # places


class FreeSlot(NamedTuple):
    start: datetime
    end: datetime
    places: int = 1
    left: int = 1


def free_slots(
    rules: HoursRules, *, now: datetime, busy: Iterable[Span] = (), taken: Iterable[TakenTime] = ()
) -> list[FreeSlot]:
    """From the shortest notice on, as many weeks as the rules look ahead, in order."""
    earliest, latest = now + rules.notice, now + timedelta(weeks=rules.weeks)
    busy, taken = list(busy), list(taken)
    starts = {each.start for each in taken}
    groups = {(each.start, each.end): each.left for each in taken}
    pause = timedelta(minutes=rules.pause)
    blocked = _Blocked([*busy, *((each.start - pause, each.end + pause) for each in taken)])
    only_busy = _Blocked(busy)
    found = []
    for start, end, places in _offered(rules, earliest, latest):
        left = groups.get((start, end)) if start in starts else None
        if left is not None:
            if left > 0 and not only_busy.meets(start, end):
                found.append(FreeSlot(start, end, places, min(left, places)))
        elif not blocked.meets(start, end):
            found.append(FreeSlot(start, end, places, places))
    return found


def why_none(rules: HoursRules, *, now: datetime) -> str:
    """Why rules yield no hour at all, before anything is booked or busy: a short word for the page."""
    if not any(rules.windows.values()) and not rules.special:
        return "no_windows"
    if any(_offered(rules, now + rules.notice, now + timedelta(weeks=rules.weeks))):
        return ""
    length = timedelta(minutes=rules.minutes)
    every = [each for each_day in (*rules.windows.values(), *rules.special.values()) for each in each_day]
    if all(datetime.combine(date.min, each.ends) - datetime.combine(date.min, each.begins) < length for each in every):
        return "too_short"
    if rules.notice >= timedelta(weeks=rules.weeks):
        return "notice"
    return "away"


def _offered(rules: HoursRules, earliest: datetime, latest: datetime) -> Iterable[tuple[datetime, datetime, int]]:
    """What the rules alone offer. Windows that overlap offer the first one's hours only."""
    zone = ZoneInfo(rules.zone)
    length, step = timedelta(minutes=rules.minutes), timedelta(minutes=rules.minutes + rules.pause)
    windows = {day: sorted(each, key=lambda open_time: open_time.begins) for day, each in rules.windows.items()}
    day, last = earliest.astimezone(zone).date() - TO_NEXT, latest.astimezone(zone).date()
    end_before = datetime.min.replace(tzinfo=UTC)
    while day <= last:
        for window in _open_times(rules, windows, day):
            start = datetime.combine(day, window.begins, zone).astimezone(UTC)
            end_of_window = datetime.combine(day, window.ends, zone).astimezone(UTC)
            while (end := start + length) <= end_of_window:
                if earliest <= start < latest and start >= end_before:
                    end_before = start + step
                    yield start, end, window.places
                start += step
        day += TO_NEXT


def _open_times(rules: HoursRules, windows: Mapping[int, Sequence[OpenTime]], day: date) -> Sequence[OpenTime]:
    if any(first <= day <= last for first, last in rules.absences):
        return ()
    if day in rules.special:
        return sorted(rules.special[day], key=lambda each: each.begins)
    if day in rules.holidays:
        return ()
    return windows.get(day.weekday(), ())


class _Blocked:
    """Times that are not free, put together where they touch, so that one look finds whether another meets them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.starts: list[datetime] = []
        self.ends: list[datetime] = []
        for start, end in sorted(spans):
            if self.ends and start <= self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.starts.append(start)
                self.ends.append(end)

    def meets(self, start: datetime, end: datetime) -> bool:
        before = bisect_left(self.starts, end) - 1  # the last one that begins before this ends
        return before >= 0 and self.ends[before] > start
