"""Several programs side by side are for who leads them or follows them as an executive; others are not on the page."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from analytics.portfolio.led import led_by
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def get_led(user: "User") -> list[Program]:
    found = led_by(user)
    if not found:
        raise PermissionDenied
    return found
