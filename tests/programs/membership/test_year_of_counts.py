"""A year of counts that pass the gate, beside a manager who controls four accounts.

Every count of what people agreed to or refused (consents, guidelines, newsletter readers, no to an event) goes through
`steadily`. She lets her accounts agree and withdraw as she likes before each week's count, and holds for possible all
that fits what she has read in all weeks. She knows a step when everything possible says that somebody made one.
It is a measure and no proof: over many simulated years one week of two thousand still tells that somebody did.
"""

import random
from datetime import timedelta
from typing import Any

import pytest

from core.disclosure import gate
from programs.membership.standing import HeadCount, count_anew, steadily

K, OTHERS, OWN, WEEKS = 5, 30, 4, 52
ALL = OTHERS + OWN


def steps_known(world: Any, seed: int, begins: int) -> int:
    """In how many weeks of a year she knows that one of the others agreed or withdrew."""
    dice, real, known = random.Random(seed), begins, 0
    possible = {(other, other, None) for other in range(OTHERS + 1)}  # before, now, the sum the number was made from
    for week in range(WEEKS):
        own = week % (OWN + 1) if dice.random() < 0.7 else dice.randint(0, OWN)
        day, now = world.today + timedelta(weeks=week), HeadCount(real + own, ALL)
        said = steadily(world.program, "year", day, lambda now=now: {"": now})[""]  # type: ignore[misc]
        fits = set()
        for before, other, made_of in possible:
            stays = made_of is not None and abs(other + own - made_of) < gate.enough(K)
            counted = made_of if stays else other + own
            if gate.guarded(counted or 0, k=K, among=ALL) == said:
                fits.add((before, other, counted))
        assert real in {other for _before, other, _made_of in fits}, "she reasons rightly"
        known += week > 0 and all(before != other for before, other, _made_of in fits)
        real = min(max(real + dice.choice([-1, 0, 1]), 0), OTHERS)
        changes = ((other, other + step, made_of) for _before, other, made_of in fits for step in (-1, 0, 1))
        possible = {change for change in changes if 0 <= change[1] <= OTHERS}
    count_anew(world.program, "year")
    return known


def test_she_knows_of_nobodys_step_in_these_years(world: Any) -> None:
    assert [steps_known(world, seed, begins) for seed, begins in ((1, 0), (2, 15), (3, 30))] == [0, 0, 0]


def test_steps_of_k_that_follow_each_person_tell_of_some(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first negative control: what `gate.people` says, counted anew each time."""
    monkeypatch.setattr(gate, "enough", lambda k=K: 1)
    assert steps_known(world, 1, 0) + steps_known(world, 2, 15) > 1


def test_with_the_door_taken_out_she_knows_of_nearly_all(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "enough", lambda k=K: 1)
    monkeypatch.setattr(gate, "guarded", lambda count, **_more: gate.named(count))
    assert steps_known(world, 2, 15) > 20
