"""Objectives of a quarter and their key results: added, changed, removed, taken along; and how they stand."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Prefetch

from analytics.scorecard.models_objectives import CheckIn, KeyResult, Objective
from analytics.scorecard.quarters import next_quarter
from analytics.scorecard.verbs import ScorecardVerb
from core.journal import services as journal
from core.journal.changes import changes_of
from programs.membership.models import Program

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.people.models import User

OF_AN_OBJECTIVE = ("text", "quarter", "place")
OF_A_RESULT = ("text", "kpi", "unit", "start", "target", "place")


@transaction.atomic
def add_objective(program: Program, *, by: "User", **values: Any) -> Objective:
    objective = Objective.objects.create(program=program, **values)
    journal.record(ScorecardVerb.OBJECTIVE_ADDED, objective, by=by)
    return objective


@transaction.atomic
def edit_objective(objective: Objective, *, by: "User", **values: Any) -> Objective:
    for name, value in values.items():
        setattr(objective, name, value)
    if changes := changes_of(objective, OF_AN_OBJECTIVE):
        objective.save(update_fields=OF_AN_OBJECTIVE)
        journal.record(ScorecardVerb.OBJECTIVE_EDITED, objective, by=by, changes=changes)
    return objective


@transaction.atomic
def remove_objective(objective: Objective, *, by: "User") -> Objective:
    """With its key results: they come back with it."""
    objective.put_away()
    journal.record(ScorecardVerb.OBJECTIVE_REMOVED, objective, by=by)
    return objective


@transaction.atomic
def restore_objective(objective: Objective, *, by: "User") -> Objective:
    objective.take_back()
    journal.record(ScorecardVerb.OBJECTIVE_RESTORED, objective, by=by)
    return objective


@transaction.atomic
def add_result(objective: Objective, *, by: "User", **values: Any) -> KeyResult:
    result = KeyResult.objects.create(objective=objective, **values)
    journal.record(ScorecardVerb.RESULT_ADDED, result, by=by, program_id=result.objective.program_id)
    return result


@transaction.atomic
def edit_result(result: KeyResult, *, by: "User", **values: Any) -> KeyResult:
    for name, value in values.items():
        setattr(result, name, value)
    if changes := changes_of(result, OF_A_RESULT):
        result.save(update_fields=OF_A_RESULT)
        journal.record(
            ScorecardVerb.RESULT_EDITED, result, by=by, program_id=result.objective.program_id, changes=changes
        )
    return result


@transaction.atomic
def remove_result(result: KeyResult, *, by: "User") -> KeyResult:
    result.put_away()
    journal.record(ScorecardVerb.RESULT_REMOVED, result, by=by, program_id=result.objective.program_id)
    return result


@transaction.atomic
def restore_result(result: KeyResult, *, by: "User") -> KeyResult:
    result.take_back()
    journal.record(ScorecardVerb.RESULT_RESTORED, result, by=by, program_id=result.objective.program_id)
    return result


@transaction.atomic
def check_in(result: KeyResult, *, by: "User", **values: Any) -> CheckIn:
    """Beside what was written before: nothing of that is changed."""
    written = CheckIn.objects.create(result=result, by=by, **values)
    journal.record(ScorecardVerb.CHECKED_IN, result, by=by, program_id=result.objective.program_id)
    return written


@transaction.atomic
def withdraw_check_in(written: CheckIn, *, by: "User") -> CheckIn:
    written.put_away()
    journal.record(
        ScorecardVerb.CHECK_IN_WITHDRAWN, written.result, by=by, program_id=written.result.objective.program_id
    )
    return written


@transaction.atomic
def restore_check_in(written: CheckIn, *, by: "User") -> CheckIn:
    written.take_back()
    journal.record(
        ScorecardVerb.CHECK_IN_RESTORED, written.result, by=by, program_id=written.result.objective.program_id
    )
    return written


@transaction.atomic
def copy_to_next(program: Program, quarter: "date", *, by: "User", told: "Mapping[int, Decimal]") -> list[Objective]:
    """The objectives with their key results. What is told by hand starts where it stands (`told`, by the number of the
    key result), a published figure at the last month before. What is there already by the same words is not doubled."""
    Program.objects.select_for_update().get(pk=program.pk)  # two presses at once make one copy
    to = next_quarter(quarter)
    present = Objective.objects.present().filter(program=program)
    there = set(present.filter(quarter=to).values_list("text", flat=True))
    results = Prefetch("results", KeyResult.objects.present())
    made = []
    for old in present.filter(quarter=quarter).prefetch_related(results):
        if old.text in there:
            continue
        new = Objective.objects.create(program=program, quarter=to, text=old.text, place=old.place)
        KeyResult.objects.bulk_create(_copies(new, old, told))
        journal.record(ScorecardVerb.OBJECTIVE_COPIED, new, by=by)
        made.append(new)
    return made


def _copies(new: Objective, old: Objective, told: "Mapping[int, Decimal]") -> list[KeyResult]:
    found = []
    for each in old.results.all():
        start = None if each.kpi else told.get(each.pk, each.start)
        if start == each.target:  # reached: where it leads to now is for people to say
            start = each.start
        found.append(
            KeyResult(
                objective=new, text=each.text, kpi=each.kpi, unit=each.unit, start=start, target=each.target,
                place=each.place,
            )
        )  # fmt: skip
    return found
