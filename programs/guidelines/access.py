"""Everybody in the program reads the guideline, who leads the program writes it, who takes part agrees to it."""

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from programs.guidelines.models import Guideline, GuidelineCase, GuidelineSection, GuidelineVersion, Question
from programs.membership.access import Ability, can, get_program
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def can_write(user: "User", program: Program) -> bool:
    return can(user, Ability.MANAGE_PROGRAM, program)


def can_accept(user: "User", program: Program) -> bool:
    return can(user, Ability.TAKE_PART, program)


def get_version(user: "User", slug: str, number: int) -> GuidelineVersion:
    """A published version, for everybody in the program."""
    program = get_program(user, slug)
    version = get_object_or_404(GuidelineVersion, program=program, number=number)
    version.program = program
    return version


def get_version_to_accept(user: "User", slug: str, number: int) -> GuidelineVersion:
    program = get_program(user, slug, Ability.TAKE_PART)
    version = get_object_or_404(GuidelineVersion, program=program, number=number)
    version.program = program
    return version


def get_working_copy(user: "User", slug: str) -> Guideline:
    """For who leads the program. Without one there is nothing to work on: 404."""
    program = get_program(user, slug, Ability.MANAGE_PROGRAM)
    rows = Guideline.objects.select_related("owner__user", "approver__user")
    guideline = get_object_or_404(rows, program=program)
    guideline.program = program
    return guideline


def get_section(user: "User", slug: str, question: str) -> GuidelineSection:
    guideline = get_working_copy(user, slug)
    if question not in Question.values:
        raise Http404
    section = get_object_or_404(GuidelineSection, guideline=guideline, question=question)
    section.guideline = guideline
    return section


def get_section_by_key(user: "User", slug: str, pk: int) -> GuidelineSection:
    guideline = get_working_copy(user, slug)
    section = get_object_or_404(GuidelineSection, guideline=guideline, pk=pk)
    section.guideline = guideline
    return section


def get_case(user: "User", slug: str, pk: int, *, deleted: bool = True) -> GuidelineCase:
    """Also a deleted one (undo), except to edit it."""
    guideline = get_working_copy(user, slug)
    rows = GuidelineCase.objects.all() if deleted else GuidelineCase.objects.present()
    case = get_object_or_404(rows.select_related("section"), section__guideline=guideline, pk=pk)
    case.section.guideline = guideline
    return case
