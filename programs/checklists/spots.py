"""What files and comments of checklist items hang on."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.kit.rooms import Spot
from programs.checklists import access
from programs.checklists.models import Item
from programs.membership.access import Ability, get_program, require

if TYPE_CHECKING:
    from core.people.models import User


def evidence(user: "User", pk: int) -> Spot:
    """An item's evidence is for the people who work on it; it is added and deleted on the item's own page."""
    found = get_object_or_404(Item.objects.present().select_related("program"), pk=pk)
    program = get_program(user, found.program.slug)
    require(user, Ability.WORK_ON_CHECKLISTS, program)
    item = access.get_workable_item(user, program, pk)
    url = reverse("programs:item_detail", args=[program.slug, pk])
    return Spot(program.pk, item.title, url, may_write=False)
