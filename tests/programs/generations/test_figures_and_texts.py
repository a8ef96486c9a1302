"""Steps of two kinds more: figures that somebody brings, and a text that somebody writes for themselves."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from analytics.connectors.models import Look
from analytics.imports.models import ImportRun
from core.kit.deleting import Purge
from programs.generations import jobs, move_services, queries, services
from programs.generations.models import Participant, Step, StepDone, StepText
from programs.generations.paths import path_of, progress_of
from tests.factories.imports import make_run
from tests.factories.phases import make_milestone
from tests.programs.generations.test_path_of_a_program import url
from tests.world import client_of


def added(world: Any, sign_in: Any, **fields: Any) -> Step:
    written = {"title_en": "One more", "due_days": 20, "minutes": 60} | fields
    sign_in(world.manager).post(url(world, "step_new", world.generation.pk), written)
    return Step.objects.get(generation=world.generation, key="own-1")


def state_of(world: Any, step: Step) -> str:
    participant = Participant.objects.select_related("program").get(pk=world.participant.pk)
    return next((row.state for row in path_of(participant).steps if row.step == step), "")


@pytest.mark.parametrize("way", ["a file", "an account"])
def test_figures_are_brought_by_a_file_or_by_an_account(world: Any, sign_in: Any, way: str) -> None:
    """Whichever it is, the step is done without being ticked off, for the person and once a day for the team."""
    ImportRun.objects.all().delete()
    looks = Look.objects.filter(connection__account__user=world.influencer)
    step = added(world, sign_in, kind="figures")
    assert step.deed == "figures_brought"
    looks.update(code="refused")
    assert state_of(world, step) != "done"
    if way == "an account":
        assert looks.update(code="")
    else:
        make_run(world.account, state="applied")
    assert state_of(world, step) == "done"
    jobs.note_deeds()
    assert StepDone.objects.filter(step=step, participant=world.participant).exists()


def test_a_text_is_the_persons_own_and_finishes_the_step(world: Any, sign_in: Any) -> None:
    step = added(world, sign_in, kind="write")
    page = url(world, "step_write", step.pk)
    person = client_of("influencer", world)
    assert page in person.get(url(world, "path")).content.decode()
    assert "Only you see your text" in person.get(page).content.decode()
    person.post(page, {"text": " "})
    assert state_of(world, step) != "done", "nothing was written"
    person.post(page, {"text": "Because I like to explain."})
    assert state_of(world, step) == "done"
    assert "Because I like to explain." in person.get(page).content.decode()
    steps = sign_in(world.manager).get(url(world, "generation_steps", world.generation.pk)).content.decode()
    assert "which only they see" in steps
    assert "Because I like" not in steps
    assert "is still kept" in person.post(page, {"text": ""}).content.decode()
    assert StepText.objects.exists(), "nothing is lost by one press"
    person.post(page, {"text": "", "is_deleted": "on"})
    assert not StepText.objects.exists()
    assert state_of(world, step) == "done", "what was done stays done"
    by_deed = Step.objects.filter(pk=step.pk)
    by_deed.update(deed="activity_logged")
    assert person.get(page).status_code == 404, "then logging a first post is what finishes it"


def test_a_text_stays_its_writers_whatever_becomes_of_the_step(world: Any, sign_in: Any) -> None:
    """It is read, changed and deleted on a page, also when the step was removed and would be gone for good."""
    step = added(world, sign_in, kind="write")
    page, person = url(world, "step_write", step.pk), client_of("influencer", world)
    person.post(page, {"text": "Because I like to explain."})
    sign_in(world.manager).post(url(world, "step_remove", step.pk))
    with time_machine.travel(timezone.now() + timedelta(days=40), tick=False):
        Purge(Step, but=queries.without_texts)()
    assert "What you wrote in steps that you no longer have" in person.get(url(world, "path")).content.decode()
    assert "Because I like to explain." in person.get(page).content.decode()
    assert client_of("influencer2", world).get(page).status_code == 404
    person.post(page, {"text": "", "is_deleted": "on"})
    assert page not in person.get(url(world, "path")).content.decode()
    assert person.get(page).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=40), tick=False):
        Purge(Step, but=queries.without_texts)()
    assert not Step.objects.filter(pk=step.pk).exists()


def test_a_move_takes_no_text_into_a_step_that_asks_for_none(world: Any, sign_in: Any) -> None:
    step = added(world, sign_in, kind="write")
    text = StepText.objects.create(step=step, participant=world.participant, text="Mine.")
    other = Step.objects.create(
        generation=world.generation2, key=step.key, title=step.title, kind="do", position=90, due_days=1
    )
    assert other.is_same_as == step.is_same_as
    Participant.objects.filter(pk=world.participant.pk).update(generation=world.generation2)
    world.participant.refresh_from_db()
    move_services._take_steps_along(world.participant)
    text.refresh_from_db()
    assert text.step_id == step.pk


def test_an_added_step_is_taken_back_by_one_tap_and_returns_with_what_was_done(world: Any, sign_in: Any) -> None:
    """The sentence and the page are the same whether or not somebody has done it."""
    before = path_of(world.participant).total
    step = added(world, sign_in, kind="do")
    services.finish_step(step, world.participant)
    manager = sign_in(world.manager)
    answer = manager.post(url(world, "step_remove", step.pk), follow=True).content.decode()
    assert "is off the path" in answer
    assert f"step-{step.pk}" not in answer
    assert path_of(world.participant).total == before
    counted = progress_of({world.generation.pk: before}, world.program.pk, world.today)[world.generation.pk]
    assert counted.shared.get(world.participant.pk, 0) <= before
    assert client_of("influencer", world).post(url(world, "step_done", step.pk)).status_code == 404
    assert manager.get(url(world, "step_edit", step.pk)).status_code == 404
    manager.post(url(world, "step_restore", step.pk))
    assert state_of(world, step) == "done"
    shipped = world.generation.steps.get(key="guidelines")
    assert manager.post(url(world, "step_remove", shipped.pk)).status_code == 404


def test_a_step_that_opens_a_page_needs_one(world: Any, sign_in: Any) -> None:
    sent = {"title_en": "Look here", "kind": "link", "due_days": 3, "minutes": 10}
    page = sign_in(world.manager).post(url(world, "step_new", world.generation.pk), sent)
    assert (page.status_code, "Which page is it?" in page.content.decode()) == (422, True)
    told = sent | {"address": "https://intranet.example/"}
    assert sign_in(world.manager).post(url(world, "step_new", world.generation.pk), told).status_code == 302


def test_dates_that_are_over_are_not_offered_for_a_step(world: Any, sign_in: Any) -> None:
    make_milestone(world.program, title_en="Long ago", on=world.today - timedelta(days=40))
    make_milestone(world.program, title_en="Soon", on=world.today + timedelta(days=4))
    page = sign_in(world.manager).get(url(world, "step_new", world.generation.pk)).content.decode()
    assert ("Long ago" in page, "Soon" in page) == (False, True)


def test_a_step_has_what_its_kind_has(world: Any, sign_in: Any) -> None:
    """What was chosen before the kind was changed is not kept; the form of a step asks only for what its kind has."""
    date = make_milestone(world.program, on=timezone.localdate() + timedelta(days=9))
    step = added(world, sign_in, kind="write", deed="figures_brought", milestone=date.pk, address="no address")
    assert (step.deed, step.milestone, step.address) == ("", None, "")
    page = sign_in(world.manager).get(url(world, "step_edit", step.pk)).content.decode()
    assert 'name="milestone"' not in page
    assert 'name="address"' not in page
    step.address = "https://nordwerk.example/"
    step.save()
    page = sign_in(world.manager).get(url(world, "step_edit", step.pk)).content.decode()
    assert 'name="address"' in page, "what is filled in can be emptied"
