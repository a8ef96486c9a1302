"""Freezing the plan, and how far the plan of now is away from it."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.journal import services as journal
from core.kit import page_cache
from programs.membership.models import Program
from programs.phases.models import Phase
from programs.phases.models_baseline import Baseline
from programs.phases.verbs import PhasesVerb

if TYPE_CHECKING:
    from core.people.models import User


@dataclass(frozen=True)
class Slip:
    """A phase against the baseline, in days; positive is later."""

    start_on: date
    end_on: date
    start: int
    end: int

    @property
    def words(self) -> str:
        if self.start == self.end:
            return _("as frozen") if not self.end else later(self.end)
        starts = _("start as frozen") if not self.start else _("starts %(days)s") % {"days": later(self.start)}
        ends = _("end as frozen") if not self.end else _("ends %(days)s") % {"days": later(self.end)}
        return f"{starts}, {ends}"


def later(days: int) -> str:
    if days > 0:
        return ngettext("%(days)s day later", "%(days)s days later", days) % {"days": days}
    return ngettext("%(days)s day earlier", "%(days)s days earlier", -days) % {"days": -days}


def slip(phase: Phase, baseline: Baseline | None) -> Slip | None:
    """Nothing for a phase that was not there yet."""
    then = baseline.dates.get(str(phase.pk)) if baseline else None
    start, end = (parse_date(day) for day in then) if then else (None, None)
    if start is None or end is None:
        return None
    return Slip(start, end, (phase.start_on - start).days, (phase.end_on - end).days)


def baselines_of(program: Program) -> list[Baseline]:
    """The latest first; kept until one is frozen, deleted or restored."""
    rows = Baseline.objects.present().filter(program=program).select_related("by")
    return page_cache.taken(f"program:{program.pk}", "baselines", lambda: list(rows))


def shown(baselines: list[Baseline], asked: str) -> Baseline | None:
    """The one that the address names, else the latest."""
    return next((row for row in baselines if str(row.pk) == asked), baselines[0] if baselines else None)


@transaction.atomic
def freeze(program: Program, *, by: "User") -> Baseline | None:
    """The dates of all phases as they are now. Nothing is kept where the latest baseline says the same, or without a
    phase."""
    Program.objects.select_for_update().get(pk=program.pk)
    dates = {str(row.pk): [str(row.start_on), str(row.end_on)] for row in Phase.objects.filter(program=program)}
    latest = Baseline.objects.present().filter(program=program).first()
    if not dates or (latest and latest.dates == dates):
        return None
    made = Baseline.objects.create(program=program, dates=dates, by=by)
    journal.record(PhasesVerb.FROZEN, made, by=by)
    page_cache.changed(program.pk)
    return made


@transaction.atomic
def delete_baseline(row: Baseline, *, by: "User") -> None:
    """Gone at once, back with `restore_baseline` within 30 days. The one before counts again."""
    if row.deleted_at is None:
        row.put_away()
        page_cache.changed(row.program_id)
        journal.record(PhasesVerb.UNFROZEN, row, by=by)


@transaction.atomic
def restore_baseline(row: Baseline, *, by: "User") -> None:
    if row.deleted_at is not None:
        row.take_back()
        page_cache.changed(row.program_id)
        journal.record(PhasesVerb.FROZEN, row, by=by)
