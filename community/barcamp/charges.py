"""Sessions that somebody leads at a barcamp ahead, for who goes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.barcamp.models import Proposal
from community.events import moments
from core.kit.handing_over import Charge, Engagements
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def _of(user: "User", program: Program) -> Iterator[Charge]:
    rows = Proposal.objects.present().filter(leads=user, event__milestone__program=program)
    for proposal in rows.filter(event__milestone__deleted_at=None).select_related("event__milestone__program"):
        if not moments.is_over(proposal.event.milestone, timezone.now()):
            url = reverse("community:barcamp", args=[program.slug, proposal.event_id])
            yield Charge(proposal.pk, proposal.title, url)


ENGAGEMENTS = (
    Engagements(
        _("Sessions at a barcamp"),
        _("If you leave, what you offered comes off the board, and a session somebody asked for is open again."),
        _of,
    ),
)
