"""A step whose date is over, or that waits for one, is nobody's next step and counts nowhere."""

from datetime import timedelta
from typing import Any

import pytest

from influencer.home.onboarding import onboarding_of
from programs.consents.models import Purpose
from programs.generations import queries, services
from programs.generations.models import Participant
from programs.generations.paths import path_of, progress_of
from programs.membership.models import Program
from tests.factories.generations import make_participant
from tests.factories.phases import make_milestone
from tests.programs.generations.test_path_of_a_program import url
from tests.world import make_user


@pytest.fixture
def person(world: Any) -> Participant:
    """Everything but the kick-off is done."""
    who = make_participant(make_user("paula"), world.generation, Purpose.TEAM_SEES_ONBOARDING, days=60)
    for step in world.generation.steps.exclude(key="kick_off"):
        services.finish_step(step, who)
    return who


def counted(world: Any, who: Participant) -> set[tuple[int, int]]:
    """Done and out of how many, on the own page, on the start page and in the row that the team reads."""
    program = Program.objects.get(pk=world.program.pk)
    who = Participant.objects.select_related("program").get(pk=who.pk)
    path, home = path_of(who), onboarding_of(who.user, program, world.today)
    row = queries.generation_row(world.generation)
    progress = progress_of({row.pk: row.steps}, program.pk, world.today)[row.pk]
    theirs = progress.shared[who.pk], progress.out_of[who.pk]
    return {(path.done, path.total), (home.done, home.total), theirs}


@pytest.mark.parametrize(
    ("days", "expected", "next_key"),
    [(None, (6, 6), ""), (-20, (6, 6), ""), (-90, (6, 6), ""), (0, (6, 7), "kick_off"), (5, (6, 7), "kick_off")],
)
def test_what_nobody_can_do_is_not_next_and_counts_nowhere(
    world: Any, person: Participant, sign_in: Any, days: int | None, expected: tuple[int, int], next_key: str
) -> None:
    step = world.generation.steps.get(key="kick_off")
    if days is not None:
        step.milestone = make_milestone(world.program, on=world.today + timedelta(days=days))
    services.change_step(step, by=world.manager)
    assert counted(world, person) == {expected}
    path = path_of(Participant.objects.select_related("program").get(pk=person.pk))
    assert (path.next.step.key if path.next else "") == next_key
    page = sign_in(person.user).get(url(world, "path")).content.decode()
    over = days is not None and -60 < days < 0  # before the person joined, it was never theirs
    assert ("No further date is planned" in page) == over
    assert ("There is no date yet" in page) == (not next_key and not over)
    services.finish_step(step, person)
    assert counted(world, person) == {(7, 7)}, "who says that it is done has done it"


def test_a_further_kick_off_takes_the_place_of_one_that_is_over(world: Any) -> None:
    step = world.generation.steps.get(key="kick_off")
    before, after = (make_milestone(world.program, on=world.today + timedelta(days=days)) for days in (-9, 9))
    for one in (before, after, before):
        services.place_steps(one, deed=step.deed, generations=[world.generation])
        step.refresh_from_db()
    assert step.milestone == after
