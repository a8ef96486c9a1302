"""The mix of those who were given a place, kept when what they gave is forgotten: ranges, made once for each call.

A value is named when at least `enough` people stand for it, and nearly all of them is said as all: then nobody who
controls some of the accounts reads the others' answers. Being made once, it moves with nobody who comes or goes.
"""

from collections.abc import Collection
from datetime import date

from core.disclosure import gate
from core.disclosure.gate import People
from programs.casting.mix import DIMENSIONS, Given, mix
from programs.casting.models import Answered, Call, Interest, SeatFate
from programs.membership.models import Program


def keep(calls: Collection[int], today: date) -> None:
    """Before the first of those who were given a place is forgotten."""
    for call in (
        Call.objects.select_for_update(of=("self",)).filter(pk__in=calls, mix_kept_on=None).select_related("program")
    ):
        chosen = Interest.objects.filter(call=call, told=SeatFate.SEAT)
        rows = list(chosen.values_list("site", "department", "experience", "languages"))
        call.mix_of, call.mix_kept_on = len(rows), today
        people = [Given(True, site, dept, exp, tuple(spoken)) for site, dept, exp, spoken in rows]
        call.mix_kept = in_ranges(people, call.program.group_minimum)
        call.save(update_fields=["mix_of", "mix_kept_on", "mix_kept"])


def keep_interest(calls: Collection[int], today: date) -> None:
    """Before the first who showed interest in a call that is over is forgotten: how many did, whatever they were told.
    Who was answered and forgotten while it was open has left a hash behind, which counts."""
    rows = Call.objects.select_for_update(of=("self",)).select_related("program")
    for call in rows.filter(pk__in=calls, interest_kept=[], closes_on__lt=today):
        declared = Interest.objects.declared().filter(call=call).count()
        call.interest_kept = interest_range(declared + Answered.objects.filter(call=call).count(), call.program)
        call.save(update_fields=["interest_kept"])


def interest_range(count: int, program: Program) -> list[int | None]:
    said = gate.guarded(count, k=program.group_minimum)
    return [said.low, said.high]


def interest_of(call: Call) -> People | None:
    """What was kept of it; nothing while those who showed interest are there to be read."""
    return People(*call.interest_kept) if call.interest_kept else None


def in_ranges(people: list[Given], k: int) -> list[list[object]]:
    """Of each dimension the values that enough people stand for, by the alphabet: an order by number would tell more
    than the ranges do."""
    found: list[list[object]] = []
    for dimension, shares in mix(people).items():
        for share in sorted(shares, key=lambda share: share.value):
            said = gate.guarded(share.chosen, k=k, among=len(people))
            if said.low:
                found.append([dimension, share.value, said.low, said.high])
    return found


def read(call: Call) -> list[tuple[str, list[tuple[str, People]]]]:
    """Per dimension what was kept; a dimension in which too few stand for anything has an empty list."""
    return [
        (each, [(value, People(low, high)) for dimension, value, low, high in call.mix_kept if dimension == each])
        for each in DIMENSIONS
    ]
