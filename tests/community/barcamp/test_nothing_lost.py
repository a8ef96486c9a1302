"""Nothing of a board is lost by a second click, and nothing is said that is not so."""

from datetime import time
from typing import Any

from django.urls import reverse

from community.barcamp import leaving, services
from community.barcamp.models import CampRoom, CampSession, CampSlot, Proposal
from tests.world import client_of


def at(name: str, world: Any, *more: int) -> str:
    return reverse(f"community:{name}", args=[world.program.slug, world.barcamp.pk, *more])


def place(world: Any) -> tuple[CampRoom, CampSlot]:
    CampRoom.objects.filter(event=world.barcamp).delete()
    CampSlot.objects.filter(event=world.barcamp).delete()
    room = services.add_room(world.barcamp, by=world.manager, name="Aula", note="")
    slot = services.add_slot(world.barcamp, by=world.manager, starts=time(10), ends=time(11), title="")
    return room, slot


def test_the_form_of_a_place_sent_twice_is_sent_once(world: Any) -> None:
    client, (room, slot) = client_of("manager", world), place(world)
    address = at("barcamp_cell", world, room.pk, slot.pk)
    data = {"proposal": world.wish.pk, "seen": client.get(address).context["form"]["seen"].value()}
    assert [client.post(address, data).status_code for _click in range(2)] == [302, 302]
    assert CampSession.objects.get(room=room).proposal == world.wish


def test_a_time_with_sessions_is_not_made_one_for_everybody(world: Any) -> None:
    client, (room, slot) = client_of("manager", world), place(world)
    CampSession.objects.create(proposal=world.wish, room=room, slot=slot)
    address = at("barcamp_slot_edit", world, slot.pk)
    told = client.post(address, {"starts": "10:00", "ends": "11:00", "title": "Lunch"})
    assert told.status_code == 422
    assert "Sessions are planned at this time" in told.content.decode()
    slot.refresh_from_db()
    assert slot.title == ""


def test_a_room_does_not_come_back_as_the_thirteenth(world: Any) -> None:
    client, (room, _slot) = client_of("manager", world), place(world)
    services.remove(room, by=world.manager)
    for number in range(services.MOST_ROOMS):
        services.add_room(world.barcamp, by=world.manager, name=f"Room {number}", note="")
    told = client.post(at("barcamp_room_remove", world, room.pk) + "?back=yes", follow=True)
    assert "cannot be restored" in told.content.decode()
    assert CampRoom.objects.present().filter(event=world.barcamp).count() == services.MOST_ROOMS


def test_who_leads_nothing_gives_nothing_back(world: Any) -> None:
    told = client_of("influencer", world).post(at("barcamp_lead", world, world.wish.pk) + "?back=yes", follow=True)
    page = told.content.decode()
    assert "It is a wish again" not in page
    assert "You do not lead this session" in page


def test_a_withdrawn_proposal_says_that_it_is_withdrawn(world: Any) -> None:
    proposal = Proposal.objects.present().filter(event=world.barcamp, by__isnull=False).first()
    assert proposal is not None
    services.withdraw(proposal, by=proposal.by)
    member = next(
        name for name in ("influencer", "influencer2", "manager", "coach") if getattr(world, name) == proposal.by
    )
    data = {"title": "Another", "kind": proposal.kind, "text": ""}
    told = client_of(member, world).post(at("barcamp_proposal_edit", world, proposal.pk), data, follow=True)
    assert "still withdrawn" in told.content.decode()


def test_what_a_leaver_offered_ahead_is_off_the_board(world: Any) -> None:
    offer = services.propose(world.barcamp, by=world.influencer, kind="offer", title="Mine", text="")
    services.lead(world.wish, person=world.influencer, leads=True)
    leaving.withdraw_offers(world.influencer, world.program)
    offer.refresh_from_db()
    world.wish.refresh_from_db()
    assert offer.deleted_at is not None
    assert world.wish.leads is None


def test_what_its_owner_took_back_is_not_a_hosts_to_bring_back(world: Any) -> None:
    """Of two at once the first decides."""
    seen_by_host = Proposal.objects.select_related("event__milestone").get(pk=world.proposal.pk)
    services.withdraw(world.proposal, by=world.influencer)
    services.withdraw(seen_by_host, by=world.manager)
    assert not Proposal.objects.get(pk=world.proposal.pk).is_removed
