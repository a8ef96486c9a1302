"""With which generation somebody counts who was moved.

Weeks that are over stay counted with the former generation. Even afterwards somebody counts with it until so many have
gone the same way that those who are not under one hand are a group of their own, on either side: whoever moves four
accounts and a fifth person together reads of no week what the fifth brought.
"""

from collections import defaultdict
from datetime import date, timedelta

from django.db import transaction

from core.disclosure import gate
from programs.consents.models import Purpose
from programs.consents.queries import people_granting
from programs.generations.models import Span
from programs.generations.models_moves import Move
from programs.generations.move_services import today_of
from programs.membership.models import HISTORY, Program


@transaction.atomic
def let_figures_follow(program: Program) -> int:
    """From this Monday on those count with their new generation who went the same way, are there for a while already,
    and are enough; as many stay behind, or nobody. How many."""
    today = today_of(program)
    monday = today - timedelta(days=today.weekday())
    agreed = people_granting(program, Purpose.GROUP_FIGURES)
    open_ones = Span.objects.select_for_update(of=("self",)).filter(participant__program=program, end_on=None)
    counted: dict[int, set[int]] = defaultdict(set)  # who counts with a generation
    ways: dict[tuple[int, int], list[Span]] = defaultdict(list)
    moves = Move.objects.filter(participant__program=program).exclude(done_at=None).order_by("on")
    since = dict(moves.values_list("participant", "on"))
    for span in open_ones.select_related("participant"):
        person = span.participant
        if person.user_id in agreed:
            counted[span.counts_with_id or person.generation_id].add(person.user_id)
        if span.counts_with_id in (None, person.generation_id) or span.start_on > monday:
            continue
        if person.pk in since and since[person.pk] + HISTORY <= monday:
            ways[span.counts_with_id or 0, person.generation_id].append(span)
    enough, followed = gate.enough(program.group_minimum), 0
    for (former, _now), spans in sorted(ways.items(), key=lambda each: each[0]):
        going = {span.participant.user_id for span in spans} & agreed
        staying = counted[former] - going
        if len(going) >= enough and (not staying or len(staying) >= enough):
            counted[former] = staying
            followed += len(spans)
            for span in spans:
                _follow(span, monday)
    return followed


def _follow(span: Span, monday: date) -> None:
    if span.start_on == monday:
        span.counts_with = None
        span.save(update_fields=["counts_with"])
        return
    span.end_on = monday
    span.save(update_fields=["end_on"])
    Span.objects.create(participant_id=span.participant_id, start_on=monday)
