"""How many took part is what it was when the week was over, whoever is forgotten later."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from analytics.kpis import jobs
from analytics.kpis.models import Cell
from programs.generations.jobs import PARTICIPATION_KEPT, retention
from programs.generations.models import Participant, ParticipantState, Span
from tests.factories import kpis as make

TODAY = date(2026, 11, 23)
WEEKS = make.mondays(TODAY, 12)


@pytest.fixture
def calm(world: Any) -> Any:
    world.program.participants.all().delete()
    return world


def told(world: Any) -> dict[tuple[str, date, int | None], int]:
    rows = Cell.objects.filter(program=world.program, kpi="members_active", state="shown")
    return {(row.period, row.start_on, row.generation_id): int(row.value) for row in rows}


def test_who_left_and_was_forgotten_stays_in_the_weeks_that_were_told(calm: Any) -> None:
    generation = make.make_generation(calm.program, 7, WEEKS[0])
    users = [make.make_person(calm.program, generation, f"P {n}", joined_on=WEEKS[0]) for n in range(12)]
    jobs.publish(calm.program, TODAY)
    before = told(calm)
    assert {before["week", WEEKS[-1], None], before["week", WEEKS[3], generation.pk]} == {12}
    gone = Participant.objects.filter(user__in=users[:3])
    Span.objects.filter(participant__in=gone).update(end_on=TODAY)
    gone.update(state=ParticipantState.LEFT, left_on=TODAY)
    later = TODAY + PARTICIPATION_KEPT + timedelta(days=8)
    with time_machine.travel(later, tick=False):
        retention()
    assert not gone.exists()
    jobs.publish(calm.program, later)
    after = told(calm)
    assert {place: after[place] for place in before if place in after} == {
        place: count for place, count in before.items() if place in after
    }
    assert after["week", WEEKS[-1], None] == 12, "as it was told"
    assert after["week", max(start for period, start, _ in after if period == "week"), None] == 9
