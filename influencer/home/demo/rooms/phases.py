"""The demo's plan was frozen at its start; the rollout has moved a little since."""

from datetime import timedelta

from influencer.home.demo.people import instant
from influencer.home.demo.rooms import Demo
from programs.phases import baseline
from programs.phases.models import Phase, PhaseState
from programs.phases.models_baseline import Baseline

SLIPS = {PhaseState.FINISHED: 0, PhaseState.ACTIVE: -18, PhaseState.PLANNED: -11}  # days against the plan of now


def load(demo: Demo) -> None:
    row = baseline.freeze(demo.program, by=demo.manager)
    if row is None:
        return
    for phase in Phase.objects.filter(program=demo.program):
        start, end = phase.start_on, phase.end_on + timedelta(days=SLIPS.get(PhaseState(phase.state), 0))
        if phase.state == PhaseState.PLANNED:
            start += timedelta(days=SLIPS[PhaseState.PLANNED])
        row.dates[str(phase.pk)] = [str(start), str(end)]
    row.save(update_fields=["dates"])
    Baseline.objects.filter(pk=row.pk).update(frozen_at=instant(demo.program.start_on))
