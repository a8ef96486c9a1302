"""Tables at which somebody stays at a World Café ahead, for who goes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.events import moments
from community.world_cafe.models import CafeTable
from core.kit.handing_over import Charge, Engagements
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def _of(user: "User", program: Program) -> Iterator[Charge]:
    rows = CafeTable.objects.present().filter(host=user, event__milestone__program=program)
    for table in rows.filter(event__milestone__deleted_at=None).select_related("event__milestone__program"):
        if not moments.is_over(table.event.milestone, timezone.now()):
            url = reverse("community:cafe", args=[program.slug, table.event_id])
            yield Charge(table.pk, table.question, url)


ENGAGEMENTS = (
    Engagements(
        _("Tables at a World Café"),
        _("The people planning the event name somebody else who stays at the table."),
        _of,
    ),
)
