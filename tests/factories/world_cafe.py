"""World Cafés: in the world the event that was is one, with a table and a note."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from community.events.models import Event, EventKind
from community.events.models_after import Attendance
from community.world_cafe.models import CafeNote, CafeTable
from tests.factories.events import make_event

ORDER = 72


def make_cafe(program: Any, **fields: Any) -> Event:
    """One of today, whose tables take notes."""
    fields = {"kind": EventKind.WORLD_CAFE, "on": timezone.localdate() + timedelta(days=1)} | fields
    return make_event(program, **fields)


def make_table(event: Event, question: str = "What keeps us from posting?", **fields: Any) -> CafeTable:
    return CafeTable.objects.create(event=event, question=question, **fields)


def make_note(table: CafeTable, by: Any, text: str = "Time", **fields: Any) -> CafeNote:
    return CafeNote.objects.create(table=table, by=by, text=text, **fields)


def furnish(world: Any) -> None:
    world.cafe = Attendance.objects.get(person=world.influencer).event
    Event.objects.filter(pk=world.cafe.pk).update(kind=EventKind.WORLD_CAFE)
    world.cafe_table = make_table(world.cafe, host=world.coach)
    world.cafe_note = make_note(world.cafe_table, world.influencer)
