"""Help getting started: named is who agreed, as long as they agree, with the next step and nothing else."""

from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from community.office_hours import helping
from community.office_hours.models_help import HelpWanted
from core.journal.models import Entry
from programs.consents import services as consents
from programs.consents.models import Purpose
from programs.generations.models import Participant, Step, StepDone
from tests.world import join, make_user

HOME = "/p/nordlichter/"


@pytest.fixture(autouse=True)
def nobody_yet(world: Any) -> None:
    HelpWanted.objects.all().delete()


def url(name: str) -> str:
    return reverse(f"community:{name}", args=["nordlichter"])


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_only_who_agreed_is_named_and_only_until_they_end_it(world: Any, sign_in: Any) -> None:
    Entry.objects.all().delete()
    coach, person = sign_in(world.coach), sign_in(world.influencer)
    assert "People getting started" not in text(coach.get(HOME))
    person.post(url("hours_help"), {"wish": "My picture"})
    page = text(coach.get(HOME))
    assert "People getting started" in page
    assert "My picture" in page
    assert "Influencer2" not in page.split("People getting started")[1].split("</section>")[0]
    answer = person.post(url("hours_help_end"), follow=True)
    assert "nobody else sees" in text(answer)
    assert "People getting started" not in text(coach.get(HOME))
    assert not Entry.objects.exists(), "the log says nothing of it"


def test_the_next_step_is_what_is_not_ticked_off(world: Any) -> None:
    helping.want_help(world.program, wish="", by=world.influencer)
    steps = list(Step.objects.on_the_way().filter(generation=world.participant.generation).order_by("position"))
    StepDone.objects.filter(participant=world.participant).delete()
    StepDone.objects.create(step=steps[0], participant=world.participant)
    (row,) = helping.helped_in(world.program, but=world.coach)
    assert (row.person, row.step) == (world.influencer, steps[1].title)
    for step in steps[1:]:
        StepDone.objects.create(step=step, participant=world.participant)
    assert helping.helped_in(world.program, but=world.coach)[0].step is None


def test_who_pauses_or_left_stands_there_no_more(world: Any) -> None:
    helping.want_help(world.program, wish="", by=world.influencer)
    Participant.objects.filter(pk=world.participant.pk).update(state="paused")
    assert helping.helped_in(world.program, but=world.coach) == []
    Participant.objects.filter(pk=world.participant.pk).update(state="active")
    consents.withdraw(world.program, [Purpose.PARTICIPATION], by=world.influencer, channel="settings")
    assert not HelpWanted.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_is_one_question(count: int, world: Any, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(count):
        person = make_user(f"beginner{number}")
        join(person, world.program, "influencer")
        Participant.objects.create(
            program=world.program, generation=world.participant.generation, user=person, joined_on=world.today
        )
        helping.want_help(world.program, wish="", by=person)
    with django_assert_num_queries(1):
        assert len(helping.helped_in(world.program, but=world.coach)) == count


def test_a_wish_that_is_too_long_is_kept_and_explained(world: Any, sign_in: Any) -> None:
    answer = sign_in(world.influencer).post(url("hours_help"), {"wish": "x" * 201})
    assert answer.status_code == 422
    assert "x" * 201 in text(answer)
    assert not HelpWanted.objects.exists()
