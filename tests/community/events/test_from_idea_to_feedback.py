"""A workshop from the idea to the feedback, and a barcamp day, page by page as people go through them."""

import re
from datetime import timedelta
from typing import Any

import time_machine
from django.urls import reverse
from django.utils import timezone

from community.barcamp.models import CampRoom, CampSession, CampSlot, Proposal
from community.events import jobs, moments, wall
from community.events.models import Event
from community.events.models_after import Attendance
from tests.community.events.test_planning import NEW, words
from tests.factories.barcamp import make_barcamp


def test_a_workshop_from_idea_to_feedback(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    manager.post(NEW, words(capacity="1", noting="code"))
    event = Event.objects.get(milestone__title__icontains="Profile workshop")

    def url(name: str) -> str:
        return reverse(f"community:{name}", args=[world.program.slug, event.pk])

    assert sign_in(world.influencer).get(url("event_detail")).status_code == 404, "an idea is the planners' own"
    manager.post(url("event_announce"))
    assert "Profile workshop" in sign_in(world.influencer).get("/notifications/").content.decode()

    # One place: the first has it, the second waits, and moves up when the first cannot come.
    sign_in(world.influencer).post(url("event_answer"), {"choice": "yes"})
    page = sign_in(world.influencer2).post(url("event_answer"), {"choice": "yes"}, follow=True).content.decode()
    assert "You are on the waiting list" in page
    sign_in(world.influencer).post(url("event_answer"), {"choice": "no"})
    page = sign_in(world.influencer2).get("/notifications/").content.decode()
    assert re.search("place.*Profile workshop|Profile workshop.*place", page)

    begins = moments.begins(event.milestone)
    with time_machine.travel(begins - timedelta(minutes=5), tick=False):
        there = sign_in(world.influencer2)
        code = wall.code_at(event.pk, timezone.now())
        assert f"{code[:3]} {code[3:]}" in sign_in(world.manager).get(url("event_wall")).content.decode()
        page = there.post(url("event_here"), {"code": code}, follow=True).content.decode()
        assert "You were there" in page
    with time_machine.travel(begins + timedelta(hours=4), tick=False):
        host = sign_in(world.manager)
        said = {"recording": "https://video.example/1", "follow_up_en": "The **checklist** of profiles"}
        host.post(url("event_follow_up"), said)
        there = sign_in(world.influencer2)
        page = there.get(url("event_detail")).content.decode()
        assert "<strong>checklist</strong>" in page
        assert "Say it in 20 seconds" in page
        there.post(url("event_feedback"), {"worth": "5", "pace": "4", "next_step": "4", "helped": "The round of three"})
        assert "The round of three" not in host.get(url("event_after")).content.decode()
    with time_machine.travel(begins + timedelta(days=8), tick=False):
        jobs.sweep()
        after = sign_in(world.manager).get(url("event_after")).content.decode()
        assert "The round of three" not in after, "one alone is nobody's sum"
        assert "Profile workshop" in sign_in(world.influencer2).get("/p/nordlichter/events/attended/").content.decode()
    assert Attendance.objects.get(event=event).person == world.influencer2


def test_a_barcamp_day(world: Any, sign_in: Any) -> None:
    event = make_barcamp(world.program, on=timezone.localdate() + timedelta(days=1))

    def url(name: str, *more: int) -> str:
        return reverse(f"community:{name}", args=[world.program.slug, event.pk, *more])

    host, one, other = sign_in(world.manager), sign_in(world.influencer), sign_in(world.influencer2)
    for name in ("Canteen", "Library"):
        host.post(url("barcamp_room_new"), {"room-name": name})
    host.post(url("barcamp_slot_new"), {"slot-starts": "10:00", "slot-ends": "10:45"})
    one.post(url("barcamp_proposal_new"), {"title": "Photos with the phone", "kind": "offer", "text": ""})
    other.post(url("barcamp_proposal_new"), {"title": "When the boss reads along", "kind": "wish", "text": ""})
    offer, wish = (Proposal.objects.get(event=event, kind=kind) for kind in ("offer", "wish"))
    other.post(url("barcamp_vote", offer.pk), {"wants": "on"})
    one.post(url("barcamp_lead", wish.pk))
    assert "Photos with the phone" in other.get(url("barcamp")).content.decode()

    rooms, slot = CampRoom.objects.filter(event=event), CampSlot.objects.get(event=event)
    for room, proposal in zip(rooms, (offer, wish), strict=True):
        cell = url("barcamp_cell", room.pk, slot.pk)
        seen = host.get(cell).context["form"]["seen"].value()
        page = host.post(cell, {"proposal": str(proposal.pk), "seen": seen}, follow=True).content.decode()
    assert CampSession.objects.filter(room__event=event).count() == 2
    assert "leads two sessions at" in page, "who took the wish on leads its offer at that time"
    plan = other.get(url("barcamp_live")).content.decode()
    assert "Canteen" in plan
    assert "When the boss reads along" in plan

    with time_machine.travel(moments.begins(event.milestone) + timedelta(hours=1), tick=False):
        there = sign_in(world.influencer2)
        there.post(url("event_attended"), {"was_there": "on"})
        assert Attendance.objects.filter(event=event, person=world.influencer2).exists()
        assert "Photos with the phone" in sign_in(world.manager).get(url("barcamp_file")).content.decode()
