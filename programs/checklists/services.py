"""What changes about checklists. Ticking twice is harmless: two people may click at the same moment."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone

from core.attachments import services as attachments
from core.attachments.inspection import Inspected
from core.comments import services as comments
from core.journal import services as journal
from core.journal.changes import changes_of
from core.kit import page_cache
from programs.checklists.models import AskEvery, Evidence, Item, ItemState
from programs.checklists.models_uses import TemplateUse
from programs.checklists.verbs import ChecklistsVerb
from programs.membership import services as membership
from programs.membership.models import Membership, Program
from programs.phases import services as phases
from programs.phases.models import Phase
from programs.phases.template import Template, seven_phases, seven_phases_file

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def create_program_from_template(*, by: "User", template: Template | None = None, **fields: Any) -> Program:
    """A program with its own copy of the seven phases, or of what was made of them for it, their marks and
    checklists, all dated."""
    program = membership.create_program(by=by, **fields)
    template = template or seven_phases()
    shipped = seven_phases_file()
    if template.key == shipped["key"]:
        TemplateUse.objects.create(program=program, key=template.key, version=template.version, content=shipped)
    copies = phases.copy_phases(program, template, by=by)
    Item.objects.bulk_create(
        Item(
            program=program,
            phase=phase,
            position=position,
            key=item.key,
            title=item.title,
            hint=item.hint,
            is_must=item.is_must,
            ask_every=item.ask_every,
            due_on=row.due_on(item, program.start_on),
        )
        for phase, row in zip(copies, template.phases, strict=True)
        for position, item in enumerate(row.items, start=1)
    )
    return program


@transaction.atomic
def edit_phase(phase: Phase, *, start_on: date, by: "User", move_along: bool = False, **changes: Any) -> int:
    """New words or dates for a phase. With `move_along` its open items and its coming dates move by as many days as
    its start; what is done stays where it is. Returns how many moved."""
    before = Phase.objects.select_for_update().get(pk=phase.pk)  # two managers must not move everything twice
    days = (start_on - before.start_on).days
    phase = phases.edit_phase(phase, start_on=start_on, by=by, **changes)
    if not days or not move_along:
        return 0
    moved = _move(phase, Item.objects.open().filter(due_on__isnull=False), days, by)
    return moved + phases.move_coming_milestones(phase, days, by=by)


def move_items_back(phase: Phase, days: int, *, items: Mapping[str, Sequence[int]], by: "User") -> int:
    """Undo of the former: `items` are by the day that it gave them; what has another day since, or is done, stays."""
    still = Q(pk__in=())
    for day, pks in items.items():
        still |= Q(pk__in=pks, due_on=day)
    return _move(phase, Item.objects.open().filter(still), -days, by)


def _move(phase: Phase, items: QuerySet[Item], days: int, by: "User") -> int:
    moved = items.filter(phase=phase).update(due_on=F("due_on") + timedelta(days=days))
    if moved:
        journal.record(ChecklistsVerb.ITEMS_MOVED, phase, by=by, days=days, count=moved)
        page_cache.changed(phase.program_id)
    return moved


def tick_item(item: Item, *, by: "User") -> Item:
    """Open becomes done. What is done stays as it was: the first who ticked it did it."""
    return _turn(item, ItemState.DONE, ChecklistsVerb.ITEM_TICKED, by=by, only_from=ItemState.OPEN)


def reopen_item(item: Item, *, by: "User") -> Item:
    """Done or not applicable becomes open again."""
    return _turn(item, ItemState.OPEN, ChecklistsVerb.ITEM_REOPENED, by=by)


def mark_not_applicable(item: Item, *, reason: str, by: "User") -> Item:
    """The item does not apply to this program, and why."""
    return _turn(item, ItemState.NOT_APPLICABLE, ChecklistsVerb.ITEM_NOT_APPLICABLE, by=by, reason=reason)


@transaction.atomic
def _turn(
    item: Item, state: ItemState, verb: ChecklistsVerb, *, by: "User", reason: str | None = None, only_from: str = ""
) -> Item:
    item = Item.objects.select_for_update(of=("self",)).select_related("phase", "owner__user").get(pk=item.pk)
    is_same = item.state == state and reason in (None, item.reason)
    if is_same or (only_from and item.state != only_from):
        return item
    item.state = state
    item.closed_at, item.closed_by = (None, None) if state == ItemState.OPEN else (timezone.now(), by)
    if reason is not None:
        item.reason = reason
    item.save(update_fields=["state", "reason", "closed_at", "closed_by"])
    journal.record(verb, item, by=by)
    page_cache.changed(item.program_id)
    return item


@transaction.atomic
def add_item(
    phase: Phase,
    *,
    by: "User",
    title: Mapping[str, str],
    hint: Mapping[str, str] | None = None,
    owner: Membership | None = None,
    due_on: date | None = None,
    ask_every: int = AskEvery.NEVER,
) -> Item:
    """The program's own item, at the end of the list. Raises PhaseWasRemoved."""
    phases.require_phase(phase.pk)
    last = Item.objects.filter(phase=phase).aggregate(last=Max("position"))["last"] or 0
    item = Item.objects.create(
        program_id=phase.program_id,
        phase=phase,
        position=last + 1,
        title=title,
        hint=hint or {},
        owner=owner,
        due_on=due_on,
        ask_every=ask_every,
    )
    journal.record(ChecklistsVerb.ITEM_ADDED, item, by=by)
    page_cache.changed(item.program_id)
    return item


