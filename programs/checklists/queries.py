"""What is selected of checklist items."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

from core.kit.rooms import Hit
from programs.checklists.models import Item
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def find_items(user: "User", program: Program, words: str, most: int) -> Iterator[Hit]:
    found = Item.objects.present().filter(title__icontains=words, program=program).select_related("phase")
    for item in found[:most]:
        url = reverse("programs:phase_detail", args=[program.slug, item.phase_id])
        yield Hit(item.title, f"{url}#item-{item.pk}", item.phase.title)
