"""How many of a generation stay, and what is kept of how mixed those were who got a place."""

from datetime import date, timedelta
from itertools import count as count_up
from typing import Any

import pytest
from django.utils import timezone

from programs.casting import jobs, mix_kept
from programs.casting.mix import Given
from programs.casting.models import Interest, SeatFate
from programs.generations import staying
from programs.generations.models import Generation, Headcount, Participant, ParticipantState
from programs.generations.models_moves import Move
from tests.world import make_user

NUMBERS = count_up()
URL = "/p/nordlichter/people/staying/"


def join(generation: Generation, on: date, left_on: date | None = None) -> Participant:
    state = ParticipantState.LEFT if left_on else ParticipantState.ACTIVE
    user = make_user(f"stays-{next(NUMBERS)}")
    return Participant.objects.create(
        program=generation.program, generation=generation, user=user, joined_on=on, left_on=left_on, state=state
    )


@pytest.fixture
def generation(world: Any) -> Generation:
    start = timezone.localdate().replace(day=1) - timedelta(days=70)
    return Generation.objects.create(program=world.program, number=7, name="Seven", start_on=start)


def test_a_generation_is_counted_once_a_month(generation: Generation) -> None:
    join(generation, generation.start_on)
    staying.count_heads()
    join(generation, generation.start_on)
    staying.count_heads()
    row = Headcount.objects.get(generation=generation)
    assert (row.joined, row.there, row.month) == (1, 1, timezone.localdate().replace(day=1))


def test_who_left_long_ago_is_still_counted_as_joined(generation: Generation) -> None:
    today = timezone.localdate()
    gone = join(generation, generation.start_on, left_on=generation.start_on + timedelta(days=9))
    for _ in range(3):
        join(generation, generation.start_on)
    staying.count(generation, generation.start_on + timedelta(days=31))
    gone.delete()  # 90 days after leaving
    join(generation, today)
    first, now = staying.points(generation.program)[generation]
    assert [(first.joined, first.there), (now.joined, now.there)] == [(4, 3), (5, 4)]
    assert (first.share, now.share) == (75, 80)


def test_a_closed_generation_keeps_its_line(generation: Generation) -> None:
    join(generation, generation.start_on)
    staying.count(generation, generation.start_on)
    Generation.objects.filter(pk=generation.pk).update(closed_at=timezone.now())
    staying.count_heads()
    assert [point.month for point in staying.points(generation.program)[generation]] == [0]


def test_the_page_says_the_line_in_words(world: Any, generation: Generation, sign_in: Any) -> None:
    page = sign_in(world.manager).get(URL).content.decode()
    assert "Seven" not in page  # nobody has joined
    join(generation, generation.start_on)
    join(generation, generation.start_on, left_on=timezone.localdate())
    page = sign_in(world.manager).get(URL).content.decode()
    assert "Seven: 1 of 2 people who joined are still there." in page
    assert "Nothing has been kept yet." in page


@pytest.mark.parametrize("generations", [1, 3])
def test_the_page_asks_as_much_for_three_generations(
    world: Any, sign_in: Any, django_assert_num_queries: Any, generations: int
) -> None:
    start = timezone.localdate() - timedelta(days=40)
    for number in range(10, 10 + generations):
        row = Generation.objects.create(program=world.program, number=number, name=f"G{number}", start_on=start)
        join(row, start)
        staying.count(row, start)
    client = sign_in(world.manager)
    client.get(URL)
    with django_assert_num_queries(7):
        client.get(URL)


def settled(world: Any, sites: list[str]) -> None:
    long_ago = timezone.now() - timedelta(days=31)
    for number, site in enumerate(sites):
        Interest.objects.create(
            call=world.call, email=f"c{number}@example.com", site=site, declared_at=long_ago,
            fate=SeatFate.SEAT, told=SeatFate.SEAT, told_at=long_ago,
        )  # fmt: skip


def test_the_mix_is_kept_in_ranges_when_the_interest_is_forgotten(world: Any, sign_in: Any) -> None:
    settled(world, ["Kiel"] * 14 + ["Bremen"] * 11 + ["Ulm"] * 3)
    jobs.retention()
    world.call.refresh_from_db()
    assert not Interest.objects.filter(call=world.call, told=SeatFate.SEAT).exists()
    assert world.call.mix_kept == [["site", "Bremen", 10, 14], ["site", "Kiel", 10, 14]]
    page = sign_in(world.manager).get(URL).content.decode()
    assert "Bremen: 10 to 14 · Kiel: 10 to 14" in " ".join(page.split())
    assert "Ulm" not in page
    settled(world, ["Ulm"] * 30)
    jobs.retention()
    world.call.refresh_from_db()
    assert world.call.mix_of == 28  # made once


def test_a_value_that_few_stand_for_is_not_kept() -> None:
    """Fewer than nine are nobody, and fewer than nine others are none: "15 to 24" of 24 may be all of them."""
    people = [Given(True, site="Kiel")] * 16 + [Given(True, site="Ulm")] * 8
    assert mix_kept.in_ranges(people, 5) == [["site", "Kiel", 15, 24]]
    assert mix_kept.in_ranges(people[:17], 5) == []


def test_who_is_moved_has_not_left_and_has_joined_there(world: Any, generation: Generation) -> None:
    goal = Generation.objects.create(program=world.program, number=8, name="Eight", start_on=generation.start_on)
    moving, left = (join(generation, generation.start_on) for _ in range(2))
    before = generation.start_on + timedelta(days=20)
    for each in (generation, goal):
        staying.count(each, before)
    on = before + timedelta(days=5)
    Participant.objects.filter(pk=moving.pk).update(generation=goal)
    Move.objects.create(participant=moving, former=generation, generation=goal, on=on, done_at=timezone.now())
    left.state, left.left_on = ParticipantState.LEFT, on
    left.save()
    staying.count(goal, before + timedelta(days=31))
    now = {each: line[-1] for each, line in staying.points(world.program).items()}
    assert [(now[each].joined, now[each].there) for each in (generation, goal)] == [(1, 0), (1, 1)]
    last = goal.headcounts.last()
    assert last is not None
    assert (last.joined, last.there) == (1, 1)
