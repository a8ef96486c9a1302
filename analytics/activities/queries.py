"""What is selected of activities."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import ngettext

from analytics.activities.access import Week, week_of
from analytics.activities.models import Activity
from core.kit.kept import Kept
from programs.membership.access import Ability, can
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def kept(user: "User", program: Program) -> Iterator[Kept]:
    """What a person has logged."""
    logged = Activity.objects.present().filter(user=user, program=program)
    yield Kept(logged, lambda n: ngettext("entry of your log", "entries of your log", n))


def logged_by(program: Any, person: Any) -> QuerySet[Activity]:
    return Activity.objects.present().filter(program=program, user=person)


def my_part(user: "User", program: Program, on: date) -> Week | None:
    """The week of somebody whose start page is about something else."""
    return week_of(user, program, on) if can(user, Ability.TAKE_PART, program) else None
