"""What becomes of proposals and votes when somebody leaves, pauses or deletes the account. Votes go at once. An offer
goes with who made it; a wish names nobody and stays, without a link to the person."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import ngettext

from community.barcamp.models import Offering, Proposal, ProposalVote
from community.events import moments
from core.kit.kept import Kept
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def kept(user: "User", program: Program) -> Iterator[Kept]:
    proposals = Proposal.objects.filter(by=user, event__milestone__program=program)
    yield Kept(proposals, lambda n: ngettext("proposal for a barcamp", "proposals for barcamps", n))
    votes = ProposalVote.objects.filter(person=user, proposal__event__milestone__program=program)
    yield Kept(votes, lambda n: ngettext("vote at a barcamp", "votes at barcamps", n), ends_at_once=True)


@transaction.atomic
def forget_votes(user: "User", program: Program) -> None:
    ProposalVote.objects.filter(person=user, proposal__event__milestone__program=program).delete()


@transaction.atomic
def withdraw_offers(user: "User", program: Program) -> None:
    """Nobody who left leads what lies ahead: offers go off the board, wishes look for somebody again. What was held
    keeps its place until the belongings are erased. Who comes back brings an offer back."""
    ahead = (
        Proposal.objects.present().filter(event__milestone__program=program).select_related("event__milestone__program")
    )
    for proposal in ahead.filter(Q(by=user, kind=Offering.OFFER) | Q(leads=user)):
        if moments.is_over(proposal.event.milestone, timezone.now()):
            continue
        if proposal.kind == Offering.OFFER:
            proposal.put_away()
        else:
            proposal.leads = None
            proposal.save(update_fields=["leads"])


@transaction.atomic
def forget_person(user: "User", program: Program) -> None:
    _forget(user, Q(event__milestone__program=program))
    forget_votes(user, program)


@transaction.atomic
def forget_everywhere(user: "User") -> None:
    _forget(user, Q())
    ProposalVote.objects.filter(person=user).delete()


def _forget(user: "User", which: Q) -> None:
    Proposal.objects.filter(which, by=user, kind=Offering.OFFER).delete()
    Proposal.objects.filter(which, by=user).update(by=None)
    Proposal.objects.filter(which, leads=user).update(leads=None)
