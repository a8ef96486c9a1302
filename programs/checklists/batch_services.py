"""Several items changed in one go, and taken back in one go."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from core.journal import services as journal
from core.journal.changes import changes_of
from core.kit import page_cache
from programs.checklists.filling import OWN, put, swapped, told_of
from programs.checklists.models import Batch, Item, ItemState
from programs.checklists.own_fields import fields_of
from programs.checklists.verbs import ChecklistsVerb
from programs.membership.models import Program
from programs.phases.models import Phase
from programs.phases.services import require_phase

if TYPE_CHECKING:
    from core.people.models import User

KEPT_FIELDS = ("phase_id", "position", "owner_id", "due_on", "state", "reason", "closed_at", "closed_by_id")
TOLD_FIELDS = ("phase_id", "owner_id", "due_on")  # what the log says of them; the state is what its verbs say
VERBS = {
    ItemState.OPEN: ChecklistsVerb.ITEM_REOPENED,
    ItemState.DONE: ChecklistsVerb.ITEM_TICKED,
    ItemState.NOT_APPLICABLE: ChecklistsVerb.ITEM_NOT_APPLICABLE,
}


@transaction.atomic
def change_items(program: Program, items: Iterable[Item], *, by: "User", **changes: Any) -> Batch:
    """The same owner, due day, phase or state for all of them; what already is so stays untouched. A state says who
    closed the item and when; `reason` belongs to what does not apply."""
    return change_each(program, ((item, changes) for item in items), by=by)


@transaction.atomic
def change_each(program: Program, wanted: Iterable[tuple[Item, dict[str, Any]]], *, by: "User", **only: Any) -> Batch:
    """For each item its own changes, where it still is as `only` says. Returns what was before. Raises
    PhaseWasRemoved."""
    chosen = {item.pk: changes for item, changes in wanted}
    for pk in sorted({pk for changes in chosen.values() if (pk := _goes_to(changes))}):
        require_phase(pk)
    there = Item.objects.present().filter(program=program, pk__in=chosen, **only)
    rows = there.select_for_update(of=("self",)).order_by("pk")
    before: dict[str, dict[str, list[Any]]] = {}
    for item in rows:
        was = {name: getattr(item, name) for name in KEPT_FIELDS}
        _apply(item, chosen[item.pk], by)
        changed = {name: [_plain(was[name]), _plain(getattr(item, name))] for name in KEPT_FIELDS}
        changed = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
        if not changed:
            continue
        told = changes_of(item, [name for name in changed if name in TOLD_FIELDS])
        item.save(update_fields=[*changed])
        before[str(item.pk)] = changed
        if "state" in changed:
            journal.record(VERBS[ItemState(item.state)], item, by=by, changes=told)
        else:
            journal.record(ChecklistsVerb.ITEM_CHANGED, item, by=by, changes=told)
    page_cache.changed(program.pk)
    return Batch.objects.create(program=program, by=by, before=before)


def _goes_to(changes: dict[str, Any]) -> int | None:
    phase: Phase | None = changes.get("phase")
    return phase.pk if phase else changes.get("phase_id")


def _apply(item: Item, changes: dict[str, Any], by: "User") -> None:
    state = changes.get("state", item.state)
    if state != item.state:
        item.closed_at, item.closed_by = (None, None) if state == ItemState.OPEN else (timezone.now(), by)
    for name, value in changes.items():
        setattr(item, name, value)


@transaction.atomic
def undo_batch(batch: Batch, *, by: "User") -> int:
    """Each field goes back to what it was, unless somebody changed it since. Returns how many items it touched."""
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.undone_at:
        return 0
    rows = Item.objects.present().select_for_update(of=("self",)).filter(program=batch.program_id, pk__in=batch.before)
    there = set(Phase.objects.filter(program=batch.program_id).values_list("pk", flat=True))
    fields, touched = fields_of(batch.program), 0
    for item in rows.order_by("pk"):
        pairs = batch.before[str(item.pk)]
        own = {name: pair for name, pair in pairs.items() if name.startswith(OWN)}
        values = {name.removeprefix(OWN): was for name, (was, now) in own.items() if _own(item, name) == now}
        rest = {name: pair for name, pair in pairs.items() if name not in own}
        back = {name: was for name, (was, now) in rest.items() if _plain(getattr(item, name)) == now}
        if back.get("phase_id", item.phase_id) not in there:  # removed since: the item stays where it was carried
            back = {name: was for name, was in back.items() if name not in ("phase_id", "position")}
        for name, value in back.items():
            setattr(item, name, _typed(name, value))
        said = changes_of(item, [name for name in back if name in TOLD_FIELDS])
        if values:
            words = told_of(item, fields)
            put(item, values)
            said |= swapped(words, told_of(item, fields))
        if back or values:
            item.save(update_fields=[*back, *(["values"] if values else [])])
            verb = VERBS[ItemState(item.state)] if "state" in back else ChecklistsVerb.ITEM_CHANGED
            journal.record(verb, item, by=by, changes=said)
            touched += 1
    batch.undone_at = timezone.now()
    batch.save(update_fields=["undone_at"])
    journal.record(ChecklistsVerb.BATCH_UNDONE, batch.program, by=by, count=touched)
    page_cache.changed(batch.program_id)
    return touched


def purge_batches(*, before: datetime) -> int:
    """Retention: what is too old to be taken back. Safe to run twice."""
    return Batch.objects.filter(at__lt=before).delete()[0]


def _own(item: Item, name: str) -> Any:
    return item.values.get(name.removeprefix(OWN))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _typed(name: str, value: Any) -> Any:
    if value and name == "due_on":
        return parse_date(value)
    if value and name == "closed_at":
        return parse_datetime(value)
    return value
