"""Who can be reached when. Somebody who is away is stood in for by whom they named; hours in which nobody can be
reached in a crisis are a gap, and who leads the program hears of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from programs.membership.models import Program
from programs.support.models import Concern, Helper

WORKDAYS = range(5)
FIRST, LAST = 9, 17  # o'clock on workdays: when somebody has to be there for a crisis
AHEAD = 14  # days that are looked at


@dataclass(frozen=True)
class Reached:
    """Somebody as they can be reached now, or when they can be next."""

    helper: Helper
    until: time | None = None  # now, until then
    next_at: datetime | None = None  # not now, but then
    instead_of: str = ""

    @property
    def is_now(self) -> bool:
        return self.until is not None


@dataclass(frozen=True)
class Gap:
    """Hours of one day in which nobody can be reached in a crisis."""

    on: date
    begins: time
    ends: time


def moment_in(program: Program, now: datetime) -> datetime:
    return now.astimezone(ZoneInfo(program.time_zone))


def is_away(helper: Helper, day: date) -> bool:
    return (
        helper.away_from is not None and helper.away_until is not None and helper.away_from <= day <= helper.away_until
    )


def who_answers(helper: Helper, day: date, present: Sequence[Helper]) -> Helper | None:
    """The person, or on days away the stand-in; who stands in has to be there."""
    if not is_away(helper, day):
        return helper
    instead = next((each for each in present if each.pk == helper.stand_in_id), None)
    return instead if instead and not is_away(instead, day) else None


def reached(helpers: Sequence[Helper], now: datetime, concern: str = "") -> list[Reached]:
    """Everybody who helps with this concern, who can be reached now first. `now` is in the program's time zone."""
    shown: dict[int, Reached] = {}
    for helper in helpers:
        if concern and concern not in helper.concerns:
            continue
        answers = who_answers(helper, now.date(), helpers)
        if answers and now.weekday() in helper.weekdays and helper.begins <= now.time() < helper.ends:
            instead_of = helper.name if answers is not helper else ""
            known = shown.get(answers.pk)
            if known is None or not known.is_now:
                shown[answers.pk] = Reached(answers, until=helper.ends, instead_of=instead_of)
        elif not is_away(helper, now.date()) and helper.pk not in shown:
            shown[helper.pk] = Reached(helper, next_at=_next(helper, now))
    return sorted(shown.values(), key=lambda each: (not each.is_now, each.next_at or now, each.helper.name))


def _next(helper: Helper, now: datetime) -> datetime | None:
    """When the hours begin next, within the days that are looked at."""
    for days in range(AHEAD):
        day = now.date() + timedelta(days=days)
        begins = datetime.combine(day, helper.begins, now.tzinfo)
        if day.weekday() in helper.weekdays and begins > now and not is_away(helper, day):
            return begins
    return None


def gaps(helpers: Sequence[Helper], today: date) -> list[Gap]:
    """Hours of workdays in the next two weeks in which nobody helps in a crisis."""
    found: list[Gap] = []
    able = [helper for helper in helpers if Concern.CRISIS in helper.concerns]
    for days in range(AHEAD):
        day = today + timedelta(days=days)
        if day.weekday() in WORKDAYS:
            found += _gaps_of(day, able, helpers)
    return found


def _gaps_of(day: date, able: Sequence[Helper], helpers: Sequence[Helper]) -> list[Gap]:
    spans = sorted(
        (helper.begins, helper.ends)
        for helper in able
        if day.weekday() in helper.weekdays and who_answers(helper, day, helpers)
    )
    found, covered, end = [], time(FIRST), time(LAST)
    for begins, ends in spans:
        if begins > covered and covered < end:
            found.append(Gap(day, covered, min(begins, end)))
        covered = max(covered, ends)
    if covered < end:
        found.append(Gap(day, covered, end))
    return found
