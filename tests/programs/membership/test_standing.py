"""Counts of what people agreed to, beside somebody who controls four accounts and looks every week."""

import random
from datetime import date, timedelta
from typing import Any

import pytest

from core.disclosure import gate
from core.disclosure.gate import People
from programs.membership.models_standing import StandingCount
from programs.membership.standing import HeadCount, standing, steadily

START = date(2026, 1, 5)
OWN, PEOPLE = 4, 30


def year_of(world: Any, count: Any, seed: int) -> list[int]:
    """Each week one other person agrees, or sometimes withdraws, and she sets how many of her own agree. Whenever what
    is said changes: how many others are different since it was said before."""
    dice, others, changes = random.Random(seed), set[int](), []
    said, then = None, set[int]()
    for week in range(52):
        others ^= {dice.choice([n for n in range(PEOPLE) if n not in others] * 3 + [*others])}
        own = dice.randint(0, OWN)
        now = count(world.program, START + timedelta(weeks=week), len(others) + own)
        if said is not None and now != said:
            changes.append(len(others ^ then))
        if now != said:
            said, then = now, set(others)
    return changes


def weekly(program: Any, day: date, count: int) -> People:
    return standing(program, "agreed", day, lambda: {"": gate.people(count, among=PEOPLE + OWN)})[""]


def steady(program: Any, day: date, count: int) -> People:
    return steadily(program, "agreed", day, lambda: {"": HeadCount(count, PEOPLE + OWN)})[""]


def test_a_number_stays_until_it_has_moved_by_more_than_one_hand_can(world: Any) -> None:
    said = [
        steady(world.program, START + timedelta(weeks=week), count) for week, count in enumerate((11, 19, 3, 20, 12))
    ]
    assert said == [People(10, 14)] * 3 + [People(20, 24)] * 2


def test_few_and_nearly_all_are_wide(world: Any) -> None:
    counts = {"few": HeadCount(4, 30), "most": HeadCount(27, 30), "small": HeadCount(3, 12), "open": HeadCount(8)}
    said = steadily(world.program, "x", START, lambda: counts)
    assert said == {"few": People(0, 9), "most": People(20, 30), "small": People(0, 12), "open": People(0, 9)}


@pytest.mark.parametrize("seed", [1, 2])
def test_whenever_the_number_moves_five_others_have(world: Any, seed: int) -> None:
    """The negative control: a number made anew each week moves with one other person, and with nobody."""
    changes = year_of(world, steady, seed)
    assert changes
    assert min(changes) >= 5
    StandingCount.objects.all().delete()
    assert min(year_of(world, weekly, seed)) <= 1
