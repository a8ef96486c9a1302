"""How many people said yes to an event, as a sign of the group."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from community.events.models import Answer, Choice
from core.disclosure import gate
from core.disclosure.gate import People
from core.kit.signs import Sign
from programs.membership.models import Program
from programs.membership.queries import long_in
from programs.membership.standing import beginning_of


def said_yes(program: Program, first: date, end: date) -> People:
    since, until = beginning_of(program, first), beginning_of(program, end)
    circle = long_in(program, until)
    answers = Answer.objects.filter(event__milestone__program=program, choice=Choice.YES, person__in=circle)
    count = answers.filter(since__gte=since, since__lt=until).values("person").distinct().count()
    return gate.guarded(count, among=len(circle), k=program.group_minimum)


SIGNS = (Sign("events.said_yes", _("said yes to an event"), said_yes, 20),)
