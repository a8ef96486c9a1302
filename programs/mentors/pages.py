"""What the page of mentors and buddies shows: to one person, about nobody else's pairs."""

from typing import Any

from django.utils.translation import gettext as _

from programs.directory.words import language_names
from programs.generations.models import Participant
from programs.mentors import queries
from programs.mentors.matching import Match
from programs.mentors.models import Pairing, PairKind


def mentors(participant: Participant) -> dict[str, Any]:
    me = participant.user
    found = queries.pairings_of(participant)
    mine = {pairing.kind: _shown(pairing, me) for pairing in found if pairing.asker_id == me.pk}
    asked = [_shown(pairing, me) for pairing in found if pairing.partner_id == me.pk]
    buddies = [each for each in asked if each["pairing"].kind == PairKind.BUDDY and each["pairing"].agreed_at]
    mine |= {each["pairing"].kind: each for each in buddies}  # of two buddies neither accompanies the other
    return {
        "program": participant.program,
        "participant": participant,
        "contact": participant.generation.who_to_ask,
        "parts": [_part(participant, kind, mine.get(kind)) for kind in PairKind],
        "requests": [each for each in asked if not each["pairing"].agreed_at],
        "is_full": _is_full(participant, asked),
        "accompanied": [each for each in asked if each["pairing"].agreed_at and each not in buddies],
    }


def _part(participant: Participant, kind: PairKind, own: dict[str, Any] | None) -> dict[str, Any]:
    is_mentor = kind == PairKind.MENTOR
    found = queries.Suggestions() if own and own["is_there"] else queries.suggestions(participant, kind)
    return {
        "kind": kind.value,
        "title": _("Your mentor") if is_mentor else _("Your buddy"),
        "lead": _("Somebody from an earlier generation who has been through it.")
        if is_mentor
        else _("Somebody from your generation to take the first steps with."),
        "own": own,
        "suggestions": [
            {"person": card.user, "why": _why(match), "topics": card.topics[:4]} for card, match in found.rows
        ],
        "others_are_full": found.others_are_full,
    }


def _is_full(participant: Participant, asked: list[dict[str, Any]]) -> bool:
    """Whether nobody else can ask this mentor: they accompany, or are asked by, as many as they said."""
    count = sum(each["pairing"].kind == PairKind.MENTOR for each in asked)
    if not count:
        return False
    card = queries.card_of(participant)
    return card.is_mentor and count >= card.most


def _why(match: Match) -> str:
    """Why somebody is suggested, in words."""
    reasons = []
    if match.topics:
        reasons.append(_("common topics: %(topics)s") % {"topics": ", ".join(match.topics)})
    if match.same_site:
        reasons.append(_("same site"))
    if match.languages:
        reasons.append(", ".join(language_names(match.languages)))
    return "; ".join(reasons)


def _shown(pairing: Pairing, me: Any) -> dict[str, Any]:
    """The other one of the two, and whether they are there: somebody may pause or have left. Who only asked learns
    nothing of that: as long as there is no yes, it looks like a request without an answer."""
    other = pairing.partner if pairing.asker_id == me.pk else pairing.asker
    state = pairing.partner_state if pairing.asker_id == me.pk else pairing.asker_state  # type: ignore[attr-defined]
    agreed = pairing.agreed_at is not None
    is_there = not agreed or queries.is_there(state)
    return {"pairing": pairing, "other": other, "is_there": is_there, "has_left": agreed and state is None}
