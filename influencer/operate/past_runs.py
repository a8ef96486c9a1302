"""What became of a job in its last periods, in words."""

from dataclasses import dataclass
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.kit.rooms import Every
from core.kit.templatetags.ui import number
from core.schedule.models import JobRun
from influencer.operate.state import STEP

SHOWN = 30


@dataclass(frozen=True)
class PastRun:
    """A period of a job. How long it took is in steps of five seconds, as on the page of health."""

    run: JobRun
    outcome: str
    is_well: bool
    took: str


def past_runs(line: Every) -> list[PastRun]:
    """The newest first. One query."""
    return [_past_run(run) for run in JobRun.objects.filter(name=line.task.name).order_by("-period")[:SHOWN]]


def _past_run(run: JobRun) -> PastRun:
    is_through = run.ended_at is not None and run.ended_at >= run.sent_at
    if not is_through:
        outcome = _("on its way")
    elif run.failure:
        outcome = _("failed (%(kind)s)") % {"kind": run.failure}
    else:
        outcome = _("done")
    if run.attempts > 1:
        tries = ngettext("%(n)s attempt", "%(n)s attempts", run.attempts) % {"n": number(run.attempts)}
        outcome = f"{outcome}, {tries}"
    took = ""
    if is_through and run.took is not None:
        took = _("up to %(seconds)s s") % {"seconds": number(max(1, ceil(run.took / STEP)) * STEP)}
    return PastRun(run, outcome, not run.failure, took)
