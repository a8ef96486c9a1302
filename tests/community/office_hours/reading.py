"""A host's calendar is read now, from the internet of the tests."""

from django.utils import timezone

from community.office_hours import busy
from community.office_hours.models import HoursHost
from tests.core.kit.outside import Outside


def read(hours: HoursHost, outside: Outside) -> HoursHost:
    HoursHost.objects.filter(pk=hours.pk).update(calendar_due_at=timezone.now())
    busy.read(hours.pk, resolve=outside.resolve, connect=outside.connect)
    hours.refresh_from_db()
    return hours
