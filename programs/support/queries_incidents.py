"""What is selected of incidents: always for one person who is in it."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.kit.rooms import ChapterTable
from programs.membership.models import Program
from programs.support.models_incidents import Incident, Lesson

if TYPE_CHECKING:
    from core.people.models import User

MOST_LESSONS = 20


def incidents_of(person: "User", program: Program) -> QuerySet[Incident]:
    """Those this person is in, the open ones first."""
    mine = Incident.objects.filter(program=program, people__person=person).select_related("reporter")
    return mine.order_by("-closed_at", "-opened_at")


def lessons_of(program: Program) -> QuerySet[Lesson]:
    return Lesson.objects.filter(program=program)[:MOST_LESSONS]


def lessons_chapter(program: Program) -> ChapterTable:
    """For the handbook."""
    rows = [(date_format(each.month, "YEAR_MONTH_FORMAT"), each.text) for each in lessons_of(program)]
    return ChapterTable((_("Month"), _("Lesson")), rows)
