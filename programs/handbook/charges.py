"""Pages that somebody looks after, for who hands them over."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.kit.handing_over import Charge, Charges
from programs.handbook import services
from programs.handbook.models import HandbookPage
from programs.membership.access import Ability
from programs.membership.models import Membership, Program
from programs.membership.queries import people_with

if TYPE_CHECKING:
    from core.people.models import User


def _of(user: "User", program: Program) -> Iterator[Charge]:
    rows = HandbookPage.objects.present().filter(program=program, owner__user=user)
    for page in rows.only("title").order_by("pk"):
        yield Charge(page.pk, str(page.title), reverse("programs:handbook_page", args=[program.slug, page.pk]))


def _takers(program: Program) -> QuerySet[Membership]:
    return people_with(Ability.WRITE_HANDBOOK, program).order_by("user__name", "user__email", "pk")


@transaction.atomic
def _give(program: Program, pk: int, *, whose: int, to: Membership, by: "User") -> bool:
    rows = HandbookPage.objects.present().select_related("program", "parent")
    page = rows.filter(program=program, owner__user=whose, pk=pk).first()
    if page is not None:
        services.arrange_page(page, parent=page.parent, owner=to, by=by)
    return page is not None


CHARGES = (Charges("page", _("Handbook pages"), _of, _takers, _give),)
