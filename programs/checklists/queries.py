"""What is selected of checklist items."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from core.kit.rooms import Act, Hit
from programs.checklists.models import Item
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Program
from programs.phases.models import Phase

if TYPE_CHECKING:
    from core.people.models import User

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
