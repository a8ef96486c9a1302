"""A participant's own pages: steps, pause, leaving, coming back."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programs.generations import services
from programs.generations.models import Participant, Span, Step, StepDone
from programs.generations.paths import path_of


def url(name: str, world: Any, *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def spans(participant: Participant) -> list[tuple[date, date | None]]:
    return list(Span.objects.filter(participant=participant).values_list("start_on", "end_on"))


# --- the path -------------------------------------------------------------------------------------------------------


def test_a_step_is_done_and_undone_in_one_click(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    for _ in range(2):
        client.post(url("step_done", world, world.step.pk))
    way = path_of(world.participant)
    assert (way.done, way.total, way.percent) == (4, 6, 67)  # by having logged something, by a profile, by a connection
    assert [row.state for row in way.steps] == [*["done", "now", "done", "done", "done", "off", "next"]]
    assert way.next is not None
    assert way.next.step.key == "guidelines"
    client.post(url("step_undo", world, world.step.pk))
    assert StepDone.objects.count() == 0


def test_days_are_counted_from_joining_and_turn_nothing_red(world: Any, sign_in: Any) -> None:
    way = path_of(world.participant)
    assert way.steps[0].due_on == world.participant.joined_on + timedelta(days=1)
    page = sign_in(world.influencer).get(url("path", world)).content.decode()
    assert way.steps[0].due_on < date.today()
    main = page.partition("<main")[2].partition("</main")[0]
    assert [main.count(word) for word in ("is-late", 'class="late', "overdue")] == [0, 0, 0]


def test_a_step_of_another_generation_does_not_exist(world: Any, sign_in: Any) -> None:
    foreign = Step.objects.filter(generation=world.generation2).first()
    assert sign_in(world.influencer).post(url("step_done", world, foreign.pk)).status_code == 404


def test_a_step_leads_to_its_page_or_to_none(world: Any) -> None:
    links = {row.step.key: row.url for row in path_of(world.participant).steps}
    assert links["consents"] == url("consents", world)
    Step.objects.filter(pk=world.step.pk).update(link="gone:for_good", deed="")
    assert path_of(world.participant).steps[0].url == ""


@pytest.mark.parametrize("count", [1, 3])
def test_the_path_costs_the_same_for_one_and_three_steps(world: Any, sign_in: Any, count: int) -> None:
    Step.objects.filter(generation=world.generation, position__gt=count).delete()
    for step in world.generation.steps.all():
        services.finish_step(step, world.participant)
    client = sign_in(world.influencer)
    client.get(url("path", world))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url("path", world))
    assert page.context["path"].done == count
    assert len(queries) == 9


def test_a_member_without_a_generation_reads_why_the_page_is_empty(world: Any, sign_in: Any) -> None:
    Participant.objects.filter(pk=world.participant.pk).delete()
    client = sign_in(world.influencer)
    page = client.get(url("path", world))
    assert page.content.decode().count("You are not in a generation yet") == 1
    assert client.post(url("participation_leave", world)).status_code == 404


# --- pausing --------------------------------------------------------------------------------------------------------


def test_a_pause_makes_a_gap_and_keeps_the_place(world: Any, sign_in: Any) -> None:
    start = world.participant.joined_on
    today = timezone.localdate()
    client = sign_in(world.influencer)
    client.post(url("participation_pause", world))
    assert spans(world.participant) == [(start, today)]
    with time_machine.travel(timezone.now() + timedelta(days=7), tick=True):
        client.post(url("participation_resume", world))
    assert spans(world.participant) == [(start, today), (today + timedelta(days=7), None)]


def test_a_pause_taken_back_the_same_day_leaves_no_gap(world: Any) -> None:
    start = world.participant.joined_on
    for _ in range(2):
        services.pause(world.participant, by=world.influencer)
        services.resume(world.participant, by=world.influencer)
    assert spans(world.participant) == [(start, None)]
