"""Whom invitations to alumni go to."""

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from programs.alumni.access import may_choose
from programs.consents import access as consents
from programs.consents.models import Purpose
from programs.consents.queries import people_granting
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def people_in_touch(program: Program) -> "QuerySet[User]":
    """Whom invitations go to. No page shows or counts them."""
    chosen = people_granting(program, Purpose.ALUMNI)
    here = get_user_model().objects.filter(is_active=True, erase_at=None)
    return here.filter(pk__in=chosen).order_by("pk")


def programs_of(user: "User") -> list[Program]:
    """Where the person decides on it, by name."""
    return [program for program in consents.programs_remembering(user) if may_choose(user, program)]
