"""The demo's World Café: it was six days ago, three tables talked in three rounds, and their notes are there."""

from datetime import time, timedelta

from community.events.kinds import kinds
from community.events.models import Event, EventKind, EventState
from community.world_cafe.models import Cafe, CafeNote, CafeTable
from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo
from influencer.home.demo.rooms.forum import people_by_name
from programs.phases.models import Milestone

DAYS_AGO = 6


def load(demo: Demo) -> None:
    brought = kinds()[EventKind.WORLD_CAFE]
    told, language = texts.read("world_cafe"), texts.company(demo.company)["language"]
    milestone = Milestone.objects.create(
        program=demo.program,
        kind=Milestone.Kind.EVENT,
        title=told["title"],
        on=demo.today - timedelta(days=DAYS_AGO),
        at=time(14),
        until_at=time(16),
    )
    event = Event.objects.create(
        milestone=milestone,
        kind=EventKind.WORLD_CAFE,
        state=EventState.ANNOUNCED,
        told_revision=milestone.revision,
        description=brought.description,
        invitation=brought.invitation,
        running_order=brought.running_order,
        reminder=brought.reminder,
        has_asked=True,
    )
    Cafe.objects.create(event=event, rounds=3, guests=18)
    people = people_by_name(demo.program, demo.company)
    writers = [people["influencer"], people["influencer2"]]
    for number, row in enumerate(told["tables"]):
        host = demo.manager if number == 0 else None
        table = CafeTable.objects.create(event=event, question=row["question"][language], host=host)
        for place, note in enumerate(row["notes"]):
            CafeNote.objects.create(table=table, by=writers[place % 2], text=note[language])
