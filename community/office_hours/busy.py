"""The host's own calendar: read by the clock, and only from when to when it says busy.

While it cannot be read, the old busy times keep blocking: a late reading must never offer an hour that is taken.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.office_hours.models import MOST_WEEKS, BusyTime, HoursHost
from core.kit import calendars, fetch, public_hosts
from core.kit.calendar_times import NotACalendar
from core.people.secrets import SecretIsSealed, seal, unseal

EVERY, AFTER_TROUBLE = timedelta(minutes=15), timedelta(hours=1)
READING_FOR = timedelta(minutes=2)
SECONDS_TO_READ, MOST_BYTES = 10.0, 5 * 1024 * 1024
TYPES = ("text/calendar", "text/plain", "application/octet-stream")
NO_CALENDAR = gettext_lazy("What came from this address is not a calendar. Check the address (it often ends in .ics).")
TROUBLES = {
    "too_slow": gettext_lazy("Your calendar's server took too long to respond."),
    "too_large": gettext_lazy("Your calendar is larger than 5 MB. Choose one with fewer events."),
    "not_a_calendar": NO_CALENDAR,
    "type": NO_CALENDAR,
    "url_not_allowed": gettext_lazy("The address points to an internal network, which we do not read."),
    "redirects": gettext_lazy("The address redirects too often."),
    "downgrade": gettext_lazy("The address redirects to an unencrypted one, which we do not read."),
    "not_listed": gettext_lazy("The address points to a server that the operator of this site has not allowed."),
    "off": gettext_lazy("The operator of this site has not allowed any calendars."),
    "status": gettext_lazy("Your calendar's server refuses access. Create a new address there."),
}  # fmt: skip


@transaction.atomic
def begin(hours: HoursHost, *, address: str, host: str) -> None:
    """From the next sweep on; the busy times of another address block until then."""
    HoursHost.objects.filter(pk=hours.pk).update(
        calendar_sealed=seal(address), calendar_host=host, calendar_due_at=timezone.now(), calendar_trouble="",
        calendar_read_at=None,
    )  # fmt: skip


@transaction.atomic
def end(hours: HoursHost) -> None:
    """The address and everything that was read from it goes at once."""
    HoursHost.objects.filter(pk=hours.pk).update(
        calendar_sealed="", calendar_host="", calendar_due_at=None, calendar_trouble="", calendar_read_at=None
    )
    BusyTime.objects.filter(host=hours).delete()


def due() -> list[int]:
    rows = HoursHost.objects.filter(calendar_due_at__lte=timezone.now()).exclude(calendar_sealed="")
    return list(rows.order_by("calendar_due_at").values_list("pk", flat=True)[:50])


def read(pk: int, *, resolve: fetch.Resolver = public_hosts.resolve, connect: fetch.Connector = fetch.connect) -> None:
    """Whoever takes it puts the next time ahead, so two readers at once ask the server once."""
    now = timezone.now()
    mine = HoursHost.objects.filter(Q(calendar_due_at__lte=now), pk=pk).exclude(calendar_sealed="")
    if mine.update(calendar_due_at=now + READING_FOR) != 1:
        return
    hours = HoursHost.objects.select_related("program").get(pk=pk)
    try:
        answer = fetch.fetch(
            unseal(hours.calendar_sealed), types=TYPES, seconds=SECONDS_TO_READ,
            limit=MOST_BYTES, resolve=resolve, connect=connect,
        )  # fmt: skip
        if not 200 <= answer.status < 300:
            raise fetch.NotFetched("status", "")
        last = now + timedelta(weeks=MOST_WEEKS + 1)
        spans = calendars.busy_in(answer.body, first=now, last=last, zone=hours.zone)
    except (fetch.NotFetched, NotACalendar, SecretIsSealed) as error:
        code = error.code if isinstance(error, fetch.NotFetched) else "not_a_calendar"
        _keep(hours, calendar_trouble=code[:40], calendar_due_at=now + AFTER_TROUBLE)
        return
    with transaction.atomic():
        if _keep(hours, calendar_trouble="", calendar_read_at=now, calendar_due_at=now + EVERY):
            BusyTime.objects.filter(host=hours).delete()
            BusyTime.objects.bulk_create(
                (BusyTime(host=hours, starts_at=start, ends_at=end) for start, end in spans), batch_size=500
            )


def _keep(hours: HoursHost, **values: object) -> bool:
    """Unless the host has taken another address meanwhile."""
    same = HoursHost.objects.filter(pk=hours.pk, calendar_sealed=hours.calendar_sealed)
    return same.update(**values) == 1


def trouble_of(hours: HoursHost) -> str:
    if not hours.calendar_trouble:
        return ""
    words = TROUBLES.get(hours.calendar_trouble, gettext_lazy("Your calendar could not be read."))
    still = _("Busy times read earlier still block bookings.")
    return f"{words} {still}"
