"""The year of `test_twelve_months`, in which she who controls four accounts leads the program: each month she moves
them and one real person into the same generation, as often as she may, and merges one into another. She reads as
there."""

import random
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from analytics.kpis import jobs
from analytics.kpis.cohorts import Stay
from core.people.models import User
from programs.generations import jobs as generation_jobs
from programs.generations import merge_services
from programs.generations import move_services as moves
from programs.generations.models import Generation, Participant, Span
from tests.analytics.kpis.test_twelve_months import MONTHS, Year
from tests.factories import kpis as make


def at_noon(day: date) -> Any:
    return time_machine.travel(datetime.combine(day, time(12), ZoneInfo("Europe/Berlin")), tick=False)


class LedYear(Year):
    """What happens in the other one, and moving besides."""

    def happen(self, month: int) -> None:
        super().happen(month)
        with at_noon(MONTHS[month]):
            if month == 7:
                merge_services.arrange_merger(self.generations.pop(), self.generations[0], by=self.world.manager)
            else:
                self.generations.append(make.make_generation(self.program, month + 3, MONTHS[month]))
            of_real = Participant.objects.filter(program=self.program, user__in=self.real)
            beside = of_real.filter(generation=self.own[0].participations.get().generation).order_by("pk")
            fifth = self.dice.choice([each.user for each in beside] or self.real)
            for user in [*self.own, fifth]:
                self.move(user, self.generations[-1])
        monday = MONTHS[month] + timedelta(days=21)
        for day in (monday - timedelta(days=14), monday):
            with at_noon(day):
                generation_jobs.move_people()

    def move(self, user: User, generation: Generation) -> None:
        participant = Participant.objects.get(program=self.program, user=user)
        try:
            moves.arrange_move(participant, generation, by=self.world.manager)
        except moves.CannotBeMoved:
            assert Participant.objects.filter(pk=participant.pk, moves__isnull=False).exists()


def a_led_year(world: Any, seed: int) -> set[tuple[int, Any]]:
    for rows in (world.program.participants, world.program.generations, world.program.accounts):
        rows.all().delete()
    year = LedYear(world, random.Random(seed))
    for month, today in enumerate(MONTHS):
        jobs.publish(world.program, today)
        year.look()
        year.happen(month)
    assert sum(map(len, year.read.values())) > 100, "she has much to read"
    assert Participant.objects.filter(program=world.program, moves__done_at__isnull=False).distinct().count() >= 5
    return year.recovered()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_nobodys_figure_is_recovered_by_moving_people(world: Any, seed: int) -> None:
    assert a_led_year(world, seed) == set()


def five_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (
        "core.disclosure.gate",
        "core.disclosure.rules",
        "core.disclosure.publish",
        "analytics.kpis.cohorts",
    ):
        monkeypatch.setattr(f"{module}.enough", lambda k: k)
    monkeypatch.setattr("core.disclosure.rules.is_dominated", lambda volume, tops, **_: tops[0] * 2 > volume)


@pytest.mark.slow
def test_where_past_weeks_move_along_she_is_left_with_somebodys_figure(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: a week counts for the generation in which people are now, and five make a figure."""

    def stays_of(program: Any) -> list[Stay]:
        rows = Span.objects.filter(participant__program=program).select_related("participant")
        return [
            Stay(
                each.participant.user_id, str(each.participant.generation_id), each.start_on, each.end_on, each.start_on
            )
            for each in rows
        ]

    monkeypatch.setattr("analytics.kpis.contributions.stays_of", stays_of)
    five_are_enough(monkeypatch)
    assert a_led_year(world, 1) != set()


def four_and_a_fifth_move(world: Any) -> set[tuple[int, Any]]:
    """She moves her four accounts and one real person into a generation of their own, where five stay behind, and reads
    what is published for a quarter of a year."""
    for rows in (world.program.participants, world.program.generations, world.program.accounts):
        rows.all().delete()
    year = Year(world, random.Random(1))
    goal = make.make_generation(world.program, 3, MONTHS[0])
    with at_noon(MONTHS[0]):
        fifth = Participant.objects.filter(user__in=year.real, generation=year.generations[1]).order_by("pk").first()
        moving = [*Participant.objects.filter(user__in=year.own), fifth]
        for participant in moving:
            moves.arrange_move(participant, goal, by=world.manager)
    for month in MONTHS[1:5]:
        with at_noon(month):
            generation_jobs.move_people()
        jobs.publish(world.program, month)
        year.look()
    assert {each.generation for each in goal.participants.all()} == {goal}
    assert goal.participants.count() == 5
    return year.recovered()


def test_four_accounts_and_a_fifth_count_with_their_former_generation(world: Any) -> None:
    assert four_and_a_fifth_move(world) == set()


def test_where_five_are_enough_to_be_counted_anew_she_has_the_fifth(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: a group of k, four of them under one hand, is the fifth."""
    five_are_enough(monkeypatch)
    assert four_and_a_fifth_move(world) != set()
