"""When a mail may arrive: in the hours that its reader chose, where the reader is."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from core.news.models import Hours, Way

WEEK = 7
TO_PLAN = timedelta(hours=12)  # what begins sooner after the next hour in which mails come cannot wait for it


def is_audible(moment: datetime, hours: Hours, zone: str) -> bool:
    local = moment.astimezone(ZoneInfo(zone))
    return _is_audible_day(local.date(), hours) and hours.start <= local.hour < hours.end


def next_audible(moment: datetime, hours: Hours, zone: str) -> datetime:
    """Now, or the next hour in which this person wants to hear from us."""
    if is_audible(moment, hours, zone):
        return moment
    local = moment.astimezone(ZoneInfo(zone))
    day = local.date() + timedelta(days=local.hour >= hours.start)
    return max(moment, _morning(_next_day(day, hours), hours, zone))


def next_digest(moment: datetime, hours: Hours, zone: str, way: str) -> datetime:
    """The next morning on which a digest goes: each day of the person's choice, or the first of them in a week."""
    local = moment.astimezone(ZoneInfo(zone))
    day = local.date() + timedelta(days=local.hour >= hours.start)
    day = _next_day(day, hours)
    if way == Way.WEEKLY and hours.days:
        first = min(hours.days)
        day += timedelta(days=(first - day.weekday()) % WEEK)
    return _morning(_next_day(day, hours), hours, zone)


def due(moment: datetime, hours: Hours, zone: str, way: str) -> datetime:
    return next_audible(moment, hours, zone) if way == Way.NOW else next_digest(moment, hours, zone, way)


def cannot_wait(moment: datetime, hours: Hours, zone: str, begins: datetime | None) -> bool:
    """Whether somebody would learn too late where to be, or where not. Who wants nothing more today gets nothing."""
    if begins is None or moment.astimezone(ZoneInfo(zone)).date() == hours.paused_on:
        return False
    return begins < next_audible(moment, hours, zone) + TO_PLAN


def _is_audible_day(day: date, hours: Hours) -> bool:
    return (not hours.days or day.weekday() in hours.days) and day != hours.paused_on


def _next_day(day: date, hours: Hours) -> date:
    """This day, or the next one on which the person wants to hear from us."""
    while not _is_audible_day(day, hours):
        day += timedelta(days=1)
    return day


def _morning(day: date, hours: Hours, zone: str) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hours.start)), ZoneInfo(zone))
