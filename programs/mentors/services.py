"""What changes between two people. It is theirs: no journal, no count, nobody else sees it."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import ngettext

from core.kit import page_cache
from core.kit.kept import Kept
from programs.generations.models import Participant
from programs.membership.models import Program
from programs.mentors import news, queries
from programs.mentors.models import KEPT, Pairing, PairingCard, PairKind

if TYPE_CHECKING:
    from core.people.models import User

WAITS = timedelta(days=30)  # a request without an answer


class NotFree(Exception):
    """The person cannot be asked now, or somebody was asked already."""


@transaction.atomic
def show_card(participant: Participant, *, given: Mapping[str, Any]) -> None:
    """What one gives to be matched, and whether one accompanies others."""
    PairingCard.objects.update_or_create(program=participant.program, user=participant.user, defaults=given)


@transaction.atomic
def ask(participant: Participant, *, person_id: int, kind: str) -> Pairing:
    """Ask somebody who offers it and suits; asking is the own yes. One at a time of each kind."""
    partner = _free(participant, person_id, kind)
    try:
        with transaction.atomic():
            pairing = Pairing.objects.create(
                program=participant.program, kind=kind, asker=participant.user, partner=partner
            )
    except IntegrityError:
        raise NotFree from None
    news.tell_asked(pairing)
    _changed(pairing)
    return pairing


@transaction.atomic
def agree(pairing: Pairing) -> None:
    """The second yes. One buddy at a time: who asked somebody else, or said yes to somebody else, ends that first."""
    Program.objects.select_for_update(no_key=True).get(pk=pairing.program_id)
    if pairing.kind == PairKind.BUDDY:
        taken = ({"asker": pairing.partner_id}, {"partner": pairing.partner_id}, {"partner": pairing.asker_id})
        if any(queries.has_buddy(pairing.program, **person) for person in taken):
            raise NotFree
    if Pairing.objects.filter(pk=pairing.pk, agreed_at=None, ended_at=None).update(agreed_at=timezone.now()):
        news.tell_agreed(pairing)
        _changed(pairing)


@transaction.atomic
def finish(pairing: Pairing, *, by: "User") -> None:
    """Either of the two, at any time, without a reason: also a request that one takes back or does not want. The other
    one is not told; the page simply no longer shows it."""
    Pairing.objects.filter(pk=pairing.pk, ended_at=None).update(ended_at=timezone.now(), ended_by=by)
    news.settled(pairing)
    _changed(pairing)


@transaction.atomic
def resume(pairing: Pairing) -> None:
    """Undo of `finish`, by the rules of asking: both take part, both are free, and nobody else was asked meanwhile."""
    asker = Participant.objects.filter(program=pairing.program_id, user=pairing.asker_id).present().first()
    if asker is None:
        raise NotFree
    _free(asker, pairing.partner_id, pairing.kind)
    try:
        with transaction.atomic():
            Pairing.objects.filter(pk=pairing.pk, ended_at__isnull=False).update(ended_at=None, ended_by=None)
    except IntegrityError:
        raise NotFree from None
    news.settled(pairing, is_gone=False)
    _changed(pairing)


def _free(participant: Participant, person_id: int, kind: str) -> "User":
    """The person to be asked, as long as this participant can ask them."""
    Program.objects.select_for_update(no_key=True).get(pk=participant.program_id)  # the last free place goes once
    if kind == PairKind.BUDDY and queries.has_buddy(participant.program, partner=participant.user_id):
        raise NotFree
    found = [
        card.user for card, _match in queries.suggestions(participant, kind, 500).rows if card.user_id == person_id
    ]
    if not found:
        raise NotFree
    return found[0]


# --- what is kept no longer -------------------------------------------------------------------------------------------


def kept(user: "User", program: Program) -> Iterator[Kept]:
    """What would go when the person leaves."""
    cards = PairingCard.objects.filter(program=program, user=user)
    yield Kept(cards, lambda n: ngettext("entry for mentors and buddies", "entries for mentors and buddies", n))
    pairs = Pairing.objects.filter(_of(user), program=program, ended_at=None)
    yield Kept(
        pairs, lambda n: ngettext("connection with a mentor or buddy", "connections with mentors and buddies", n)
    )


def forget_person(user: "User", program: Program) -> None:
    PairingCard.objects.filter(program=program, user=user).delete()
    for pairing in (rows := Pairing.objects.filter(_of(user), program=program)):
        _changed(pairing)
    rows.delete()


def forget_everywhere(user: "User") -> None:
    PairingCard.objects.filter(user=user).delete()
    for pairing in (rows := Pairing.objects.filter(_of(user))):
        _changed(pairing)
    rows.delete()


def retention() -> int:
    """What was ended goes a day later, a request without an answer after 30 days."""
    now = timezone.now()
    silent = Q(agreed_at=None, asked_at__lt=now - WAITS)
    return Pairing.objects.filter(silent | Q(ended_at__lt=now - KEPT)).delete()[0]


def presence_changed(user: "User", program: Program) -> None:
    """The start pages of those who are on the way with somebody: no name during a break, and again after it."""
    for pairing in Pairing.objects.filter(_of(user), program=program, ended_at=None):
        _changed(pairing)


def person_changed(person_id: int) -> None:
    """Somebody goes by another name."""
    for pairing in Pairing.objects.filter(Q(asker=person_id) | Q(partner=person_id), ended_at=None):
        _changed(pairing)


def _changed(pairing: Pairing) -> None:
    """Both start pages ask again, after the commit."""

    def ask_again() -> None:
        for pk in (pairing.asker_id, pairing.partner_id):
            page_cache.clear(f"mentors:{pk}")

    transaction.on_commit(ask_again, robust=True)


def _of(user: "User") -> Q:
    return Q(asker=user) | Q(partner=user)
