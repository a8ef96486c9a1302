"""A host's day: who comes, with what was asked in advance, what comes then, and why nothing can be booked."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from community.office_hours import helping, offering, queries
from community.office_hours.free import why_none
from community.office_hours.helping import Helped
from community.office_hours.models import Absence, Booking, BusyTime, HoursHost, HoursWindow, SpecialDay
from community.office_hours.troubles import trouble_of
from core.kit import page_cache, two_clocks
from core.kit.compiled import Blank, Compiled

if TYPE_CHECKING:
    from core.people.models import User
    from programs.membership.models import Program

AHEAD = timedelta(days=14)
MOST_AHEAD = 20


@dataclass(frozen=True)
class HostBoard:
    hours: HoursHost
    today: list[Booking]
    later: list[Booking]
    windows: list[tuple[HoursWindow, str]]
    special: list[SpecialDay]
    absences: list[Absence]
    blocked: list[BusyTime]
    free: int  # hours that can be booked now
    trouble: str  # why none can be
    calendar: str = ""  # what is wrong with the own calendar

    @property
    def elsewhere(self) -> str:
        """Where the clocks of these hours are, for a host whose own show another time."""
        return two_clocks.elsewhere(self.hours.zone)

    @property
    def is_away_today(self) -> bool:
        today = today_of(self.hours)
        return any(each.first <= today <= each.last for each in self.absences)


def today_of(hours: HoursHost) -> date:
    return timezone.localdate(timezone=ZoneInfo(hours.zone))


def board(hours: HoursHost) -> HostBoard:
    now, today = timezone.now(), today_of(hours)
    full = queries.with_rules(HoursHost.objects.filter(pk=hours.pk), now).get()
    full.program = hours.program
    start, end = queries.day_span(hours, today, today)
    booked = queries.booked_with(hours, start, now + AHEAD)
    free = len(queries.free_of(full, now)) if full.is_open else 0
    return HostBoard(
        full,
        today=[each for each in booked if each.starts_at < end],
        later=[each for each in booked if each.starts_at >= end],
        windows=[(window, str(WEEKDAYS[window.weekday])) for window in full.windows.all()],
        special=[each for each in full.special_days.all() if each.day >= today],
        absences=[each for each in full.absences.all() if each.last >= today],
        blocked=[each for each in full.busy_times.all() if each.is_own],
        free=free,
        trouble="" if free else _words(full, why_none(queries.rules_of(full, now), now=now)),
        calendar=trouble_of(full),
    )


def _words(hours: HoursHost, why: str) -> str:
    if not hours.is_open:
        return _("Your office hours are closed. Open them in your rules.")
    words = {
        "no_windows": _("You have no hours yet. Add the first ones."),
        "too_short": _("No slot fits into your times: they are shorter than a single slot."),
        "notice": _("The shortest notice is longer than your booking period, so nothing can be booked."),
        "away": _("In the coming weeks, you are away or it is a public holiday on all of these days."),
    }
    return words.get(why, _("Everything is booked or blocked by your calendar."))


def tile(user: "User", program: "Program", today: date) -> HostBoard | None:
    """On the start page: who comes today. It is kept in the cache until something of it changes."""
    return page_cache.taken(f"hours:{program.pk}", f"today:{user.pk}:{today}", lambda: _of_today(user, program))


def mentor_tile(user: "User", program: "Program", today: date) -> HostBoard | None:
    """The same in small, for mentors as long as they accompany somebody."""
    may = page_cache.taken(f"mentors:{user.pk}", f"hours:{program.pk}", lambda: offering.may_offer(user, program))
    return tile(user, program, today) if may else None


_HOURS = Compiled(lambda: HoursHost.objects.filter(program=Blank("program"), person=Blank("person")))
AWAY = Compiled(lambda: Absence.objects.filter(host=Blank("host"), last__gte=Blank("today")))


def _of_today(user: "User", program: "Program") -> HostBoard | None:
    found = _HOURS.rows(program=program.pk, person=user.pk)
    if not found:
        return None
    hours = found[0]
    hours.program = program
    start, end = queries.day_span(hours, today_of(hours), today_of(hours))
    booked = queries.booked_with(hours, start, end)
    return HostBoard(hours, booked, [], [], [], AWAY.rows(host=hours.pk, today=today_of(hours)), [], 0, "")


@dataclass(frozen=True)
class HelpedTile:
    """On the start page of a coach: who agreed to be helped with the beginning."""

    people: list[Helped]


def helped_tile(user: "User", program: "Program", _today: date) -> HelpedTile | None:
    found = helping.helped_in(program, but=user)
    return HelpedTile(found) if found else None


@dataclass(frozen=True)
class NextHour:
    """On the start page of whoever has booked."""

    booking: Booking


def next_hour(user: "User", program: "Program", _today: date) -> NextHour | None:
    """What is booked is kept in the cache until something of it changes, so that a start page asks nothing for it."""
    booked = page_cache.taken(
        f"hours:{program.pk}", f"next:{user.pk}", lambda: queries.bookings_ahead(user, program)[:MOST_AHEAD]
    )
    ahead = [booking for booking in booked if booking.is_ahead]
    return NextHour(ahead[0]) if ahead else None
