"""Items and their evidence: who may see and who may work on what."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from core.kit.compiled import Blank, Compiled
from programs.checklists.models import PROGRESS, Batch, Evidence, Item
from programs.checklists.models_asking import ItemScore
from programs.checklists.models_fields import ItemField
from programs.checklists.models_parts import RemovedPhase
from programs.membership.access import Ability, abilities_in, get_program
from programs.membership.models import Program
from programs.phases.models import Phase

if TYPE_CHECKING:
    from core.people.models import User


def can_work_on(user: "User", program: Program, item: Item) -> bool:
    """Program managers work on every item; everybody else on the team on the items they own."""
    return can_work_on_one_of(user, program, item.owner.user_id if item.owner else None)


def can_work_on_one_of(user: "User", program: Program, owner: int | None) -> bool:
    """The same of an item of which no more is known than who owns it."""
    may = abilities_in(user, program)
    return Ability.MANAGE_PROGRAM in may or (Ability.WORK_ON_CHECKLISTS in may and owner == user.pk)


def get_item(user: "User", slug: str, pk: int, ability: Ability = Ability.SEE_PROGRAM) -> Item:
    """Everybody in the program reads its items."""
    program = get_program(user, slug, ability)
    item = ITEM.or_404(program=program.pk, item=pk)
    item.program = program
    return item


ITEM = Compiled(lambda: Item.objects.filter(program=Blank("program"), pk=Blank("item")).rows().order_by())


def get_workable_item(user: "User", slug: str, pk: int) -> Item:
    """An item the person may tick: 404 when it is not there, 403 when it is somebody else's."""
    item = get_item(user, slug, pk, Ability.WORK_ON_CHECKLISTS)
    if not can_work_on(user, item.program, item):
        raise PermissionDenied
    return item


def get_deleted_item(user: "User", slug: str, pk: int) -> Item:
    """For undo: also one that was deleted."""
    program = get_program(user, slug, Ability.MANAGE_PROGRAM)
    return get_object_or_404(Item.objects.filter(program=program), pk=pk)


def get_batch(user: "User", slug: str, pk: int) -> Batch:
    """Program managers take back every change; everybody else on the team their own of items they work on."""
    program = get_program(user, slug, Ability.WORK_ON_CHECKLISTS)
    batch = get_object_or_404(Batch.objects.filter(program=program), pk=pk)
    if Ability.MANAGE_PROGRAM not in abilities_in(user, program):
        items = Item.objects.filter(program=program, pk__in=batch.before).rows()
        is_own = batch.by_id == user.pk and batch.finished_id is None
        if not (is_own and all(can_work_on(user, program, item) for item in items)):
            raise PermissionDenied
    return batch


def get_evidence(user: "User", slug: str, pk: int, *, deleted: bool = False) -> Evidence:
    """Evidence is for the people who work on its item: 403 for everybody else in the program."""
    program = get_program(user, slug, Ability.WORK_ON_CHECKLISTS)
    rows = Evidence.objects.filter(item__program=program, item__deleted_at=None)
    rows = rows.select_related("item__owner", "attachment")
    evidence = get_object_or_404(rows if deleted else rows.present(), pk=pk)
    if not can_work_on(user, program, evidence.item):
        raise PermissionDenied
    return evidence


def get_item_field(user: "User", slug: str, pk: int, *, deleted: bool = False) -> ItemField:
    """A field that the program has added to its items; `deleted`: also one that was deleted (undo)."""
    program = get_program(user, slug, Ability.MANAGE_PROGRAM)
    rows = ItemField.objects.filter(program=program)
    field = get_object_or_404(rows if deleted else rows.present(), pk=pk)
    field.program = program
    return field


def get_score(user: "User", slug: str, pk: int, *, deleted: bool = False) -> ItemScore:
    """Answers are changed by the people who work on the item."""
    program = get_program(user, slug, Ability.WORK_ON_CHECKLISTS)
    rows = ItemScore.objects.filter(item__program=program, item__deleted_at=None).select_related("item__owner")
    score = get_object_or_404(rows if deleted else rows.present(), pk=pk)
    if not can_work_on(user, program, score.item):
        raise PermissionDenied
    return score


def get_phase_with_progress(user: "User", slug: str, pk: int, ability: Ability = Ability.SEE_PROGRAM) -> Phase:
    program = get_program(user, slug, ability)
    phase = PHASE.or_404(program=program.pk, phase=pk)
    phase.program = program
    return phase


def _phase() -> QuerySet[Phase]:
    return Phase.objects.filter(program=Blank("program"), pk=Blank("phase")).annotate(**PROGRESS).order_by()


PHASE = Compiled(_phase)


def get_removed_phase(user: "User", slug: str, pk: int) -> RemovedPhase:
    """For undo, which is harmless twice."""
    program = get_program(user, slug, Ability.MANAGE_PROGRAM)
    return get_object_or_404(RemovedPhase, program=program, pk=pk)


def get_own_field_of_item(user: "User", slug: str, pk: int, key: str) -> tuple[Item, ItemField]:
    """For who works on the item; a field that was removed is none."""
    item = get_workable_item(user, slug, pk)
    return item, get_object_or_404(ItemField.objects.present(), program=item.program, key=key)
