"""Open items that somebody does, for who hands them over."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.kit.handing_over import Charge, Charges
from programs.checklists import queries, services
from programs.checklists.models import Item
from programs.membership.models import Membership, Program

if TYPE_CHECKING:
    from core.people.models import User


def _of(user: "User", program: Program) -> Iterator[Charge]:
    rows = (
        Item.objects.filter(program=program, owner__user=user).open().order_by("due_on", "phase__position", "position")
    )
    for item in rows:
        url = reverse("programs:phase_detail", args=[program.slug, item.phase_id])
        yield Charge(item.pk, str(item.title), f"{url}#item-{item.pk}")


@transaction.atomic
def _give(program: Program, pk: int, *, whose: int, to: Membership, by: "User") -> bool:
    rows = Item.objects.select_for_update(of=("self",)).filter(program=program, owner__user=whose)
    item = rows.open().filter(pk=pk).first()
    if item is not None:
        services.edit_item(item, owner=to, by=by)
    return item is not None


CHARGES = (Charges("item", _("Open checklist items"), _of, queries.possible_owners, _give),)
