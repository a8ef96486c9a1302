"""The demo's barcamp: a day with three rooms, proposals, votes that nobody sees yet, and the first sessions placed."""

from datetime import time, timedelta
from typing import Any

from community.barcamp.models import (
    Barcamp,
    CampRoom,
    CampSession,
    CampSlot,
    Offering,
    Proposal,
    ProposalVote,
)
from community.events.kinds import kinds
from community.events.models import Event, EventKind, EventState
from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo
from influencer.home.demo.rooms.forum import people_by_name
from programs.membership.access import Ability
from programs.membership.models import Role
from programs.membership.queries import people_with
from programs.phases.models import Milestone

DAYS_AHEAD, FRIDAY = 21, 4


def load(demo: Demo) -> None:
    brought = kinds()[EventKind.BARCAMP]
    plan, language = texts.read("barcamp"), texts.company(demo.company)["language"]

    def said(row: dict[str, Any], key: str) -> str:
        return str(row.get(key, {}).get(language, ""))

    on = demo.today + timedelta(days=DAYS_AHEAD)
    milestone = Milestone.objects.create(
        program=demo.program,
        kind=Milestone.Kind.EVENT,
        title=plan["title"],
        on=on + timedelta(days=(FRIDAY - on.weekday()) % 7),
        at=time(9, 30),
        until_at=time(14, 30),
        place=plan["place"][language],
    )
    event = Event.objects.create(
        milestone=milestone,
        kind=EventKind.BARCAMP,
        state=EventState.ANNOUNCED,
        told_revision=milestone.revision,
        description=brought.description,
        invitation=brought.invitation,
        tasks=brought.tasks,
        running_order=brought.running_order,
        reminder=brought.reminder,
        after_tasks=brought.after_tasks,
        capacity=brought.places,
    )
    people = people_by_name(demo.program, demo.company)
    takes_part = people_with(Ability.JOIN_EVENTS, demo.program).filter(role=Role.INFLUENCER).order_by("pk")
    others = [row.user for row in takes_part if row.user != people["influencer"]]
    Barcamp.objects.create(event=event, changed_at=milestone.changed_at)
    rooms = [
        CampRoom.objects.create(event=event, name=said(row, "name"), note=said(row, "note")) for row in plan["rooms"]
    ]
    slots = [
        CampSlot.objects.create(
            event=event,
            starts=time.fromisoformat(row["from"]),
            ends=time.fromisoformat(row["to"]),
            title=said(row, "title"),
        )
        for row in plan["slots"]
    ]
    for number, row in enumerate(plan["proposals"]):
        by = people["influencer"] if number == 0 else others[number % len(others)]
        is_wish = row.get("wish", False)
        kind = Offering.WISH if is_wish else Offering.OFFER
        proposal = Proposal.objects.create(
            event=event,
            kind=kind,
            title=said(row, "title"),
            text=said(row, "text"),
            by=by,
            leads=None if is_wish else by,
        )
        if where := row.get("at"):
            CampSession.objects.create(proposal=proposal, room=rooms[where[0]], slot=slots[where[1]])
        voters = [person for place, person in enumerate(others) if (place * 7 + number) % 3 and person != by]
        ProposalVote.objects.bulk_create(ProposalVote(proposal=proposal, person=person) for person in voters)
