"""Phases and dates."""

from datetime import date, timedelta
from typing import Any

from programs.membership.models import Program
from programs.phases.models import Milestone, Phase
from programs.phases.models_baseline import Baseline
from tests.in_words import folded

ORDER = 20


def make_phase(program: Program, position: int = 1, **fields: Any) -> Phase:
    start = date(2026, 1, 5) + timedelta(weeks=8 * (position - 1))
    words = {"title_de": f"Phase {position} auf Deutsch", "title_en": f"Phase {position} in English"}
    dates = {"start_on": start, "end_on": start + timedelta(weeks=8)}
    return Phase.objects.create(program=program, position=position, **folded(words | dates | fields))


def make_milestone(program: Program, **fields: Any) -> Milestone:
    """Tomorrow, on whatever day the tests run."""
    words = {"title_de": "Großes Kick-off", "title_en": "Big kick-off", "on": date.today() + timedelta(days=1)}
    return Milestone.objects.create(program=program, **folded(words | fields))


def furnish(world: Any) -> None:
    world.phase = make_phase(world.program, state="active", started_on=date(2026, 1, 5))
    world.next_phase = make_phase(world.program, 2)
    world.other_phase = make_phase(world.other_program)
    world.baseline = Baseline.objects.create(program=world.program, dates={}, by=world.manager)
    world.milestone = make_milestone(world.program, phase=world.phase, kind="review")
