"""What a person keeps about the own week, and whether the start page tells of it. The journal says nothing of it."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from analytics.activities.models import HiddenMoment, WeekNote
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def keep_note(program: Program, *, week: date, text: str, by: "User") -> None:
    """One sentence for a week; without words there is none."""
    own = WeekNote.objects.filter(program=program, user=by, week=week)
    if not text:
        own.delete()
    elif not own.update(text=text):
        row = WeekNote(program=program, user=by, week=week, text=text)
        WeekNote.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def hide_moment(program: Program, *, by: "User") -> None:
    HiddenMoment.objects.bulk_create([HiddenMoment(program=program, user=by)], ignore_conflicts=True)


@transaction.atomic
def show_moment(program: Program, *, by: "User") -> None:
    HiddenMoment.objects.filter(program=program, user=by).delete()


@transaction.atomic
def forget_weeks(user: "User", program: Program) -> None:
    WeekNote.objects.filter(user=user, program=program).delete()
    HiddenMoment.objects.filter(user=user, program=program).delete()
