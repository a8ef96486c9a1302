"""Steps of the onboarding that a person's deeds finish."""

from datetime import date, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from analytics.activities.models import Activity
from analytics.channels.models import Network
from analytics.channels.services import ensure_personal_account
from analytics.connectors.models import Look
from analytics.imports.models import ImportRun, RunState
from community.forum.models import Reading
from core.kit import rooms
from core.people.models import User
from influencer.home.onboarding import onboarding_of
from programs.consents import services as consents
from programs.consents.models import Purpose
from programs.generations import jobs, services
from programs.generations.models import Step, StepDone
from programs.generations.paths import path_of, progress_of
from programs.guidelines import services as guidelines
from programs.membership.models import Role
from tests.factories.connectors import make_connection
from tests.factories.directory import make_profile
from tests.factories.events import make_attendance, make_event
from tests.factories.forum import make_post
from tests.factories.generations import make_participant
from tests.world import join


def url(name: str, world: Any, *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def choose_a_consent(world: Any) -> None:
    consents.grant(world.program, [Purpose.NEWSLETTER], by=world.influencer, channel="settings")


def log(world: Any) -> None:
    Activity.objects.create(program=world.program, user=world.influencer, on=date.today())


def bring_figures(world: Any) -> None:
    account = ensure_personal_account(world.influencer, world.program)
    ImportRun.objects.create(
        program=world.program, account=account, uploaded_by=world.influencer, size=1, state=RunState.APPLIED
    )


def read_in_the_forum(world: Any) -> None:
    Reading.objects.update_or_create(topic=world.topic, person=world.influencer, defaults={"read_to": 1})


def write_in_the_forum(world: Any) -> None:
    make_post(world.topic, world.influencer)


def connect_an_account(world: Any) -> None:
    account = ensure_personal_account(world.influencer, world.program, Network.YOUTUBE)
    Look.objects.create(connection=make_connection(account), at=timezone.now())


def show_oneself(world: Any) -> None:
    make_profile(world.program, world.influencer)


def come_to_a_kick_off(world: Any) -> None:
    make_attendance(make_event(world.program, kind="team_kickoff"), world.influencer)


def come_to_an_event(world: Any) -> None:
    make_attendance(make_event(world.program), world.influencer)


def agree_to_the_guideline(world: Any) -> None:
    guidelines.accept(world.guideline_version, by=world.influencer)


DEEDS = {
    "kick_off_attended": come_to_a_kick_off,
    "event_attended": come_to_an_event,
    "consents_chosen": choose_a_consent,
    "activity_logged": log,
    "figures_brought": bring_figures,
    "forum_read": read_in_the_forum,
    "forum_written": write_in_the_forum,
    "profile_shown": show_oneself,
    "account_connected": connect_an_account,
    "guideline_accepted": agree_to_the_guideline,
}


@pytest.fixture
def fresh(world: Any) -> Any:
    """Somebody who has joined and done nothing at all yet."""
    person = User.objects.create_user(
        "frieda@example.com", "a long enough password", name="Frieda Fresh", language="en"
    )
    participant = make_participant(person, world.generation, days=3)
    return SimpleNamespace(**vars(world) | {"influencer": person, "participant": participant})


def state_of(world: Any, key: str = "guidelines") -> str:
    return next(row.state for row in path_of(world.participant).steps if row.step.key == key)


def test_every_deed_is_tried() -> None:
    assert {name for room in rooms.every() for name in room.steps} == set(DEEDS)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_step_is_done_by_the_deed_itself(fresh: Any, sign_in: Any, deed: str) -> None:
    world = fresh
    Step.objects.filter(generation=world.generation).exclude(key="guidelines").update(is_left_out=True)
    Step.objects.filter(generation=world.generation, key="guidelines").update(deed=deed, milestone=world.milestone)
    type(world.milestone).objects.filter(pk=world.milestone.pk).update(on=world.today)
    client = sign_in(world.influencer)
    assert state_of(world) == "now"
    step = path_of(world.participant).steps[0]
    assert step.url
    assert step.url in client.get(url("path", world)).content.decode()
    DEEDS[deed](world)
    assert state_of(world) == "done"
    onboarding = onboarding_of(world.influencer, world.program, date.today())
    assert (onboarding.done, onboarding.total) == (1, 1)
    page = client.get(url("path", world)).content.decode()
    assert url("step_undo", world, step.step.pk) not in page  # nothing to open again: it is done


def test_what_somebody_else_did_finishes_nothing(fresh: Any) -> None:
    Activity.objects.create(program=fresh.program, user=fresh.influencer2, on=date.today())
    Activity.objects.create(program=fresh.other_program, user=fresh.influencer, on=date.today())
    assert state_of(fresh, "first_topics") == "next"


def test_a_step_by_deed_may_be_ticked_off_by_hand(fresh: Any, sign_in: Any) -> None:
    """Bringing figures is voluntary, and nobody's way ends there."""
    step = fresh.generation.steps.get(key="own_figures")
    client = sign_in(fresh.influencer)
    client.post(url("step_done", fresh, step.pk))
    assert state_of(fresh, "own_figures") == "done"
    client.post(url("step_undo", fresh, step.pk))
    assert state_of(fresh, "own_figures") == "next"


# --- what the team sees ---------------------------------------------------------------------------------------------


def seen_by_the_team(world: Any) -> int:
    progress = progress_of({world.generation.pk: 6}, world.program.pk, world.today)
    return progress[world.generation.pk].shared[world.participant.pk]


def test_the_team_hears_of_a_deed_once_a_day_and_never_of_its_end(fresh: Any) -> None:
    """Neither the minute of a first entry nor that somebody took the figures back can be told from the count."""
    consents.grant(fresh.program, [Purpose.TEAM_SEES_ONBOARDING], by=fresh.influencer, channel="settings")
    jobs.note_deeds()
    before = seen_by_the_team(fresh)
    log(fresh)
    assert seen_by_the_team(fresh) == before
    assert jobs.note_deeds() >= 1
    assert seen_by_the_team(fresh) == before + 1
    assert jobs.note_deeds() == 0
    Activity.objects.filter(user=fresh.influencer).delete()
    jobs.note_deeds()
    assert seen_by_the_team(fresh) == before + 1
    assert state_of(fresh, "first_topics") == "done"


def test_nothing_is_noted_of_who_left(fresh: Any) -> None:
    log(fresh)
    services.leave(fresh.participant, by=fresh.influencer)
    jobs.note_deeds()
    assert not StepDone.objects.filter(participant=fresh.participant, step__key="first_topics").exists()


# --- the program management arranges the path -----------------------------------------------------------------------


def form_of(step: Step, **changes: Any) -> dict[str, Any]:
    values = {"title_en": "Kick-off", "title_de": "Kick-off", "due_days": step.due_days, "minutes": step.minutes}
    return values | changes


def test_a_manager_chooses_what_finishes_a_step(fresh: Any, sign_in: Any) -> None:
    step = fresh.generation.steps.get(key="guidelines")
    client = sign_in(fresh.manager)
    page = client.get(url("step_edit", fresh, step.pk)).content.decode()
    assert all(f'value="{deed}"' in page for deed in DEEDS)
    sent = form_of(step, deed="forum_read", address="intranet.example/guidelines")
    answer = client.post(url("step_edit", fresh, step.pk), sent)
    assert answer.url == url("generation_steps", fresh, fresh.generation.pk)
    step.refresh_from_db()
    assert (step.deed, step.address) == ("forum_read", "https://intranet.example/guidelines")
    assert path_of(fresh.participant).steps[1].url == step.address
    assert "reads in the forum" in client.get(url("generation_steps", fresh, fresh.generation.pk)).content.decode()


@pytest.mark.parametrize("wrong", [{"deed": "no_such"}, {"address": "javascript:alert(1)"}, {"minutes": "0"}])
def test_a_wrong_choice_is_said_and_kept(fresh: Any, sign_in: Any, wrong: dict[str, str]) -> None:
    step = fresh.generation.steps.get(key="guidelines")
    answer = sign_in(fresh.manager).post(url("step_edit", fresh, step.pk), form_of(step, **wrong))
    assert answer.status_code == 422
    assert Step.objects.get(pk=step.pk).deed == "guideline_accepted"


def test_a_kick_off_says_when_and_where(fresh: Any, sign_in: Any) -> None:
    step = fresh.generation.steps.get(key="kick_off")
    fresh.milestone.on, fresh.milestone.at, fresh.milestone.place = date.today(), time(14), "Rostock"
    fresh.milestone.save()
    client = sign_in(fresh.manager)
    client.post(url("step_edit", fresh, step.pk), form_of(step, milestone=fresh.milestone.pk))
    way = next(row for row in path_of(fresh.participant).steps if row.step.key == "kick_off")
    assert way.due_on == fresh.milestone.on
    assert "14:00" in way.when
    assert way.when.endswith("Rostock")
    assert way.when in sign_in(fresh.influencer).get(url("path", fresh)).content.decode()
    for passed, said in ((1, "was on "), (400, "")):
        fresh.milestone.on = date.today() - timedelta(days=passed)
        fresh.milestone.save()
        way = next(row for row in path_of(fresh.participant).steps if row.step.key == "kick_off")
        assert (way.when[:7], way.due_on < fresh.participant.joined_on) == (said, False), (
            "a date before joining is none"
        )
    fresh.milestone.put_away()
    way = next(row for row in path_of(fresh.participant).steps if row.step.key == "kick_off")
    assert way.when == ""
    assert way.due_on == fresh.participant.joined_on + timedelta(days=step.due_days)


def test_a_date_of_another_program_cannot_be_chosen(fresh: Any, sign_in: Any) -> None:
    step = fresh.generation.steps.get(key="kick_off")
    fresh.milestone.program = fresh.other_program
    fresh.milestone.phase = None
    fresh.milestone.save()
    answer = sign_in(fresh.manager).post(url("step_edit", fresh, step.pk), form_of(step, milestone=fresh.milestone.pk))
    assert answer.status_code == 422


def test_a_step_that_is_left_out_counts_nowhere(fresh: Any, sign_in: Any) -> None:
    step = fresh.generation.steps.get(key="mentor")
    services.finish_step(step, fresh.participant)
    sign_in(fresh.manager).post(url("step_edit", fresh, step.pk), form_of(step, is_left_out="on"))
    way = path_of(fresh.participant)
    assert (way.done, way.total) == (0, 5), "nor one that waits for a date"
    assert onboarding_of(fresh.influencer, fresh.program, date.today()).total == 5
    assert sign_in(fresh.influencer).post(url("step_done", fresh, step.pk)).status_code == 404


def test_the_start_page_leads_to_the_deed(fresh: Any, sign_in: Any) -> None:
    choose_a_consent(fresh)
    services.finish_step(fresh.generation.steps.get(key="guidelines"), fresh.participant)
    services.finish_step(fresh.generation.steps.get(key="profile"), fresh.participant)
    page = sign_in(fresh.influencer).get(reverse("home:program", args=[fresh.program.slug])).content.decode()
    way = page[page.index('id="h-path"') :]
    now = way[way.index('aria-current="step"') :]
    assert reverse("analytics:import_new", args=[fresh.program.slug]) in now[:400]


def test_deeds_cost_one_query_however_many_steps(fresh: Any) -> None:
    with CaptureQueriesContext(connection) as queries:
        path_of(fresh.participant)
    assert len(queries) == 4, "steps, ticks, all deeds, and the mentor's name"


def test_every_step_leads_to_a_page(fresh: Any, sign_in: Any) -> None:
    """Without anything set by the management: no step says what to do and not where."""
    client = sign_in(fresh.influencer)
    for row in path_of(fresh.participant).steps:
        assert row.url, row.step.key
        assert client.get(row.url, follow=True).status_code == 200, row.step.key


def test_the_guidelines_are_where_the_program_says(fresh: Any, sign_in: Any) -> None:
    join(fresh.influencer, fresh.other_program, Role.INFLUENCER)
    fresh.program = fresh.other_program
    reader, manager = sign_in(fresh.influencer), sign_in(fresh.stranger)
    assert "Until then, these people know what applies." in reader.get(url("guidelines", fresh)).content.decode()
    assert "Start with the starter text" in manager.get(url("guidelines", fresh)).content.decode()
    page = manager.get(url("program_settings", fresh))
    given = page.context["form"].initial | {"guidelines_url": "intranet.example/guidelines"}
    assert manager.post(url("program_settings", fresh), given).status_code == 302
    shown = reader.get(url("guidelines", fresh)).content.decode()
    assert 'href="https://intranet.example/guidelines"' in shown
    given["guidelines_url"] = "javascript:alert(1)"
    assert manager.post(url("program_settings", fresh), given).status_code == 422
