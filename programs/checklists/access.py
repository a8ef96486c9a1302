"""Items and their evidence: who may see and who may work on what, and how far the phases are."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from programs.checklists.models import Batch, Evidence, Item, ItemState
from programs.generations.models import Generation
from programs.membership.access import Ability, abilities_in
from programs.membership.models import Membership, Program
from programs.membership.queries import people_with
from programs.phases.models import Phase

if TYPE_CHECKING:
    from core.people.models import User

MOST_AT_ONCE, MOST_DIGITS = 500, 18  # items in one go; digits of a number that a database takes
SOON = timedelta(days=7)  # what falls due within a week is shown as something to do


def can_work_on(user: "User", program: Program, item: Item) -> bool:
    """Program managers work on every item; everybody else on the team on the items they own."""
    may = abilities_in(user, program)
    is_owner = item.owner is not None and item.owner.user_id == user.pk
    return Ability.MANAGE_PROGRAM in may or (Ability.WORK_ON_CHECKLISTS in may and is_owner)


def items_of(program: Program) -> QuerySet[Item]:
    """Every item, with what a row shows."""
    return Item.objects.present().filter(program=program).select_related("phase", "owner__user", "closed_by")


def with_evidence(items: QuerySet[Item]) -> QuerySet[Item]:
    """Each item with its `proofs`; only for rows of people who may work on them."""
    return items.prefetch_related(Prefetch("evidence", Evidence.objects.present(), to_attr="proofs"))


def get_item(program: Program, pk: int) -> Item:
    return get_object_or_404(items_of(program), pk=pk)


def get_workable_item(user: "User", program: Program, pk: int) -> Item:
    """An item the person may tick: 404 when it is not there, 403 when it is somebody else's."""
    item = get_item(program, pk)
    if not can_work_on(user, program, item):
        raise PermissionDenied
    return item


def get_deleted_item(program: Program, pk: int) -> Item:
    """For undo: also one that was deleted."""
    return get_object_or_404(Item.objects.filter(program=program), pk=pk)


def get_items(program: Program, pks: Iterable[str]) -> list[Item]:
    """Those of the chosen ones that are still there, in the order of the list."""
    known = [int(pk) for pk in pks if pk.isdecimal() and len(pk) < MOST_DIGITS]
    return list(items_of(program).filter(pk__in=known[:MOST_AT_ONCE]))


def get_batch(program: Program, pk: int) -> Batch:
    return get_object_or_404(Batch.objects.filter(program=program), pk=pk)


def evidence_of(item: Item) -> QuerySet[Evidence]:
    return Evidence.objects.present().filter(item=item).select_related("by")


def get_evidence(user: "User", program: Program, pk: int, *, deleted: bool = False) -> Evidence:
    """Evidence is for the people who work on its item: 403 for everybody else in the program."""
    rows = Evidence.objects.filter(item__program=program, item__deleted_at=None)
    rows = rows.select_related("item__owner", "attachment")
    evidence = get_object_or_404(rows if deleted else rows.present(), pk=pk)
    if not can_work_on(user, program, evidence.item):
        raise PermissionDenied
    return evidence


def possible_owners(program: Program, item: Item | None = None) -> QuerySet[Membership]:
    """People who may work on checklists, each once; an owner who has left since stays until somebody follows."""
    once = people_with(Ability.WORK_ON_CHECKLISTS, program).order_by("user_id", "pk").distinct("user_id")
    chosen = Q(pk__in=once.values("pk"))
    if item and item.owner_id:
        chosen |= Q(pk=item.owner_id)
    return Membership.objects.filter(chosen).select_related("user").order_by("user__name", "user__email")


def phases_with_progress(program: Program) -> QuerySet[Phase]:
    """Phases with `done`, `total` (without what does not apply) and `na`, in one query."""
    present = Q(items__deleted_at=None)
    return (
        Phase.objects.filter(program=program)
        .annotate(
            done=Count("items", filter=present & Q(items__state=ItemState.DONE)),
            total=Count("items", filter=present & ~Q(items__state=ItemState.NOT_APPLICABLE)),
            na=Count("items", filter=present & Q(items__state=ItemState.NOT_APPLICABLE)),
        )
        .order_by("position", "pk")  # a grouped query does not keep the model's own order
    )


def get_phase_with_progress(program: Program, pk: int) -> Phase:
    return get_object_or_404(phases_with_progress(program), pk=pk)


def generations_of(program: Program) -> QuerySet[Generation]:
    """For the timeline: when each generation starts, never how many people are in it."""
    return Generation.objects.filter(program=program).order_by("start_on", "number")


def items_due_for(user: "User", program: Program, on: date, limit: int = 5) -> list[Item]:
    """What a person has to do: overdue or due within a week; managers also see what nobody owns yet."""
    may = abilities_in(user, program)
    if Ability.WORK_ON_CHECKLISTS not in may:
        return []
    whose = Q(owner__user=user)
    if Ability.MANAGE_PROGRAM in may:
        whose |= Q(owner=None)
    items = Item.objects.due(until=on + SOON).filter(whose, program=program)
    return list(items.select_related("phase").order_by("due_on", "phase__position", "position")[:limit])
