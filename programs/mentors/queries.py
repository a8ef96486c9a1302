"""What is selected of pairings and of who can be asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from core.kit import page_cache
from core.kit.companions import Companion
from core.kit.compiled import Blank, Compiled
from core.people.models import User
from programs.generations.models import Participant, ParticipantState
from programs.membership.models import Program
from programs.mentors.matching import Match, Side, others_are_full, ranked
from programs.mentors.models import Pairing, PairingCard, PairKind


def lasting(program: Program | Blank) -> QuerySet[Pairing]:
    return Pairing.objects.filter(program=program, ended_at=None)


def card_of(participant: Participant) -> PairingCard:
    """One's own, not stored yet where nothing was entered."""
    card = PairingCard.objects.filter(program=participant.program, user=participant.user).first()
    return card or PairingCard(program=participant.program, user=participant.user)


@dataclass(frozen=True)
class Suggestions:
    """`others_are_full`: more would suit, and accompany as many as they can at the moment. It does not say who."""

    rows: Sequence[tuple[PairingCard, Match]] = ()
    others_are_full: bool = False


def suggestions(participant: Participant, kind: str, most: int = 3) -> Suggestions:
    """Who suits best. Mentors come from earlier generations, buddies from one's own; nobody who pauses or has left, and
    nobody who has a buddy or has asked for one. Who takes a break asks nobody."""
    if not is_there(participant.state):
        return Suggestions()
    own = participant.generation
    there = Participant.objects.active().filter(program=participant.program, user=OuterRef("user"))
    there = there.filter(Q(generation__number__lt=own.number) if kind == PairKind.MENTOR else Q(generation=own))
    offers = Q(is_mentor=True) if kind == PairKind.MENTOR else Q(is_buddy=True)
    lasts = lasting(participant.program).filter(kind=kind, partner=OuterRef("user")).order_by().values("partner")
    cards = PairingCard.objects.filter(offers, Exists(there), program=participant.program).select_related("user")
    if kind == PairKind.BUDDY:
        cards = cards.exclude(Exists(lasting(participant.program).filter(kind=kind, asker=OuterRef("user"))))
    known = {card.user_id: card for card in cards.annotate(load=Subquery(lasts.annotate(n=Count("pk")).values("n")))}
    sides = [side(card, kind, load=card.load or 0) for card in known.values()]
    seeker = side(card_of(participant), kind)
    rows = [(known[match.id], match) for match in ranked(seeker, sides)[:most]]
    return Suggestions(rows, len(rows) < most and others_are_full(seeker, sides, participant.program.group_minimum))


def has_buddy(program: Program, **person: Any) -> bool:
    """Whether somebody said yes to another as buddy; with `asker` for `partner`, whether they asked somebody."""
    rows = lasting(program).filter(kind=PairKind.BUDDY, **person)
    return (rows if "asker" in person else rows.filter(agreed_at__isnull=False)).exists()


def side(card: PairingCard, kind: str, *, load: int = 0) -> Side:
    most = card.most if kind == PairKind.MENTOR else 1
    return Side(card.user_id, frozenset(card.topics), frozenset(card.languages), card.site, load, most)


def pairings_of(participant: Participant) -> list[Pairing]:
    """All that last, with both people and whether each still takes part: without a state somebody has left."""
    states = Participant.objects.present().filter(program=participant.program)
    rows = lasting(participant.program).filter(Q(asker=participant.user) | Q(partner=participant.user))
    return list(
        rows.select_related("asker", "partner")
        .annotate(
            asker_state=Subquery(states.filter(user=OuterRef("asker")).values("state")[:1]),
            partner_state=Subquery(states.filter(user=OuterRef("partner")).values("state")[:1]),
        )
        .order_by("asked_at", "pk")
    )


def name_of_mentor(person_id: int, program_id: int) -> str:
    """For the step of the onboarding on which one meets this person; nobody as long as not both agreed."""
    agreed = Pairing.objects.filter(program=program_id, asker=person_id, kind=PairKind.MENTOR, ended_at=None)
    found = agreed.filter(agreed_at__isnull=False).select_related("partner").first()
    return str(found.partner.name) if found else ""


def companions(user: User, program: Program) -> Iterator[Companion]:
    """With whom somebody is on the way, because both agreed; nobody who is taking a break."""
    for pairing in _AGREED.rows(program=program.pk, person=user.pk):
        is_mine = pairing.asker_id == user.pk
        is_led = not is_mine and pairing.kind == PairKind.MENTOR
        yield Companion(pairing.partner if is_mine else pairing.asker, pairing.get_kind_display(), is_led)


def _agreed() -> QuerySet[Pairing]:
    program, person = Blank("program"), Blank("person")
    there = Participant.objects.active().filter(program=program).values("user")
    others = Q(asker=person, partner__in=there) | Q(partner=person, asker__in=there)
    rows = lasting(program).filter(others, agreed_at__isnull=False)
    return rows.select_related("asker", "partner").order_by("pk")


_AGREED = Compiled(_agreed)
_ASKS = Compiled(lambda: lasting(Blank("program")).filter(partner=Blank("person"), agreed_at=None).values_list("pk"))


def tile(user: User, program: Program, today: date) -> dict[str, Any] | None:
    """Who asks me, and who accompanies me; nothing where there is nothing to say. Kept until one of both changes it."""
    found: dict[str, Any] | None = page_cache.taken(
        f"mentors:{user.pk}", f"tile:{program.pk}", lambda: _tile(user, program)
    )
    return found


def _tile(user: User, program: Program) -> dict[str, Any] | None:
    asks = len(_ASKS.rows(program=program.pk, person=user.pk))
    names = [each.person.name for each in companions(user, program) if each.person.name]
    return {"asks": asks, "people": names} if asks or names else None


def is_there(state: str | None) -> bool:
    return state == ParticipantState.ACTIVE
