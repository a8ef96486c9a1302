"""What is selected of phases and dates."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

from core.kit.rooms import Hit
from core.kit.templatetags.ui import day as as_day
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Program
from programs.phases.models import Milestone, Phase

if TYPE_CHECKING:
    from core.people.models import User


def find_phases(user: "User", program: Program, words: str, most: int) -> Iterator[Hit]:
    for phase in Phase.objects.filter(title__icontains=words, program=program)[:most]:
        url = reverse("programs:phase_detail", args=[program.slug, phase.pk])
        yield Hit(phase.title, url, phase.get_state_display())


def find_dates(user: "User", program: Program, words: str, most: int) -> Iterator[Hit]:
    """Reviews, milestones and events, the latest first: the next one is asked for more often than the first."""
    found = Milestone.objects.present().filter(title__icontains=words, program=program).order_by("-on", "-pk")[:most]
    may_edit = membership.can(user, Ability.MANAGE_PROGRAM, program)
    timeline = reverse("programs:timeline", args=[program.slug])
    for date in found:
        edit = reverse("programs:milestone_edit", args=[program.slug, date.pk])
        yield Hit(date.title, edit if may_edit else timeline, as_day(date.on))
