"""Seats follow who is invited: of who no longer is, the answer goes and the next one in line moves up; who joins later
is invited as everybody was."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet

from community.events import moments, news
from community.events.answering import can_answer, forget_shown, locked, move_up
from community.events.invited import invited
from community.events.models import Answer, Choice, Event, EventState
from core.news.models import Notification
from programs.generations.models import Participant
from programs.generations.models_moves import Move
from programs.membership.models import Membership

if TYPE_CHECKING:
    from core.people.models import User

NEW = timedelta(days=1)  # shorter than news are kept: nobody is invited twice


def lost(event: Event, now: datetime) -> QuerySet[Answer]:
    """Answers of who is not invited any more. A role that was taken away can come back for a while."""
    rows = Answer.objects.filter(event=event).exclude(person__in=invited(event).values("pk"))
    just_ended = Membership.objects.filter(program=event.milestone.program_id, ended_at__gt=now - moments.TIME_TO_UNDO)
    return rows.exclude(person__in=just_ended.values("user"))


@transaction.atomic
def give_back(event: Event, now: datetime) -> None:
    """Nobody is told: that a role or a place in a generation ended was said elsewhere."""
    if not can_answer(event) or not lost(event, now).exists():
        return
    event = locked(event)
    gone = list(lost(event, now))
    Answer.objects.filter(pk__in=[each.pk for each in gone]).delete()
    if any(each.choice == Choice.YES for each in gone):
        move_up(event)
    forget_shown(event.milestone.program_id)


@transaction.atomic
def invite_late(events: Sequence[Event], now: datetime) -> None:
    """Who came to the program or the generation within the last day, once; of several dates of a series together."""
    events = [event for event in events if can_answer(event)]
    if not events:
        return
    program = events[0].milestone.program_id
    came = Membership.objects.active().filter(program=program, since__gt=now - NEW).values_list("user", flat=True)
    placed = Participant.objects.present().filter(program=program, joined_on__gte=(now - NEW).date())
    moved = Move.objects.filter(participant__program=program, done_at__gt=now - NEW)
    new = {*came, *placed.values_list("user", flat=True), *moved.values_list("participant__user", flat=True)}
    if not new:
        return
    keys = [str(event.pk) for event in events]
    told = Notification.objects.filter(kind__in=news.ASKING, about__in=keys, person__in=new).values("person")
    answered = Answer.objects.filter(event__in=events, person__in=new).values("person")
    news.tell_invited(events, but=~Q(pk__in=new) | Q(pk__in=told) | Q(pk__in=answered))


def people_of(events: Sequence[Event]) -> dict[int, set[int]]:
    """Who is invited to each of what is announced, to compare with afterwards."""
    announced = [event for event in events if event.state == EventState.ANNOUNCED]
    return {event.pk: set(invited(event).values_list("pk", flat=True)) for event in announced}


def invite_others(events: Sequence[Event], before: Mapping[int, set[int]], *, by: "User") -> None:
    """Another generation is invited to what was announced: those who were not before are told."""
    open_ones = [event for event in events if event.pk in before and can_answer(event)]
    were = set().union(*(before[event.pk] for event in open_ones)) if open_ones else set()
    news.tell_invited(open_ones, but=Q(pk=by.pk) | Q(pk__in=were))
