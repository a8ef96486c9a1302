"""A sketch is for who wrote it, and for nobody else. The concept is read by everybody in the program and changed by who
leads it."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from programs.guide.models import NeededDocument, Sketch
from programs.guide.models_checks import EarlyCheck
from programs.guide.questions import BY_NAME, Prompt
from programs.membership.access import Ability, can, can_create_program, get_program
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def get_sketch(user: "User") -> Sketch:
    """The person's own, or an empty one that is not kept yet."""
    if not can_create_program(user):
        raise PermissionDenied
    return Sketch.objects.present().filter(person=user).first() or Sketch(person=user)


def get_question(user: "User", name: str) -> tuple[Sketch, Prompt]:
    sketch = get_sketch(user)
    if name not in BY_NAME:
        raise Http404
    return sketch, BY_NAME[name]


def get_own_sketch(user: "User", pk: int) -> Sketch:
    """Also one that was discarded (undo)."""
    get_sketch(user)
    return get_object_or_404(Sketch, person=user, pk=pk)


def can_change_concept(user: "User", program: Program) -> bool:
    return can(user, Ability.MANAGE_PROGRAM, program)


def get_document(user: "User", slug: str, pk: int, *, deleted: bool = False) -> NeededDocument:
    program = get_program(user, slug, Ability.MANAGE_PROGRAM)
    rows = NeededDocument.objects.all() if deleted else NeededDocument.objects.present()
    document = get_object_or_404(rows, program=program, pk=pk)
    document.program = program
    return document


def get_check(user: "User", slug: str, day: int, ability: Ability = Ability.WRITE_REVIEWS) -> EarlyCheck:
    """Who looks at the group's signs writes down what they found; who leads the program moves a check or leaves it
    out."""
    program = get_program(user, slug, ability)
    check = get_object_or_404(EarlyCheck.objects.select_related("by"), program=program, day=day)
    check.program = program
    return check
