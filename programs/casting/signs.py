"""How many people answered an open call, as a sign of the group."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from core.disclosure import gate
from core.disclosure.gate import People
from core.kit.signs import Sign
from programs.casting.models import Interest
from programs.membership.models import Program
from programs.membership.standing import beginning_of


def interested(program: Program, first: date, end: date) -> People:
    rows = Interest.objects.filter(call__program=program, withdrawn_at=None)
    since, until = beginning_of(program, first), beginning_of(program, end)
    return gate.guarded(rows.filter(declared_at__gte=since, declared_at__lt=until).count(), k=program.group_minimum)


SIGNS = (Sign("casting.interested", _("showed interest in an open call"), interested, 10),)
