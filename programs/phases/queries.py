"""What is selected of phases and dates."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse

from core.kit.compiled import Blank, Compiled
from core.kit.date_pages import pages_of_dates
from core.kit.rooms import Hit
from core.kit.templatetags.ui import day as as_day
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Program
from programs.phases.models import Milestone, Phase, PhaseChange

if TYPE_CHECKING:
    from core.people.models import User


def phases_of(program: Program | Blank) -> QuerySet[Phase]:
    return Phase.objects.filter(program=program)


PHASES = Compiled(lambda: phases_of(Blank("program")))


def changes_of(phase: Phase) -> list[PhaseChange]:
    """What happened to a phase, the latest first."""
    return CHANGES.rows(phase=phase.pk)


CHANGES = Compiled(lambda: PhaseChange.objects.filter(phase=Blank("phase")).select_related("by"))


def milestones_of(program: Program | Blank) -> QuerySet[Milestone]:
    return Milestone.objects.present().filter(program=program)


MILESTONES = Compiled(lambda: milestones_of(Blank("program")))
OF_PHASE = Compiled(lambda: milestones_of(Blank("program")).filter(phase=Blank("phase")))


def next_dates(program: Program | Blank, on: date | Blank, limit: int = 4) -> QuerySet[Milestone]:
    """The next reviews, milestones and events, today's included."""
    return Milestone.objects.upcoming(on=on).filter(program=program)[:limit]


NEXT = Compiled(lambda: next_dates(Blank("program"), Blank("today")))


def find_phases(user: "User", program: Program, words: str, most: int) -> Iterator[Hit]:
    for phase in Phase.objects.filter(title__icontains=words, program=program)[:most]:
        url = reverse("programs:phase_detail", args=[program.slug, phase.pk])
        yield Hit(phase.title, url, phase.get_state_display())


def find_dates(user: "User", program: Program, words: str, most: int) -> Iterator[Hit]:
    """Reviews, milestones and events, the latest first: the next one is asked for more often than the first. An event
    leads to its own page."""
    rows = Milestone.objects.present().filter(title__icontains=words, program=program).order_by("-on", "-pk")
    found = list(rows[:most])
    pages = pages_of_dates(program, [each.pk for each in found], reader=user)
    may_edit = membership.can(user, Ability.MANAGE_PROGRAM, program)
    timeline = reverse("programs:timeline", args=[program.slug])
    for each in found:
        edit = reverse("programs:milestone_edit", args=[program.slug, each.pk])
        yield Hit(each.title, pages.get(each.pk) or (edit if may_edit else timeline), as_day(each.on))


def with_day(milestone: Milestone) -> str:
    """A date as somebody chooses it from a list."""
    return f"{as_day(milestone.on, 'long')}: {milestone.title}"
