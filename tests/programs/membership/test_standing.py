"""Counts of what people agreed to, beside somebody who controls four accounts and looks every week."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from core.disclosure import gate
from core.disclosure.gate import People
from core.kit import rooms
from programs.guidelines.models import GuidelineVersion
from programs.membership.models_standing import StandingCount
from programs.membership.standing import (
    HeadCount,
    beginning_of,
    count_anew,
    last_monday,
    standing,
    steadily,
)

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
    assert steadily(None, "x", START, lambda: counts) == said  # the whole site has the smallest size
    world.program.group_minimum = 9
    assert steadily(world.program, "y", START, lambda: counts)["few"].high > 9


@pytest.mark.parametrize("seed", [1, 2])
def test_whenever_the_number_moves_five_others_have(world: Any, seed: int) -> None:
    """The negative control: a number made anew each week moves with one other person, and with nobody."""
    changes = year_of(world, steady, seed)
    assert changes
    assert min(changes) >= 5
    StandingCount.objects.all().delete()
    assert min(year_of(world, weekly, seed)) <= 1


def asked_once(
    way: str, program: Any, name: str, day: date, count: int | None, first: Any = None, **how: Any
) -> People:
    """The number as it is said; None: nobody may count for it. `first`: another reader, while this one counts."""

    def make() -> dict[str, Any]:
        assert count is not None, "counted twice in a period"
        if first:
            first()
        return {"": People(count, count) if way == "standing" else HeadCount(count, 60)}

    return (standing if way == "standing" else steadily)(program, name, day, make, **how)[""]


@pytest.mark.parametrize("way", ["standing", "steadily"])
def test_a_number_is_of_its_program_its_name_and_its_period(world: Any, way: str) -> None:
    mine, yours, later = world.program, world.other_program, START + timedelta(weeks=1)
    said = [asked_once(way, *of) for of in ((mine, "a", START, 15), (mine, "b", START, 25), (yours, "a", START, 35))]
    assert len(set(said)) == 3
    assert asked_once(way, mine, "a", START, None) == said[0]
    assert asked_once(way, mine, "a", later, 45) not in said
    assert [asked_once(way, mine, "b", START, None), asked_once(way, yours, "a", START, None)] == said[1:]
    count_anew(mine, "a")
    assert asked_once(way, mine, "a", START, 15) == said[0]
    assert [asked_once(way, mine, "b", START, None), asked_once(way, yours, "a", START, None)] == said[1:]


@pytest.mark.parametrize("way", ["standing", "steadily"])
def test_of_two_readers_at_once_both_read_what_the_first_was_told(world: Any, way: str) -> None:
    for day, early, late in ((START, 15, 35), (START + timedelta(weeks=1), 45, 25)):
        told: list[People] = []
        said = asked_once(
            way,
            world.program,
            "a",
            day,
            late,
            lambda day=day, early=early, told=told: told.append(asked_once(way, world.program, "a", day, early)),
        )
        assert [said] == told


def test_a_number_made_once_is_never_made_again(world: Any) -> None:
    said = asked_once("standing", world.program, "a", START, 15, once=True)
    assert asked_once("standing", world.program, "a", START + timedelta(days=1), None, once=True) == said


def test_a_week_begins_where_the_program_is(world: Any) -> None:
    mondays = {"Europe/Berlin": date(2025, 12, 29), "Pacific/Kiritimati": date(2026, 1, 5)}
    with time_machine.travel(datetime(2026, 1, 4, 12, tzinfo=UTC), tick=False):  # a Sunday at noon
        for world.program.time_zone, monday in mondays.items():
            assert last_monday(world.program) == monday
    assert beginning_of(world.program, START) == datetime(2026, 1, 4, 10, tzinfo=UTC)


@pytest.mark.parametrize("once", [True, False])
def test_a_number_stays_for_years_and_goes_with_what_it_counts(world: Any, once: bool) -> None:
    """Forgotten after a year, it would be counted anew: one that is counted once, and one from which k have to go."""
    day, program = START - timedelta(days=800), world.program
    version = GuidelineVersion.objects.filter(program=program)[0]
    names = [f"event:{world.event.pk}:no", f"poll:{world.poll.pk}", f"guideline:{version.pk}", "check:30", "topics"]
    way, how = ("standing", {"once": True}) if once else ("steadily", {})
    said = {name: asked_once(way, program, name, day, 15, **how) for name in names}
    StandingCount.objects.create(program=program, name="poll:1", as_of=START, said={})
    for each in [each for room in rooms.every() for each in room.retention]:
        each()
    assert {name: asked_once(way, program, name, day if once else START, 14, **how) for name in names} == said
    assert not StandingCount.objects.filter(name="poll:1").exists()
