"""What people have booked with somebody, and the hours they offer, for who goes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.office_hours import queries
from community.office_hours.models import HoursHost
from core.kit.handing_over import Charge, Engagements
from core.kit.templatetags.ui import clock, day
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def _of(user: "User", program: Program) -> Iterator[Charge]:
    """The hours as long as they can be booked, then each appointment; who booked it is on the page it leads to."""
    url = reverse("community:hours_day", args=[program.slug])
    for hours in HoursHost.objects.filter(program=program, person=user, is_open=True):
        yield Charge(hours.pk, _("Office hours that can be booked"), url)
    booked = queries.upcoming_of([user.pk], program.pk).filter(slot__host__person=user)
    for booking in booked.order_by("starts_at", "pk"):
        yield Charge(booking.pk, f"{day(booking.starts_at, 'weekday')}, {clock(booking.starts_at)}", url)


ENGAGEMENTS = (
    Engagements(
        gettext_lazy("Office hours"),
        gettext_lazy(
            "When your role ends, these appointments are cancelled and the people are notified. "
            "They book again with somebody else."
        ),
        _of,
    ),
)
