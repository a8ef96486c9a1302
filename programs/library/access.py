"""Who may see and change templates: who leads a program. One that was made in another program is there for those who
lead that one too, also when it is over; everybody else does not find it."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from programs.checklists.models_uses import TemplateUse
from programs.library.models import PlanTemplate, PlanVersion
from programs.library.opened import Opened, programs_led
from programs.library.shipped import shipped
from programs.membership.access import Ability, can, get_program

if TYPE_CHECKING:
    from core.people.models import User


def get_template(user: "User", slug: str, ref: str) -> Opened:
    """By its number, or one of the product by its key."""
    program = get_program(user, slug, Ability.MANAGE_PROGRAM)
    if not ref.isdigit():
        if ref not in shipped():
            raise Http404
        return Opened(program, shipped()[ref])
    return Opened.of(user, program, _row(user, ref))


def get_own_template(user: "User", slug: str, ref: str, *, deleted: bool = False) -> PlanTemplate:
    """One that may be changed: 403 for the product's own and for those of a program that is over."""
    get_program(user, slug, Ability.MANAGE_PROGRAM)
    if not ref.isdigit():
        if ref not in shipped():
            raise Http404
        raise PermissionDenied
    row = _row(user, ref, deleted=deleted)
    if not can(user, Ability.MANAGE_PROGRAM, row.program):
        raise PermissionDenied
    return row


def get_kept_template(user: "User", slug: str, ref: str) -> tuple[Opened, PlanTemplate]:
    """One that has versions: the product's own have a single one."""
    found = get_template(user, slug, ref)
    if found.row is None:
        raise Http404
    return found, found.row


def get_version(user: "User", slug: str, ref: str, number: int) -> PlanVersion:
    row = get_own_template(user, slug, ref)
    return get_object_or_404(PlanVersion, template=row, number=number)


def get_use(user: "User", slug: str, pk: int) -> TemplateUse:
    program = get_program(user, slug, Ability.MANAGE_PROGRAM)
    use = get_object_or_404(TemplateUse, program=program, pk=pk)
    use.program = program
    return use


def _row(user: "User", ref: str, *, deleted: bool = False) -> PlanTemplate:
    rows = PlanTemplate.objects.all() if deleted else PlanTemplate.objects.present()
    number = int(ref[:18])  # what is longer is no number of a row
    return get_object_or_404(rows.select_related("program"), program__in=programs_led(user), pk=number)
