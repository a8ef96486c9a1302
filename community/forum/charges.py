"""Weeks in which somebody looks after the forum, and series in their name, for who goes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.forum import rota
from community.forum.models_rituals import Ritual
from community.forum.models_rota import Duty
from core.kit.handing_over import Charge, Charges, Engagements
from core.kit.templatetags.ui import day
from programs.membership.access import Ability
from programs.membership.models import Membership, Program
from programs.membership.queries import people_with

if TYPE_CHECKING:
    from core.people.models import User


def _weeks(program: Program, whose: int) -> QuerySet[Duty]:
    return Duty.objects.filter(program=program, person=whose, week__gte=rota.this_week(program))


def _weeks_of(user: "User", program: Program) -> Iterator[Charge]:
    url = reverse("community:rota", args=[program.slug])
    for duty in _weeks(program, user.pk).order_by("week"):
        yield Charge(duty.pk, _("Week of %(day)s") % {"day": day(duty.week, "long")}, url)


def _hosts(program: Program) -> QuerySet[Membership]:
    return people_with(Ability.HOST_FORUM, program)


@transaction.atomic
def _give(program: Program, pk: int, *, whose: int, to: Membership, by: "User") -> bool:
    duty = _weeks(program, whose).filter(pk=pk).first()
    if duty is None:
        return False
    try:
        rota.plan(program, week=duty.week, person=to.user, was=whose, by=by)
    except rota.TakenMeanwhile:
        return False
    return True


def _series_of(user: "User", program: Program) -> Iterator[Charge]:
    for ritual in Ritual.objects.running().filter(program=program, host=user):
        yield Charge(ritual.pk, ritual.name, reverse("community:ritual", args=[program.slug, ritual.pk]))


CHARGES = (Charges("week", gettext_lazy("Weeks of hosting the forum"), _weeks_of, _hosts, _give),)
ENGAGEMENTS = (
    Engagements(
        gettext_lazy("Series of topics in your name"),
        gettext_lazy("They stop when you no longer host. They continue once another host approves them."),
        _series_of,
    ),
)
