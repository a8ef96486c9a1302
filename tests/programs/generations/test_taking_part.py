"""A participant's own pages: steps, pause, leaving, coming back."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.kit import rooms
from core.kit.rooms import Room
from programs.consents import access as consents
from programs.consents import services as consent_services
from programs.consents.models import ConsentEvent, Purpose
from programs.generations import access, services
from programs.generations.models import Invitation, Participant, Span, Step, StepDone
from programs.membership.models import Membership

calls: list[tuple[Any, Any]] = []


def note(user: Any, program: Any) -> None:
    """Stands for a room above that deletes figures."""
    calls.append((user, program))


def url(name: str, world: Any, *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def spans(participant: Participant) -> list[tuple[date, date | None]]:
    return list(Span.objects.filter(participant=participant).values_list("start_on", "end_on"))


# --- the path -------------------------------------------------------------------------------------------------------


def test_a_step_is_done_and_undone_in_one_click(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    for _ in range(2):
        client.post(url("step_done", world, world.step.pk))
    way = access.path_of(world.participant)
    assert (way.done, way.total, way.percent) == (1, 7, 14)
    assert [row.state for row in way.steps] == ["done", "now", "next", "next", "next", "next", "next"]
    assert way.next is not None
    assert way.next.step.key == "guidelines"
    client.post(url("step_undo", world, world.step.pk))
    assert StepDone.objects.count() == 0


def test_days_are_counted_from_joining_and_turn_nothing_red(world: Any, sign_in: Any) -> None:
    way = access.path_of(world.participant)
    assert way.steps[0].due_on == world.participant.joined_on + timedelta(days=1)
    page = sign_in(world.influencer).get(url("path", world)).content.decode()
    assert way.steps[0].due_on < date.today()
    main = page.partition("<main")[2].partition("</main")[0]
    assert [main.count(word) for word in ("is-late", 'class="late', "overdue")] == [0, 0, 0]


def test_a_step_of_another_generation_does_not_exist(world: Any, sign_in: Any) -> None:
    foreign = Step.objects.filter(generation=world.generation2).first()
    assert sign_in(world.influencer).post(url("step_done", world, foreign.pk)).status_code == 404


def test_a_step_leads_to_its_page_or_to_none(world: Any) -> None:
    links = {row.step.key: row.url for row in access.path_of(world.participant).steps}
    assert links["consents"] == url("consents", world)
    Step.objects.filter(pk=world.step.pk).update(link="gone:for_good")
    assert access.path_of(world.participant).steps[0].url == ""


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
    assert len(queries) == 6


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


# --- leaving --------------------------------------------------------------------------------------------------------


def test_leaving_ends_everything_but_the_proof(world: Any, sign_in: Any) -> None:
    calls.clear()
    consent_services.grant(
        world.program, [Purpose.OWN_FIGURES, Purpose.NEWSLETTER], by=world.influencer, channel="settings"
    )
    Invitation.objects.filter(pk=world.invitation.pk).update(state="accepted", email=world.influencer.email)
    client = sign_in(world.influencer)
    listener = Room(name="tests", on_withdrawal={"own_figures": (note,)}, after_leaving=(note,))
    with rooms.using(*rooms.every(), listener):
        answer = client.post(url("participation_leave", world))
    assert answer.url == reverse("home:start")
    world.participant.refresh_from_db()
    assert (world.participant.state, world.participant.left_on) == ("left", timezone.localdate())
    assert spans(world.participant)[0][1] == timezone.localdate()
    assert not Membership.objects.filter(user=world.influencer, ended_at=None).exists()
    assert consents.granted(world.influencer, world.program) == frozenset()
    assert ConsentEvent.objects.filter(user=world.influencer, action="withdrawn", channel="leave").count() == 3
    assert ConsentEvent.objects.filter(user=world.influencer, action="granted").count() == 3
    assert not Invitation.objects.filter(email=world.influencer.email).exists()
    assert calls == [(world.influencer, world.program)] * 2
    assert client.get(url("path", world)).status_code == 404


def fail(user: Any, program: Any) -> None:
    raise LookupError


def test_a_room_above_that_fails_takes_the_leaving_back(world: Any) -> None:
    before = consents.granted(world.influencer, world.program)
    failing = Room(name="tests", after_leaving=(fail,))
    with rooms.using(*rooms.every(), failing), pytest.raises(LookupError):
        services.leave(world.participant, by=world.influencer)
    world.participant.refresh_from_db()
    assert world.participant.state == "active"
    assert consents.granted(world.influencer, world.program) == before


def test_other_roles_stay(world: Any) -> None:
    Membership.objects.create(user=world.influencer, program=world.program, role="coach")
    services.leave(world.participant, by=world.influencer)
    roles = Membership.objects.filter(user=world.influencer, ended_at=None).values_list("role", flat=True)
    assert list(roles) == ["coach"]


def test_coming_back_within_thirty_days_asks_for_every_other_consent_anew(world: Any, sign_in: Any) -> None:
    consent_services.grant(world.program, [Purpose.NEWSLETTER], by=world.influencer, channel="settings")
    client = sign_in(world.influencer)
    client.post(url("participation_leave", world))
    assert [each.pk for each in access.may_return_to(world.influencer)] == [world.participant.pk]
    assert client.post(url("participation_resume", world)).status_code == 302
    assert client.get(url("path", world)).status_code == 200
    world.participant.refresh_from_db()
    assert (world.participant.state, world.participant.left_on) == ("active", None)
    assert consents.granted(world.influencer, world.program) == {Purpose.PARTICIPATION}
    assert access.may_return_to(world.influencer) == []


def test_after_thirty_days_it_needs_a_new_invitation(world: Any, sign_in: Any) -> None:
    services.leave(world.participant, by=world.influencer)
    long_ago = timezone.localdate() - timedelta(days=31)
    Span.objects.filter(participant=world.participant).update(end_on=long_ago)
    Participant.objects.filter(pk=world.participant.pk).update(left_on=long_ago)
    assert sign_in(world.influencer).post(url("participation_resume", world)).status_code == 404
    assert access.may_return_to(world.influencer) == []


def test_withdrawing_the_consent_to_take_part_is_leaving(world: Any) -> None:
    consent_services.withdraw(world.program, [Purpose.PARTICIPATION], by=world.influencer, channel="settings")
    world.participant.refresh_from_db()
    assert world.participant.state == "left"
