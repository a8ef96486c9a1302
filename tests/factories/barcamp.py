"""Barcamps: in the world one is announced, with a room, two times, an offer and a wish; the offer has its place."""

from datetime import time
from typing import Any

from community.barcamp.models import CampRoom, CampSession, CampSlot, Offering, Proposal
from community.events.models import Event, EventKind
from tests.factories.events import make_event

ORDER = 71


def make_barcamp(program: Any, **fields: Any) -> Event:
    return make_event(program, **({"kind": EventKind.BARCAMP, "at": time(9), "until_at": time(17)} | fields))


def make_camp_room(event: Event, name: str = "Canteen", **fields: Any) -> CampRoom:
    return CampRoom.objects.create(event=event, name=name, **fields)


def make_camp_slot(event: Event, starts: time = time(10), ends: time = time(10, 45), **fields: Any) -> CampSlot:
    return CampSlot.objects.create(event=event, starts=starts, ends=ends, **fields)


def make_proposal(event: Event, by: Any, title: str = "Photos with the phone", **fields: Any) -> Proposal:
    kind = fields.pop("kind", Offering.OFFER)
    leads = by if kind == Offering.OFFER else None
    return Proposal.objects.create(event=event, by=by, title=title, kind=kind, **({"leads": leads} | fields))


def make_session(proposal: Proposal, room: CampRoom, slot: CampSlot, **fields: Any) -> CampSession:
    return CampSession.objects.create(proposal=proposal, room=room, slot=slot, **fields)


def furnish(world: Any) -> None:
    world.barcamp = make_barcamp(world.program)
    world.camp_room = make_camp_room(world.barcamp)
    world.camp_slot = make_camp_slot(world.barcamp)
    make_camp_slot(world.barcamp, time(12), time(13), title="Lunch")
    world.proposal = make_proposal(world.barcamp, world.influencer)
    world.wish = make_proposal(world.barcamp, world.influencer2, "When the boss reads along", kind=Offering.WISH)
    make_session(world.proposal, world.camp_room, world.camp_slot)
