"""The pages around who was there: arriving, the wall, and afterwards for who plans it."""

from typing import Any

from django import forms
from django.utils import timezone

from community.events import attending, event_page, moments, wall
from community.events.models import Event, Noting


def here(event: Event, *, form: forms.Form) -> dict[str, Any]:
    return {
        "program": event.milestone.program,
        "event": event,
        "when": event_page.when(event),
        "form": form,
        "is_noted": attending.can_be_told(event) and event.noting != Noting.NUMBER,
        "opens_at": moments.attendance_opens(event.milestone),
    }


def on_the_wall(event: Event) -> dict[str, Any]:
    program, now = event.milestone.program, timezone.now()
    is_noted = attending.can_be_told(event) and event.noting != Noting.NUMBER
    were = attending.were_there(event, program).all if is_noted else None
    return {
        "program": program,
        "event": event,
        "when": event_page.when(event),
        "opens_at": moments.attendance_opens(event.milestone),
        "wall": wall.shown(event, now) if is_noted else None,
        "were": were if were is not None and were.low else None,
    }


def of(event: Event, *, form: forms.Form) -> dict[str, Any]:
    program = event.milestone.program
    return {
        "program": program,
        "event": event,
        "when": event_page.when(event),
        "form": form,
        "were": attending.were_there(event, program),
        "counts": event_page.counts_of(event, program),
        "has_begun": moments.begins(event.milestone) <= timezone.now(),
    }
