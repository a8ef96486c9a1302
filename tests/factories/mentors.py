"""Mentors and buddies. In the world the two participants, of generation 1 and 2, offer to be asked; nobody has asked
yet but one."""

from typing import Any

from programs.generations.models import Participant
from programs.mentors import services
from programs.mentors.models import Pairing, PairKind

ORDER = 45
GIVEN: dict[str, Any] = {
    "topics": ["Photos"],
    "languages": ["de"],
    "site": "Bremen",
    "is_mentor": False,
    "is_buddy": False,
    "most": 2,
}


def make_card(participant: Participant, **given: Any) -> None:
    services.show_card(participant, given=GIVEN | given)


def make_pairing(participant: Participant, partner: Participant, *, agreed: bool = False) -> Pairing:
    pairing = services.ask(participant, person_id=partner.user_id, kind=PairKind.MENTOR)
    if agreed:
        services.agree(pairing)
        pairing.refresh_from_db()
    return pairing


def furnish(world: Any) -> None:
    make_card(world.participant, is_mentor=True)
    make_card(world.participant2, site="Rostock")
    world.pairing = make_pairing(world.participant2, world.participant)
