"""On which days a series opens a topic: every week, but for holidays and days that a host leaves out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from community.forum.models_rituals import Ritual, RitualText
from core.kit import languages

WEEK = timedelta(weeks=1)
LATE = timedelta(hours=6)  # a site that stood still opens no Friday topic on Saturday
NEXT = 4
MOST_WEEKS = 60  # looked ahead for them


@dataclass(frozen=True)
class ComingDay:
    """A day to come, and what happens on it."""

    at: datetime
    opening: RitualText | None  # nothing: no topic on that day
    holiday: str = ""
    is_skipped: bool = False
    is_agreed: bool = True  # within the weeks that the host said yes to

    @property
    def on(self) -> date:
        return self.at.date()


def holiday_on(day: date, country: str) -> str:
    """The holiday of the whole country on this day, in the reader's language where it is known."""
    from holidays import country_holidays

    language = languages.current()
    known = country_holidays(country, years=day.year, language={"en": "en_US"}.get(language, language))
    return str(known.get(day, ""))


def moment_of(ritual: Ritual, day: date) -> datetime:
    return datetime.combine(day, ritual.at, ZoneInfo(ritual.program.time_zone))


def due_day(ritual: Ritual, now: datetime) -> date | None:
    """The day on which a topic is to be opened at this moment, if there is one."""
    local = now.astimezone(ZoneInfo(ritual.program.time_zone))
    day = local.date()
    moment = moment_of(ritual, day)
    if day.weekday() != ritual.weekday or not moment <= now < moment + LATE:
        return None
    if ritual.active_from is None or ritual.until is None or moment < ritual.active_from:
        return None
    if day > ritual.until or day < ritual.program.start_on or holiday_on(day, ritual.program.country):
        return None
    return day


def is_over(ritual: Ritual, now: datetime) -> bool:
    """The weeks that its host agreed on have passed, on the clocks of the program."""
    return ritual.until is not None and now.astimezone(ZoneInfo(ritual.program.time_zone)).date() > ritual.until


def text_in_turn(texts: list[RitualText], turn: int) -> RitualText | None:
    return texts[turn % len(texts)] if texts else None


def coming(ritual: Ritual, count: int = NEXT) -> list[ComingDay]:
    """The next topics of a series, and the days between on which there is none. A series that waits for its yes is
    shown as if it got it now."""
    found: list[ComingDay] = []
    for day in _ahead(ritual):
        found.append(day)
        if sum(each.opening is not None for each in found) == count:
            break
    return found


def _ahead(ritual: Ritual) -> Iterator[ComingDay]:
    now = max(timezone.now(), ritual.active_from or timezone.now())
    local = now.astimezone(ZoneInfo(ritual.program.time_zone)).date()
    first = max(local, ritual.program.start_on)
    first += timedelta(days=(ritual.weekday - first.weekday()) % 7)
    rows = {row.day: row for row in ritual.days.all() if row.day >= first}
    texts, turn = list(ritual.texts.all()), ritual.turn
    for week in range(MOST_WEEKS):
        day = first + week * WEEK
        row, moment = rows.get(day), moment_of(ritual, day)
        if moment <= now or (row is not None and not row.is_skipped):
            continue
        holiday = holiday_on(day, ritual.program.country)
        if holiday or row is not None:
            yield ComingDay(moment, None, holiday, is_skipped=row is not None)
            continue
        yield ComingDay(moment, text_in_turn(texts, turn), is_agreed=ritual.until is None or day <= ritual.until)
        turn += 1
