"""Risks that somebody watches and can hand over, and duties they hold, for who goes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.kit.handing_over import Charge, Charges, Engagements
from programs.charter import line_kinds, services
from programs.charter.models import DutyHolder, Risk
from programs.membership import queries as membership
from programs.membership.models import Membership, Program

if TYPE_CHECKING:
    from core.people.models import User


def _rows(program: Program, whose: int) -> QuerySet[Risk]:
    return Risk.objects.present().filter(program=program, owner__user=whose, is_over=False)


def _of(user: "User", program: Program) -> Iterator[Charge]:
    url = reverse("programs:charter_risks", args=[program.slug])
    for risk in _rows(program, user.pk).order_by("pk"):
        yield Charge(risk.pk, risk.text, url)


@transaction.atomic
def _give(program: Program, pk: int, *, whose: int, to: Membership, by: "User") -> bool:
    risk = _rows(program, whose).select_for_update(of=("self",)).filter(pk=pk).first()
    if risk is not None:
        services.change_row(risk, line_kinds.KINDS["risk"], owner=to, by=by)
    return risk is not None


def _duties_of(user: "User", program: Program) -> Iterator[Charge]:
    url = reverse("programs:charter_duties", args=[program.slug])
    parts = (DutyHolder.Part.RESPONSIBLE, DutyHolder.Part.ACCOUNTABLE)
    held = DutyHolder.objects.filter(duty__program=program, duty__deleted_at=None, member__user=user, until=None)
    for holder in held.filter(part__in=parts, member__ended_at=None).select_related("duty"):
        yield Charge(holder.pk, f"{holder.duty.title} ({holder.get_part_display()})", url)


CHARGES = (Charges("risk", _("Risks"), _of, membership.team_of, _give),)
ENGAGEMENTS = (
    Engagements(
        _("Duties in the team"),
        _("The program management enters who has the duty from then on. What was so until then stays readable."),
        _duties_of,
    ),
)
