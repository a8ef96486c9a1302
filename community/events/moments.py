"""When an event begins and ends, and what follows from it, on the clocks of its program. Pure."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from programs.phases.models import TIME_TO_UNDO as TIME_TO_UNDO  # also of an attendance that is taken back
from programs.phases.models import Milestone

EARLY = timedelta(minutes=10)  # the call can be joined
USUAL = timedelta(hours=2)  # as long as it goes on when nobody said
ARRIVING = timedelta(minutes=15)  # before it begins, people are there
REMEMBERING = timedelta(days=7)  # after it ended, they may still say so
NOON, REMINDING = time(12), time(16)
WEEKEND = (5, 6)


def begins(milestone: Milestone) -> datetime:
    """A date without a time begins with its day."""
    return _moment(milestone, milestone.on, milestone.at or time.min)


def ends(milestone: Milestone) -> datetime:
    end = milestone.end(milestone.program.time_zone)
    if isinstance(end, datetime):
        return end
    if isinstance(end, date):
        return _moment(milestone, end, time.min)
    return begins(milestone) + (USUAL if milestone.at else timedelta(days=1))


def day_after(milestone: Milestone) -> date:
    """The first day that begins after it ended."""
    last = ends(milestone) - timedelta(microseconds=1)
    return last.astimezone(ZoneInfo(milestone.program.time_zone)).date() + timedelta(days=1)


def is_over(milestone: Milestone, now: datetime) -> bool:
    return ends(milestone) <= now


def can_be_joined(milestone: Milestone, now: datetime) -> bool:
    """From ten minutes before until it ends."""
    return begins(milestone) - EARLY <= now < ends(milestone)


def attendance_opens(milestone: Milestone) -> datetime:
    return begins(milestone) - ARRIVING


def attendance_is_open(milestone: Milestone, now: datetime) -> bool:
    return attendance_opens(milestone) <= now < ends(milestone) + REMEMBERING


def moves_up_until(milestone: Milestone) -> datetime:
    """Who waits moves up by itself until noon of the day before: nobody learns in the morning where to be."""
    return _moment(milestone, milestone.on - timedelta(days=1), NOON)


def reminds_at(milestone: Milestone) -> datetime:
    """In the afternoon of the last working day before: at the weekend hardly anybody hears from us, and on Monday
    morning it would be late."""
    day = milestone.on - timedelta(days=1)
    while day.weekday() in WEEKEND:
        day -= timedelta(days=1)
    return _moment(milestone, day, REMINDING)


def is_ahead(milestone: Milestone, now: datetime) -> bool:
    """Whether there is still something to be reminded of: until it begins, or all day when it has no time."""
    return now < (begins(milestone) if milestone.at else ends(milestone))


def _moment(milestone: Milestone, day: date, at: time) -> datetime:
    return datetime.combine(day, at).replace(tzinfo=ZoneInfo(milestone.program.time_zone))
