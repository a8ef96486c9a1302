"""A program's phases as a template: their words and their weeks, its own fields and what was chosen in them. No owner,
no state, no reason, no evidence, nothing of what people wrote about them, no day."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.text import slugify

from core.kit.words import written
from programs.checklists import own_fields
from programs.checklists.models import Item
from programs.checklists.models_fields import ItemField
from programs.library import shape
from programs.library.shape import Content
from programs.membership.models import Program
from programs.phases.models import Milestone, Phase

WEEK = 7


def content_of(phases: Sequence[Phase]) -> list[Content]:
    """As far as they lie apart now, whole weeks; the earliest begins the template."""
    first = min((phase.start_on for phase in phases), default=date.min)
    keys: set[str] = set()
    own = {
        row["key"] for phase in phases[:1] for row in fields_of(phase.program) if row["kind"] == ItemField.Kind.CHOICE
    }
    return [_phase(phase, first, keys, own) for phase in phases]


def fields_of(program: Program) -> list[Content]:
    """The program's own fields of its items."""
    return [
        {
            "key": field.key,
            "name": written(field.title),
            "kind": field.kind,
            "choices": field.choices,
            "column": field.is_column,
        }
        for field in own_fields.fields_of(program)
    ]


def suggestion(phases: Iterable[Phase], asked: str | None) -> dict[str, Any]:
    """What the form begins with: the phase from whose page one came."""
    phase = next((phase for phase in phases if str(phase.pk) == asked), None)
    return {"phases": [phase.pk], "name": phase.title.texts} if phase else {}


def _phase(phase: Phase, first: date, keys: set[str], own: set[str]) -> Content:
    days = (phase.end_on - phase.start_on).days + 1
    offset = round((phase.start_on - first).days / WEEK)
    taken, marked = set[str](), set[str]()
    items = Item.objects.present().filter(phase=phase)[: shape.MOST_ITEMS]
    marks = Milestone.objects.present().filter(phase=phase, on__gte=first)[: shape.MOST_MARKS]
    return {
        "key": _key(phase.key, phase.title.texts, keys),
        "name": written(phase.title),
        "aim": written(phase.aim),
        "offset_weeks": min(offset, shape.MOST_WEEKS),
        "weeks": min(max(-(-days // WEEK), 1), shape.MOST_WEEKS),
        "marks": [
            {
                "key": _key("", mark.title.texts, marked),
                "kind": mark.kind,
                "name": written(mark.title),
                "offset_weeks": min((mark.on - first).days // WEEK, shape.MOST_WEEKS),
            }
            for mark in marks
        ],
        "items": [
            {
                "key": _key(item.key, item.title.texts, taken),
                "title": written(item.title),
                "hint": written(item.hint),
                "must": item.is_must,
                "due_week": _week(item.due_on, phase.start_on),
                "ask_every": item.ask_every,
                "values": {key: value for key, value in item.values.items() if key in own},
            }
            for item in items
        ],
    }


def _key(key: str, texts: dict[str, str], taken: set[str]) -> str:
    english = texts.get("en") or next(iter(texts.values()), "")
    return shape.free_key(key or slugify(english) or "part", taken)


def _week(due_on: date | None, start: date) -> int | None:
    if due_on is None:
        return None
    return min(max((due_on - start) // timedelta(weeks=1) + 1, 1), shape.MOST_WEEKS)
