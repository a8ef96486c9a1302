"""What becomes of answers and of the own record when somebody leaves, pauses or deletes the account: nobody hears why.
Answers go at once, since they hold places; in a pause at the end of its first day, so that who goes on the same day has
lost nothing. The record of where one was rests, shown to nobody, until the time to think
again is over; through a pause it stays with the person, without the name for others."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, OuterRef, Subquery
from django.utils.translation import ngettext

from community.events.answering import forget_shown, locked, move_up
from community.events.models import Answer, Choice, Event
from community.events.models_after import Attendance, Feedback
from core.kit.kept import Kept
from programs.generations.models import Participant
from programs.membership.models import Program

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from core.people.models import User


def kept(user: "User", program: Program) -> Iterator[Kept]:
    of_person = {"person": user, "event__milestone__program": program}
    answers, attended = Answer.objects.filter(**of_person), Attendance.objects.filter(**of_person)
    yield Kept(answers, lambda n: ngettext("answer to an invitation", "answers to invitations", n), ends_at_once=True)
    yield Kept(attended, lambda n: ngettext("event you attended", "events you attended", n))
    feedback = Feedback.objects.filter(**of_person)
    yield Kept(feedback, lambda n: ngettext("feedback after an event", "feedback after events", n), ends_at_once=True)


@transaction.atomic
def forget_person(user: "User", program: Program) -> None:
    _forget(Answer.objects.filter(person=user, event__milestone__program=program))


@transaction.atomic
def forget_everywhere(user: "User") -> None:
    _forget(Answer.objects.filter(person=user))
    Attendance.objects.filter(person=user).delete()
    Feedback.objects.filter(person=user).delete()


@transaction.atomic
def pause(user: "User", program: Program) -> None:
    Attendance.objects.filter(person=user, event__milestone__program=program).update(is_named=False)


def of_resting() -> "QuerySet[Answer]":
    """Answers from before a pause whose first day is over. What somebody answers while pausing stands."""
    resting = Participant.objects.resting().filter(
        user=OuterRef("person"), program=OuterRef("event__milestone__program")
    )
    began = resting.annotate(began=Max("spans__end_on")).values("began")[:1]
    return Answer.objects.filter(since__date__lte=Subquery(began)).exclude(choice=Choice.NO)


@transaction.atomic
def rest(person_id: int) -> None:
    _forget(of_resting().filter(person=person_id))


@transaction.atomic
def withdraw(user: "User", program: Program) -> None:
    forget_person(user, program)
    Feedback.objects.filter(person=user, event__milestone__program=program).delete()


@transaction.atomic
def forget_all(user: "User", program: Program) -> None:
    withdraw(user, program)
    Attendance.objects.filter(person=user, event__milestone__program=program).delete()


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
