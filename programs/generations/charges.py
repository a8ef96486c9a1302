"""Generations whose contact person somebody is, for who hands that over."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.kit.handing_over import Charge, Charges
from programs.generations import services
from programs.generations.models import Generation
from programs.membership.access import Ability
from programs.membership.models import Membership, Program
from programs.membership.queries import people_with

if TYPE_CHECKING:
    from core.people.models import User


def _of(user: "User", program: Program) -> Iterator[Charge]:
    url = reverse("programs:contacts", args=[program.slug])
    for generation in Generation.objects.present().filter(program=program, contact__user=user, closed_at=None):
        yield Charge(generation.pk, generation.name, url)


def _takers(program: Program) -> QuerySet[Membership]:
    return people_with(Ability.WORK_ON_CHECKLISTS, program).order_by("user__name", "user__email", "pk")


@transaction.atomic
def _give(program: Program, pk: int, *, whose: int, to: Membership, by: "User") -> bool:
    rows = Generation.objects.select_for_update(of=("self",)).filter(program=program, closed_at=None)
    generation = rows.filter(contact__user=whose, pk=pk).first()
    if generation is not None:
        generation.contact = to
        services.change_generation(generation, by=by)
    return generation is not None


CHARGES = (Charges("generation", _("Contact of a generation"), _of, _takers, _give),)
