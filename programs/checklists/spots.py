"""What files and comments of checklist items hang on."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.kit.compiled import Blank, Compiled
from core.kit.rooms import Spot
from programs.checklists import access
from programs.checklists.models import Item
from programs.membership.access import Ability, can, get_program, require
from programs.membership.models import Program
from programs.membership.queries import people_with
from programs.phases.models import Phase

if TYPE_CHECKING:
    from core.people.models import User


SPOT = ("title", "program__slug")
ITEM_OF_SPOT = Compiled(
    lambda: Item.objects.present().filter(pk=Blank("item")).select_related("program").only(*SPOT).order_by()
)
PHASE_OF_SPOT = Compiled(
    lambda: Phase.objects.filter(pk=Blank("phase")).select_related("program").only(*SPOT).order_by()
)


def evidence(user: "User", pk: int) -> Spot:
    """An item's evidence is for the people who work on it; it is added and deleted on the item's own page."""
    found = get_object_or_404(Item.objects.present().select_related("program"), pk=pk)
    item = access.get_workable_item(user, found.program.slug, pk)
    url = reverse("programs:item_detail", args=[item.program.slug, pk])
    return Spot(item.program_id, item.title, url, may_write=False)


def item(user: "User", pk: int) -> Spot:
    """What the team says about an item is for everybody who works on checklists."""
    found = ITEM_OF_SPOT.or_404(item=pk)
    url = reverse("programs:item_detail", args=[found.program.slug, pk])
    return _of_the_team(user, found.program, found.title, url)


def phase(user: "User", pk: int) -> Spot:
    found = PHASE_OF_SPOT.or_404(phase=pk)
    url = reverse("programs:phase_detail", args=[found.program.slug, pk])
    return _of_the_team(user, found.program, found.title, url)


def _of_the_team(user: "User", program: Program, title: str, url: str) -> Spot:
    program = get_program(user, program.slug)
    require(user, Ability.WORK_ON_CHECKLISTS, program)
    return Spot(
        program.pk,
        title,
        url,
        may_write=True,
        reads_comments=True,
        may_moderate=can(user, Ability.MANAGE_PROGRAM, program),
        people=lambda: {row.user_id: row.user for row in people_with(Ability.WORK_ON_CHECKLISTS, program)}.values(),
    )
