"""The guidelines, for who maintains them and hands that over."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kit.handing_over import Charge, Charges
from programs.guidelines import services
from programs.guidelines.models import Guideline
from programs.membership import queries as membership
from programs.membership.models import Membership, Program

if TYPE_CHECKING:
    from core.people.models import User


def _of(user: "User", program: Program) -> Iterator[Charge]:
    for guideline in Guideline.objects.filter(program=program, owner__user=user):
        yield Charge(guideline.pk, _("Guidelines"), reverse("programs:guidelines", args=[program.slug]))


@transaction.atomic
def _give(program: Program, pk: int, *, whose: int, to: Membership, by: "User") -> bool:
    rows = Guideline.objects.select_for_update(of=("self",)).filter(program=program, owner__user=whose)
    guideline = rows.filter(pk=pk).first()
    if guideline is not None:
        services.describe(guideline, owner=to, by=by)
    return guideline is not None


CHARGES = (Charges("guidelines", gettext_lazy("Maintenance of the guidelines"), _of, membership.team_of, _give),)