@transaction.atomic
def edit_item(item: Item, *, by: "User", **changes: Any) -> Item:
    """New words, another owner, another day; the journal notes what it was and what it became."""
    for name, value in changes.items():
        setattr(item, name, value)
    if changed := changes_of(item, changes):
        item.save(update_fields=[*changes])
        journal.record(ChecklistsVerb.ITEM_CHANGED, item, by=by, changes=changed)
        page_cache.changed(item.program_id)
    return item


@transaction.atomic
def delete_item(item: Item, *, by: "User") -> Item:
    """Gone at once, back with `restore_item` within 30 days."""
    item.put_away()
    journal.record(ChecklistsVerb.ITEM_DELETED, item, by=by)
    page_cache.changed(item.program_id)
    return item


@transaction.atomic
def restore_item(item: Item, *, by: "User") -> Item:
    item.take_back()
    journal.record(ChecklistsVerb.ITEM_RESTORED, item, by=by)
    page_cache.changed(item.program_id)
    return item


@transaction.atomic
def add_evidence(
    item: Item,
    *,
    by: "User",
    note: str = "",
    link: str = "",
    thing: tuple[str, str] | None = None,
    file: Inspected | None = None,
) -> list[Evidence]:
    """A note, a link, a file, something to point at (with its title), or several of them. Raises ValidationError
    when there is no room left for the file."""
    added = []
    if note:
        added.append(Evidence.objects.create(item=item, kind=Evidence.Kind.NOTE, text=note, by=by))
    if link:
        added.append(Evidence.objects.create(item=item, kind=Evidence.Kind.LINK, text=link, by=by))
    if thing:
        what, called = thing
        added.append(Evidence.objects.create(item=item, kind=Evidence.Kind.THING, thing=what, text=called, by=by))
    if file:
        kept = attachments.attach(file, kind="evidence", target_id=item.pk, program_id=item.program_id, by=by)
        added.append(
            Evidence.objects.create(item=item, kind=Evidence.Kind.FILE, text=kept.name, attachment=kept, by=by)
        )
    for evidence in added:
        journal.record(ChecklistsVerb.EVIDENCE_ADDED, evidence, by=by, program_id=item.program_id, kind=evidence.kind)
    return added


@transaction.atomic
def delete_evidence(evidence: Evidence, *, by: "User") -> Evidence:
    evidence.put_away()
    return _turned(evidence, ChecklistsVerb.EVIDENCE_DELETED, by)


@transaction.atomic
def restore_evidence(evidence: Evidence, *, by: "User") -> Evidence:
    evidence.take_back()
    return _turned(evidence, ChecklistsVerb.EVIDENCE_RESTORED, by)


def _turned(evidence: Evidence, verb: ChecklistsVerb, by: "User") -> Evidence:
    if evidence.attachment:
        attachments.follow(evidence.attachment, deleted_at=evidence.deleted_at)
    journal.record(verb, evidence, by=by, program_id=evidence.item.program_id)
    return evidence


def forget_on_items(items: Sequence[int]) -> int:
    """The items go for good: what was said about them does too, and the files of their evidence."""
    return comments.forget("item", items) + attachments.forget("evidence", items)


def forget_files(evidence: Sequence[int]) -> int:
    """The evidence goes for good, and with it the files it is."""
    files = Evidence.objects.filter(pk__in=evidence).exclude(attachment=None)
    return attachments.purge(list(files.values_list("attachment_id", flat=True)))
