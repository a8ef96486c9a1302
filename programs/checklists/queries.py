"""What is selected of checklist items."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from core.kit import page_cache
from core.kit.compiled import Blank, Compiled, OneOf
from core.kit.rooms import Act, Hit
from programs.checklists.models import PROGRESS, Evidence, Item
from programs.generations.models import Generation
from programs.membership import access as membership
from programs.membership.access import Ability, abilities_in
from programs.membership.models import Membership, Program
from programs.membership.queries import people_with
from programs.phases.models import Phase, PhaseState

if TYPE_CHECKING:
    from core.people.models import User

MOST_AT_ONCE, MOST_DIGITS = 500, 18  # items in one go; digits of a number that a database takes
MOST_REQUIRED = 50
SOON = timedelta(days=7)  # what falls due within a week is shown as something to do

NEW, FINISH = gettext_lazy("New item in {phase}"), gettext_lazy("Finish the phase {phase}")


def find_items(user: "User", program: Program, words: str, most: int) -> Iterator[Hit]:
    found = Item.objects.present().filter(title__icontains=words, program=program).select_related("phase")
    for item in found[:most]:
        url = reverse("programs:phase_detail", args=[program.slug, item.phase_id])
        yield Hit(item.title, f"{url}#item-{item.pk}", item.phase.title)


def acts(user: "User", program: Program) -> Iterator[Act]:
    """For each phase that is running: a new item, and its end."""
    if not membership.can(user, Ability.MANAGE_PROGRAM, program):
        return
    for phase in Phase.objects.active().filter(program=program):
        place = [program.slug, phase.pk]
        new, finish = reverse("programs:item_new", args=place), reverse("programs:phase_finish", args=place)
        yield Act(format_lazy(NEW, phase=phase.title), new, 22, gettext_lazy("add task checklist"), "plus")
        synonyms = gettext_lazy("close complete gate")
        yield Act(format_lazy(FINISH, phase=phase.title), finish, 23, synonyms, "flag", only_when_asked=True)


def items_of(program: Program) -> QuerySet[Item]:
    """Every item, with what a row shows."""
    return Item.objects.filter(program=program).rows()


def with_evidence(items: QuerySet[Item]) -> QuerySet[Item]:
    """Each item with its `proofs`; only for rows of people who may work on them."""
    return items.prefetch_related(Prefetch("evidence", Evidence.objects.present(), to_attr="proofs"))


def chosen_items(program: Program, pks: Iterable[str]) -> list[Item]:
    """Those of the chosen ones that are still there, in the order of the list."""
    known = [int(pk) for pk in pks if pk.isdecimal() and len(pk) < MOST_DIGITS]
    return list(items_of(program).filter(pk__in=known[:MOST_AT_ONCE]))


def items_of_phases(program: Program, phases: Iterable[Phase], *, proofs: bool) -> list[Item]:
    """The same of phases that are known. `proofs`: each with its evidence."""
    known = {phase.pk: phase for phase in phases}
    items = OF_PHASES.rows(program=program.pk, phases=list(known))
    found: dict[int, list[Evidence]] = {}
    if proofs:
        for each in PROOFS.rows(items=[item.pk for item in items]):
            found.setdefault(each.item_id, []).append(each)
    for item in items:
        item.phase = known[item.phase_id]
        if proofs:
            item.proofs = found.get(item.pk, [])  # type: ignore[attr-defined]
    return items


def _of_phases() -> QuerySet[Item]:
    items = Item.objects.filter(OneOf("phase_id", "phases"), program=Blank("program")).present()
    return items.select_related("owner__user", "closed_by")


OF_PHASES = Compiled(_of_phases)
PROOFS = Compiled(lambda: Evidence.objects.present().filter(OneOf("item_id", "items")))


def evidence_of(item: Item) -> list[Evidence]:
    return EVIDENCE.rows(item=item.pk)


EVIDENCE = Compiled(lambda: Evidence.objects.present().filter(item=Blank("item")).select_related("by"))


def possible_owners(program: Program | Blank, item: Item | None = None) -> QuerySet[Membership]:
    """People who may work on checklists, each once; an owner who has left since stays until somebody follows."""
    once = people_with(Ability.WORK_ON_CHECKLISTS, program).order_by("user_id", "pk").distinct("user_id")
    chosen = Q(pk__in=once.values("pk"))
    if item and item.owner_id:
        chosen |= Q(pk=item.owner_id)
    return Membership.objects.filter(chosen).select_related("user").order_by("user__name", "user__email")


#: The same without an item, as lists and boards ask for it.
OWNERS = Compiled(lambda: possible_owners(Blank("program")))


def required_and_open(program: Program, most: int) -> list[Item]:
    """What must be done in the phases that are running, the most urgent first."""
    return REQUIRED.rows(program=program.pk)[:most]


def _required() -> QuerySet[Item]:
    rows = Item.objects.filter(program=Blank("program"), is_must=True, phase__state=PhaseState.ACTIVE).open()
    return rows.order_by(F("due_on").asc(nulls_last=True), "phase__position", "position", "pk")[:MOST_REQUIRED]


REQUIRED = Compiled(_required)


def is_orphan(program: Any) -> Q:
    """Nobody does it who is still in the team: it has no owner, or one whose role has ended."""
    return Q(owner=None) | ~Q(owner__user__in=people_with(Ability.WORK_ON_CHECKLISTS, program).values("user_id"))


def left_behind(program: Program) -> int:
    """How many open items belong to people who are no longer in the team."""
    rows = Item.objects.filter(program=program).open().filter(is_orphan(program)).exclude(owner=None)
    return page_cache.taken(f"program:{program.pk}", "left_behind", rows.count)


def phases_with_progress(program: Program) -> list[Phase]:
    """Phases with `done`, `total` (without what does not apply) and `na`, in one query."""
    return WITH_PROGRESS.rows(program=program.pk)


def _with_progress() -> QuerySet[Phase]:
    phases = Phase.objects.filter(program=Blank("program")).annotate(**PROGRESS)
    return phases.order_by("position", "pk")  # a grouped query does not keep the model's own order


WITH_PROGRESS = Compiled(_with_progress)


def generations_of(program: Program) -> list[Generation]:
    """For the timeline, kept until something of the program changes: when each generation starts, never how many people
    are in it."""
    rows = Generation.objects.present().filter(program=program).order_by("start_on", "number")
    return page_cache.taken(f"program:{program.pk}", "generations", lambda: list(rows))


def items_due_for(user: "User", program: Program, on: date, limit: int = 5) -> list[Item]:
    """What a person has to do: overdue or due within a week; managers also see what nobody does who is still here."""
    may = abilities_in(user, program)
    if Ability.WORK_ON_CHECKLISTS not in may:
        return []
    question = _due(Ability.MANAGE_PROGRAM in may, limit)
    return question.rows(person=user.pk, program=program.pk, until=on + SOON)


@cache
def _due(is_manager: bool, limit: int) -> Compiled[Item]:
    def build() -> QuerySet[Item]:
        whose = Q(owner__user=Blank("person"))
        if is_manager:
            whose |= is_orphan(Blank("program"))
        items = Item.objects.open().filter(whose, due_on__lte=Blank("until"), program=Blank("program"))
        return items.select_related("phase").order_by("due_on", "phase__position", "position")[:limit]

    return Compiled(build)
