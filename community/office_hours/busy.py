"""The host's own calendar: read by the clock, and only from when to when it says busy.

While it cannot be read, the old busy times keep blocking: a late reading must never offer an hour that is taken.
"""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from community.office_hours import offering
from community.office_hours.calendar import KIND
from community.office_hours.models import MOST_WEEKS, Booking, BusyTime, CalendarKind, HoursHost
from community.office_hours.sources.base import Between, NotRead
from community.office_hours.sources.known import source_of
from core.kit import fetch, public_hosts
from core.kit.calendar_times import NotACalendar
from core.kit.calendars import uid_of
from core.people.secrets import SecretIsSealed, seal, seal_anew, unseal

EVERY, AFTER_TROUBLE = timedelta(minutes=15), timedelta(hours=1)
READING_FOR = timedelta(minutes=2)
SECONDS_TO_READ, MOST_BYTES = 10.0, 5 * 1024 * 1024  # of one request


@transaction.atomic
def begin(hours: HoursHost, *, secret: str, host: str, kind: CalendarKind = CalendarKind.ICS) -> None:
    """From the next sweep on; the busy times of another calendar block until then."""
    HoursHost.objects.filter(pk=hours.pk).update(
        calendar_kind=kind, calendar_sealed=seal(secret), calendar_host=host, calendar_due_at=timezone.now(),
        calendar_trouble="", calendar_read_at=None,
    )  # fmt: skip


@transaction.atomic
def end(hours: HoursHost) -> None:
    """What it was read with and everything that was read goes at once."""
    HoursHost.objects.filter(pk=hours.pk).update(
        calendar_kind=CalendarKind.ICS, calendar_sealed="", calendar_host="", calendar_due_at=None,
        calendar_trouble="", calendar_read_at=None,
    )  # fmt: skip
    BusyTime.objects.filter(host=hours, is_own=False).delete()


def due() -> list[int]:
    """Only of those who offer hours now: of who closed them, left or is no host any more, nothing is asked."""
    rows = HoursHost.objects.filter(calendar_due_at__lte=timezone.now(), is_open=True).exclude(calendar_sealed="")
    rows = rows.filter(offering.offers_now())
    return list(rows.order_by("calendar_due_at").values_list("pk", flat=True)[:50])


def read(pk: int, *, resolve: fetch.Resolver = public_hosts.resolve, connect: fetch.Connector = fetch.connect) -> None:
    """Whoever takes it puts the next time ahead, so two readers at once ask the server once."""
    now = timezone.now()
    mine = HoursHost.objects.filter(Q(calendar_due_at__lte=now), pk=pk).exclude(calendar_sealed="")
    if mine.update(calendar_due_at=now + READING_FOR) != 1:
        return
    hours = HoursHost.objects.select_related("program").get(pk=pk)
    ask = partial(fetch.fetch, seconds=SECONDS_TO_READ, limit=MOST_BYTES, resolve=resolve, connect=connect)
    between = Between(now, now + timedelta(weeks=MOST_WEEKS + 1), hours.zone, _booked_here(hours, now))
    try:
        spans = source_of(hours.calendar_kind, unseal(hours.calendar_sealed), ask, partial(_renew, hours)).busy(between)
    except (NotRead, fetch.NotFetched, NotACalendar, SecretIsSealed) as error:
        pause = (error.pause if isinstance(error, NotRead) else None) or AFTER_TROUBLE
        _keep(hours, calendar_trouble=_code(error), calendar_due_at=now + max(pause, EVERY))
        return
    with transaction.atomic():
        if _keep(hours, calendar_trouble="", calendar_read_at=now, calendar_due_at=now + EVERY):
            BusyTime.objects.filter(host=hours, is_own=False).delete()
            BusyTime.objects.bulk_create(
                (BusyTime(host=hours, starts_at=start, ends_at=end) for start, end in spans), batch_size=500
            )


def _booked_here(hours: HoursHost, now: datetime) -> frozenset[str]:
    """What our mails put into the host's calendar: a group's hour would else be full with its first booking, and one
    that was moved or cancelled would block until the next reading."""
    rows = Booking.objects.filter(slot__host=hours, ends_at__gt=now)
    return frozenset(uid_of(KIND, pk) for pk in rows.values_list("pk", flat=True))


def _renew(hours: HoursHost, secret: str) -> None:
    sealed = seal(secret)
    if not _keep(hours, calendar_sealed=sealed):
        raise NotRead("another")
    hours.calendar_sealed = sealed


def _code(error: Exception) -> str:
    if isinstance(error, (NotRead, fetch.NotFetched)):
        return error.code[:40]
    return "sealed" if isinstance(error, SecretIsSealed) else "not_a_calendar"


def _keep(hours: HoursHost, **values: object) -> bool:
    """Unless the host has taken another calendar meanwhile."""
    same = HoursHost.objects.filter(pk=hours.pk, calendar_sealed=hours.calendar_sealed)
    return same.update(**values) == 1


def reseal() -> tuple[int, int]:
    """What calendars are read with, under the first of the site's keys. How many that were, how many no key opens."""
    done = [_reseal(hours) for hours in HoursHost.objects.exclude(calendar_sealed="")]
    return sum(done), len(done) - sum(done)


def _reseal(hours: HoursHost) -> bool:
    try:
        _keep(hours, calendar_sealed=seal_anew(hours.calendar_sealed))
    except SecretIsSealed:
        return False
    return True
