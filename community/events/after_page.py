"""The pages around who was there: arriving, the wall, and afterwards for who plans it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from community.events import attending, event_page, feedback, moments, wall
from community.events.forms_after import FeedbackForm
from community.events.models import Event, Noting
from community.events.models_after import HIGHEST, LOWEST, Feedback
from core.disclosure import gate
from core.disclosure.gate import People
from core.kit.markdown import render


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
    return {
        "program": program,
        "event": event,
        "when": event_page.when(event),
        "opens_at": moments.attendance_opens(event.milestone),
        "wall": wall.shown(event, now) if is_noted else None,
    }


def said_in(own: Feedback | None) -> dict[str, Any]:
    return {name: getattr(own, name) for name in (*feedback.SCALES, *feedback.TEXTS)} if own else {}


def feedback_of(event: Event, *, own: Feedback | None, form: forms.Form) -> dict[str, Any]:
    return {
        "program": event.milestone.program,
        "event": event,
        "when": event_page.when(event),
        "own": own,
        "form": form,
        "is_asked": feedback.is_open(event),
        "closes_at": feedback.closes_at(event),
        "texts_from": gate.enough(event.milestone.program.group_minimum),
    }


@dataclass(frozen=True)
class Scale:
    """A statement with its mean, as a line of five ticks draws it."""

    words: str
    mean: Decimal

    @property
    def percent(self) -> Decimal:
        return (self.mean - LOWEST) * 100 / (HIGHEST - LOWEST)


@dataclass(frozen=True)
class WhatWasSaid:
    """Of an event, once its feedback is closed."""

    people: People | None
    scales: list[Scale]
    texts: list[tuple[str, list[str]]]


def outcome_of(event: Event) -> WhatWasSaid | None:
    kept = event.outcome
    if kept is None:
        return None
    words = {name: field.label for name, field in FeedbackForm.base_fields.items()}
    return WhatWasSaid(
        People(*kept["people"]) if kept["means"] else None,
        [Scale(str(words[name]), Decimal(kept["means"][name])) for name in feedback.SCALES if kept["means"]],
        [(str(words[name]), kept["texts"][name]) for name in feedback.TEXTS if kept["texts"][name]],
    )


def of(event: Event, *, form: forms.Form) -> dict[str, Any]:
    program = event.milestone.program
    return {
        "program": program,
        "event": event,
        "when": event_page.when(event),
        "form": form,
        "were": attending.were_there(event, program),
        "counts": event_page.counts_of(event, program),
        "outcome": outcome_of(event),
        "closes_at": feedback.closes_at(event),
        "texts_from": gate.enough(program.group_minimum),
        "follow_up": render(str(event.follow_up)),
        "has_begun": moments.begins(event.milestone) <= timezone.now(),
    }
