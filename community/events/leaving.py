"""What becomes of answers when somebody leaves, pauses or deletes the account: they go, and nobody is told why."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import ngettext

from community.events.answering import forget_shown, locked, move_up
from community.events.models import Answer, Choice, Event
from programs.membership.models import Program

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from core.people.models import User


def held(user: "User", program: Program) -> Iterator[tuple[int, str]]:
    count = Answer.objects.filter(person=user, event__milestone__program=program).count()
    yield count, ngettext("answer to an invitation", "answers to invitations", count)


@transaction.atomic
def forget_person(user: "User", program: Program) -> None:
    _forget(Answer.objects.filter(person=user, event__milestone__program=program))


@transaction.atomic
def forget_everywhere(user: "User") -> None:
    _forget(Answer.objects.filter(person=user))


def _forget(answers: "QuerySet[Answer]") -> None:
    """Events in their order, so that two who leave at once wait for each other and not for ever."""
    events = Event.objects.filter(pk__in=answers.filter(choice=Choice.YES).values("event")).order_by("pk")
    freed = [locked(event) for event in list(events)]
    programs = set(answers.values_list("event__milestone__program", flat=True))
    answers.delete()
    for event in freed:
        move_up(event)
    for program_id in programs:
        forget_shown(program_id)
