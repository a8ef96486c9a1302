"""What a person sees of the own activities. Nobody else sees any of it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import Http404

from analytics.activities.models import Activity, ActivityTopic
from analytics.imports import access as imports
from analytics.imports.models import ImportRun
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def get_logging(user: "User", slug: str) -> Program:
    return membership.get_program(user, slug, Ability.TAKE_PART)


def get_activity(user: "User", program: Program, pk: int, *, deleted: bool = False) -> Activity:
    """One of the person's own activities; everybody else's does not exist."""
    rows = Activity.objects.filter(user=user, program=program, pk=pk, deleted_at__isnull=not deleted)
    activity = rows.select_related("program").first()
    if activity is None:
        raise Http404
    return activity


def get_archive(user: "User", slug: str, pk: int) -> tuple[Program, ImportRun]:
    """An own archive that was imported; everybody else's does not exist."""
    program = get_logging(user, slug)
    return program, imports.get_own_archive(user, slug, pk)


def get_activities(user: "User", program: Program, keys: Sequence[str], *, deleted: bool = False) -> list[Activity]:
    """The person's own among those that were asked for; what is no number or somebody else's does not count."""
    known = [int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) < 18]
    return list(Activity.objects.filter(user=user, program=program, pk__in=known, deleted_at__isnull=not deleted))


def get_leading(user: "User", slug: str) -> Program:
    """What the group logged, in ranges of people, and the topics to choose from: for who leads the program."""
    return membership.get_program(user, slug, Ability.MANAGE_PROGRAM)


def get_topic(user: "User", slug: str, pk: int, *, is_deleted: bool = False) -> ActivityTopic:
    """To remove it; for undo also one that was removed."""
    program = get_leading(user, slug)
    rows = ActivityTopic.objects.all() if is_deleted else ActivityTopic.objects.present()
    topic = rows.filter(program=program, pk=pk).first()
    if topic is None:
        raise Http404
    return topic
