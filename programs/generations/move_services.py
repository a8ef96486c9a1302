"""Moving people to another generation: arranged now, in effect from the next Monday, undone until then.

Weeks that are over stay counted with the former generation; when later ones follow says `regrouping`.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from core.journal import services as journal
from core.kit import page_cache
from programs.generations import news
from programs.generations.models import Generation, Participant, ParticipantState, Span, Step, StepDone, StepText
from programs.generations.models_moves import APART, Move
from programs.generations.verbs import GenerationsVerb
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


class CannotBeMoved(Exception):
    """Closed, the same one, moved lately, or about to be: somebody else was faster than this page."""


def today_of(program: Program) -> date:
    return timezone.localdate(timezone=ZoneInfo(program.time_zone))


def next_monday(program: Program) -> date:
    today = today_of(program)
    return today - timedelta(days=today.weekday() - 7)


def may_move_again(participant: Participant) -> date | None:
    """The first day on which somebody who was moved lately may be moved again; None: at once."""
    last = Move.objects.filter(participant=participant, is_merger=False).exclude(done_at=None).order_by("on").last()
    free = last.on + APART if last else None
    return free if free and free > today_of(participant.program) else None


@transaction.atomic
def arrange_move(participant: Participant, generation: Generation, *, by: "User") -> Move:
    """From the next Monday on this person takes part in another generation, and is told now. Raises CannotBeMoved."""
    Program.objects.select_for_update(no_key=True).get(pk=participant.program_id)  # first, as a merger does
    participant = held(participant)
    generation = open_one(generation)
    is_there = participant.state != ParticipantState.LEFT and participant.program_id == generation.program_id
    if not is_there or participant.generation_id == generation.pk or participant.generation.merges_into_id:
        raise CannotBeMoved
    if Move.objects.filter(participant=participant, done_at=None).exists() or may_move_again(participant):
        raise CannotBeMoved
    move = arrange(participant, generation, by=by)
    journal.record(GenerationsVerb.MOVED, generation, by=by)
    return move


def arrange(participant: Participant, generation: Generation, *, by: "User", is_merger: bool = False) -> Move:
    """The row and the word to the person; what may be arranged is asked before."""
    move = Move.objects.create(
        participant=participant,
        former_id=participant.generation_id,
        generation=generation,
        on=next_monday(generation.program),
        arranged_by=by,
        is_merger=is_merger,
    )
    news.tell_moved(move)
    return move


@transaction.atomic
def call_off_moves(generation: Generation, participants: Iterable[int], *, by: "User") -> int:
    """Undo for people of a generation, as long as nothing has taken effect: as if nothing had been said. How many."""
    rows = Move.objects.select_for_update().filter(former=generation, done_at=None, is_merger=False)
    found = list(rows.filter(participant__in=list(participants)))
    call_off(found)
    for _move in found:
        journal.record(GenerationsVerb.STAYED, generation, by=by)
    return len(found)


def call_off(moves: Iterable[Move]) -> None:
    for move in moves:
        news.called_off(move)
        move.delete()


@transaction.atomic
def take_effect(move: Move) -> None:
    """The person is in the other generation. What they did of the onboarding stays done where that has the same step.
    Who has left since then is moved by a merger only."""
    found = Move.objects.select_for_update(of=("self",)).select_related("generation").filter(pk=move.pk, done_at=None)
    now = found.first()
    if now is None:
        return
    participant = held(now.participant)
    if participant.state == ParticipantState.LEFT and not now.is_merger:
        call_off([now])
        return
    Span.objects.filter(participant=participant, counts_with=None).update(counts_with=participant.generation_id)
    participant.generation = now.generation
    participant.save(update_fields=["generation"])
    _take_steps_along(participant)
    now.done_at = timezone.now()
    now.save(update_fields=["done_at"])
    page_cache.changed(now.generation.program_id)


def _take_steps_along(participant: Participant) -> None:
    """Also what somebody wrote for themselves: it is in the step of the same name, where they look for it."""
    theirs = {step.is_same_as: step for step in Step.objects.present().filter(generation=participant.generation_id)}
    done = StepDone.objects.filter(participant=participant).select_related("step")
    rows = [
        StepDone(step=theirs[each.step.is_same_as], participant=participant, at=each.at)
        for each in done
        if each.step.is_same_as in theirs
    ]
    StepDone.objects.bulk_create(rows, ignore_conflicts=True)
    for text in StepText.objects.filter(participant=participant).select_related("step"):
        step = theirs.get(text.step.is_same_as)
        if step and step.asks_for_a_text and not StepText.objects.filter(participant=participant, step=step).exists():
            StepText.objects.filter(pk=text.pk).update(step=step)


def held(participant: Participant) -> Participant:
    rows = Participant.objects.select_for_update(of=("self",)).select_related("program", "generation", "user")
    return rows.get(pk=participant.pk)


def open_one(generation: Generation) -> Generation:
    """Held, so that nobody closes, merges or deletes it in the meantime. Raises CannotBeMoved."""
    rows = Generation.objects.present().select_for_update(of=("self",)).select_related("program")
    row = rows.filter(pk=generation.pk, closed_at=None, merges_into=None).first()
    if row is None:
        raise CannotBeMoved
    return row
