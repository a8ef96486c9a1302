"""Splitting a phase, and removing one with what hangs on it carried over. Nothing of an item is lost by either: its
evidence, its answers and what was said about it go along."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from core.comments import services as comments
from core.journal import services as journal
from core.kit import page_cache
from core.people.models import User as Person
from programs.checklists.models import Item
from programs.checklists.models_parts import RemovedPhase
from programs.membership.models import Program
from programs.phases import services as phases
from programs.phases.models import Milestone, Phase, PhaseChange, PhaseState
from programs.phases.services import PhaseWasRemoved
from programs.phases.verbs import PhasesVerb

if TYPE_CHECKING:
    from core.people.models import User

OPEN = (PhaseState.PLANNED, PhaseState.ACTIVE)
DATES = ("start_on", "end_on", "started_on", "finished_on", "first_start_on", "first_end_on")
KEPT_OF_PHASE = ("position", "key", "state", *DATES)


class CannotSplit(Exception):
    """It is over by now, or the day does not lie within it any more."""


class NowhereToGo(Exception):
    """Something hangs on the phase, and no phase was named that takes it over."""


def may_split(phase: Phase) -> bool:
    return phase.state in OPEN and phase.end_on > phase.start_on


def is_last(phase: Phase) -> bool:
    """Nothing could take over what hangs on it."""
    return not Phase.objects.filter(program=phase.program_id).exclude(pk=phase.pk).exists()


@transaction.atomic
def split_phase(phase: Phase, *, on: date, title: Mapping[str, str], items: Iterable[Item], by: "User") -> Phase:
    """From `on` it is two: the second begins there and ends when the whole did. The chosen items and the dates from
    that day on go to the second; what happened so far stays in the history of the first."""
    phase = _locked(phase)
    if not may_split(phase) or not phase.start_on < on <= phase.end_on:
        raise CannotSplit
    phases.make_room(phase.program_id, phase.position + 1)
    second = Phase.objects.create(
        program_id=phase.program_id,
        position=phase.position + 1,
        title=title,
        aim=phase.aim,
        start_on=on,
        end_on=phase.end_on,
    )
    if phase.first_start_on is None:
        phase.first_start_on, phase.first_end_on = phase.start_on, phase.end_on
    phase.end_on = on - timedelta(days=1)
    phase.save(update_fields=["end_on", "first_start_on", "first_end_on"])
    Item.objects.filter(phase=phase, pk__in=[item.pk for item in items]).update(phase=second)
    _carry_dates(Milestone.objects.filter(phase=phase, on__gte=on), second)
    PhaseChange.objects.create(phase=phase, kind=PhaseChange.Kind.SPLIT, reason=str(second.title), by=by)
    journal.record(PhasesVerb.SPLIT, phase, by=by, on=str(on))
    page_cache.changed(phase.program_id)
    return second


@transaction.atomic
def join_phase(second: Phase, *, by: "User") -> Phase:
    """Undoes a split: the phase before takes back what the second has, and ends when it ended."""
    second = _locked(second)
    first = Phase.objects.filter(program=second.program_id, position__lt=second.position).last()
    if first is None or second.state != PhaseState.PLANNED:
        return second
    remove_phase(second, into=first, by=by)
    first.end_on = max(first.end_on, second.end_on)
    first.save(update_fields=["end_on"])
    PhaseChange.objects.create(phase=first, kind=PhaseChange.Kind.JOINED, by=by)
    return first


@transaction.atomic
def remove_phase(phase: Phase, *, into: Phase | None, by: "User") -> RemovedPhase:
    """Its items (also those that were deleted and may come back) and its dates go over to `into`. With `restore_phase`
    it is there again for 30 days, with its history and with what was carried over and is still where it was put."""
    phase = _locked(phase)
    items = list(Item.objects.filter(phase=phase).order_by("position", "pk"))
    dates = list(Milestone.objects.filter(phase=phase).values_list("pk", flat=True))
    if into is not None:
        into = Phase.objects.filter(program=phase.program_id).exclude(pk=phase.pk).filter(pk=into.pk).first()
    if into is None and (items or dates):
        raise NowhereToGo
    row = RemovedPhase.objects.create(
        program_id=phase.program_id,
        phase_pk=phase.pk,
        content={name: _plain(getattr(phase, name)) for name in KEPT_OF_PHASE}
        | {"title": phase.title.texts, "aim": phase.aim.texts},
        history=_history(phase),
        into=into,
        items=[item.pk for item in items],
        milestones=dates,
        by=by,
    )
    if into is not None:
        last = Item.objects.filter(phase=into).aggregate(last=Max("position"))["last"] or 0
        for place, item in enumerate(items, start=last + 1):
            item.phase, item.position = into, place
        Item.objects.bulk_update(items, ["phase", "position"])
        _carry_dates(Milestone.objects.filter(pk__in=dates), into)
    journal.record(PhasesVerb.REMOVED, phase, by=by)
    place = phase.position
    Phase.objects.filter(pk=phase.pk).delete()
    Phase.objects.filter(program=row.program_id, position__gt=place).update(position=F("position") - 1)
    page_cache.changed(row.program_id)
    return row


@transaction.atomic
def restore_phase(row: RemovedPhase, *, by: "User") -> Phase | None:
    """Twice is once. What somebody has moved on since stays where it is now."""
    Program.objects.select_for_update().get(pk=row.program_id)
    row = RemovedPhase.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.undone_at:
        return Phase.objects.filter(pk=row.phase_pk).first()
    said = row.content
    place = min(said["position"], Phase.objects.filter(program=row.program_id).count() + 1)
    phases.make_room(row.program_id, place)
    fields = {name: parse_date(said[name]) if said[name] else None for name in DATES}
    words = {name: said[name] for name in ("key", "state", "title", "aim")}
    phase = Phase.objects.create(pk=row.phase_pk, program_id=row.program_id, position=place, **words, **fields)
    _restore_history(phase, row.history)
    Item.objects.filter(pk__in=row.items, phase=row.into).update(phase=phase)
    _carry_dates(Milestone.objects.filter(pk__in=row.milestones, phase=row.into), phase)
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])
    journal.record(PhasesVerb.RESTORED, phase, by=by)
    page_cache.changed(row.program_id)
    return phase


def purge_removed(*, before: datetime) -> int:
    """Retention: what is too old to be restored, and what was said about it. Safe to run twice."""
    rows = RemovedPhase.objects.filter(at__lt=before)
    gone = list(rows.filter(undone_at=None).values_list("phase_pk", flat=True))
    return comments.forget("phase", gone) + rows.delete()[0]


def _locked(phase: Phase) -> Phase:
    """As it is now; nobody else changes the order of the program's phases in the meantime."""
    Program.objects.select_for_update().get(pk=phase.program_id)
    found = Phase.objects.select_for_update().filter(pk=phase.pk).first()
    if found is None:
        raise PhaseWasRemoved
    return found


def _carry_dates(rows: Any, phase: Phase) -> None:
    rows.update(phase=phase, revision=F("revision") + 1, changed_at=timezone.now())


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, date) else value


def _history(phase: Phase) -> list[dict[str, Any]]:
    rows = phase.changes.values("kind", "reason", "decision", "by_id", "at")
    return [row | {"at": row["at"].isoformat()} for row in rows]


def _restore_history(phase: Phase, rows: list[dict[str, Any]]) -> None:
    known = set(Person.objects.filter(pk__in=[row["by_id"] for row in rows]).values_list("pk", flat=True))
    for row in reversed(rows):
        by_id = row["by_id"] if row["by_id"] in known else None
        made = PhaseChange.objects.create(
            phase=phase, kind=row["kind"], reason=row["reason"], decision=row["decision"], by_id=by_id
        )
        PhaseChange.objects.filter(pk=made.pk).update(at=parse_datetime(row["at"]))
