"""Guests whose last day is over."""

from datetime import timedelta

from django.utils import timezone

from core.schedule.each import each
from programs.membership.models import Membership
from programs.membership.services import end_membership


def end_guests() -> int:
    """Whose last day is over has no role any more. Nobody gets in between: what they may is asked with the day."""
    tomorrow = timezone.localdate() + timedelta(days=1)  # where a program's calendar is ahead of this one
    found = Membership.objects.filter(ended_at=None, until_on__lt=tomorrow).select_related("program", "user")
    over = {row.pk: row for row in found if row.is_over}
    each("membership.guests", list(over), lambda pk: end_membership(over[pk], by=None))
    return len(over)
