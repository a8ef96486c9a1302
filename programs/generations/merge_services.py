"""Merging a generation into another one: arranged now, in effect from the next Monday, undone until then."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.journal import services as journal
from core.kit import page_cache
from core.kit.rooms import every
from programs.generations import move_services as moves
from programs.generations import news
from programs.generations.access import DAYS_TO_RETURN, OPEN_STATES
from programs.generations.models import Generation, Invitation, Participant, ParticipantState
from programs.generations.models_moves import Move
from programs.generations.move_services import CannotBeMoved
from programs.generations.verbs import GenerationsVerb
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def arrange_merger(generation: Generation, into: Generation, *, by: "User") -> Generation:
    """From the next Monday on everybody of a generation is in another one, and it is closed. Who was to be moved alone
    goes where they were told. Raises CannotBeMoved."""
    Program.objects.select_for_update().get(pk=generation.program_id)  # two that swallow each other
    rows = Generation.objects.present().select_for_update(of=("self",)).select_related("program")
    found = rows.filter(pk=generation.pk, merges_into=None).first()
    into = moves.open_one(into)
    if found is None or found.pk == into.pk or found.program_id != into.program_id:
        raise CannotBeMoved
    if Generation.objects.filter(merges_into=found, merged_at=None).exists():
        raise CannotBeMoved
    if Move.objects.filter(generation=found, done_at=None).exists():  # people who come in on the same Monday
        raise CannotBeMoved
    found.merges_into, found.merges_on = into, moves.next_monday(found.program)
    found.save(update_fields=["merges_into", "merges_on"])
    alone = Move.objects.filter(former=found, done_at=None).values("participant")  # and still so after an undo
    rest = Participant.objects.all().present().filter(generation=found).exclude(pk__in=alone)
    for participant in rest.select_related("program", "user"):
        moves.arrange(participant, into, by=by, is_merger=True)
    journal.record(GenerationsVerb.MERGED, found, by=by)
    page_cache.changed(found.program_id)
    return found


@transaction.atomic
def call_off_merger(generation: Generation, *, by: "User") -> bool:
    """Undo, as long as it has not taken effect. Whether it was in time."""
    rows = Generation.objects.select_for_update(of=("self",)).exclude(merges_into=None)
    found = rows.filter(pk=generation.pk, merged_at=None).first()
    if found is None:
        return False
    found.merges_into = found.merges_on = None
    found.save(update_fields=["merges_into", "merges_on"])
    moves.call_off(Move.objects.filter(former=found, done_at=None, is_merger=True))
    journal.record(GenerationsVerb.UNMERGED, found, by=by)
    page_cache.changed(found.program_id)
    return True


@transaction.atomic
def merge(generation: Generation) -> None:
    """Everybody is moved, open invitations lead to the other one, which has places for all; then it is closed."""
    found = Generation.objects.select_for_update(of=("self",)).get(pk=generation.pk)
    if found.merges_into_id is None or found.merges_on is None or found.merged_at is not None:
        return
    into = Generation.objects.select_for_update(of=("self",)).get(pk=found.merges_into_id)
    for merger in (each for room in every() for each in room.on_merger):
        if merger.does:
            merger.does(found, into)
    arranged = set(Move.objects.filter(former=found, done_at=None).values_list("participant", flat=True))
    may_return = timezone.localdate() - timedelta(days=DAYS_TO_RETURN)
    there = ~Q(state=ParticipantState.LEFT) | Q(left_on__gte=may_return)
    rest = Participant.objects.filter(there, generation=found).exclude(pk__in=arranged)
    for participant in rest.select_related("program", "user"):  # who joined in between, and who left and may come back
        of_merger = {"former": found, "generation": into, "on": found.merges_on, "is_merger": True}
        made = Move.objects.create(participant=participant, **of_merger)
        if participant.state != ParticipantState.LEFT:
            news.tell_moved(made)
    for move in Move.objects.filter(former=found, done_at=None, generation=into):
        moves.take_effect(move)
    Invitation.objects.filter(generation=found, state__in=OPEN_STATES).update(generation=into)
    into.places = max(into.places, places_taken(into))
    into.save(update_fields=["places"])
    found.merged_at = timezone.now()
    found.closed_at = found.closed_at or found.merged_at
    last_day = max(found.start_on, found.merges_on - timedelta(days=1))
    found.end_on = min(found.end_on or last_day, last_day)
    found.save(update_fields=["merged_at", "closed_at", "end_on"])
    page_cache.changed(found.program_id)


def places_taken(*generations: Generation) -> int:
    """Places that people and open invitations of these take together."""
    people = Participant.objects.all().present().filter(generation__in=generations).count()
    return people + Invitation.objects.filter(generation__in=generations, state__in=OPEN_STATES).count()
