"""My consents: each with a switch, and the history of what was decided."""

from typing import Any

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.kit import page_cache
from programs.consents import access, services
from programs.consents import queries as consents_queries
from programs.consents.models import ConsentEvent, Purpose
from tests.factories.generations import make_participant
from tests.world import make_user


@pytest.fixture
def person(world: Any) -> Any:
    """Somebody who has joined and decided on nothing else."""
    user = make_user("frieda")
    make_participant(user, world.generation)
    return user


def url(world: Any, purpose: str = "") -> str:
    args = [world.program.slug, purpose] if purpose else [world.program.slug]
    return reverse("programs:consent_set" if purpose else "programs:consents", args=args)


def test_a_consent_is_switched_on_and_off(world: Any, person: Any, sign_in: Any) -> None:
    client = sign_in(person)
    for on in "1100":
        assert client.post(url(world, "team_sees_onboarding"), {"on": on}).url == url(world)
    lines = ConsentEvent.objects.filter(user=person, purpose="team_sees_onboarding").order_by("pk")
    assert list(lines.values_list("action", "channel")) == [("granted", "settings"), ("withdrawn", "settings")]
    page = client.get(url(world))
    states = {choice.text.key: choice.is_granted for choice in page.context["choices"]}
    assert states == {
        "participation": True,
        "own_figures": False,
        "group_figures": False,
        "team_sees_onboarding": False,
        "newsletter": False,
        "directory": False,
    }
    assert [(line.purpose, line.action) for line, _title in page.context["lines"]] == [
        ("team_sees_onboarding", "withdrawn"),
        ("team_sees_onboarding", "granted"),
        ("participation", "granted"),
    ]


def test_others_are_offered_the_newsletter_only(world: Any, sign_in: Any) -> None:
    client = sign_in(world.executive)
    assert [choice.text.key for choice in client.get(url(world)).context["choices"]] == ["newsletter"]
    assert client.post(url(world, "own_figures"), {"on": "1"}).status_code == 404
    assert client.post(url(world, "nonsense"), {"on": "1"}).status_code == 404


@pytest.mark.parametrize("data", [{}, {"on": "yes"}, {"on": "\x00"}])
def test_a_switch_that_says_nothing_changes_nothing(world: Any, sign_in: Any, data: dict[str, str]) -> None:
    before = ConsentEvent.objects.count()
    assert sign_in(world.influencer).post(url(world, "team_sees_onboarding"), data).status_code == 400
    assert ConsentEvent.objects.count() == before


def test_no_page_of_the_program_is_slower_because_somebody_decided(world: Any, person: Any) -> None:
    program, made = world.program, []

    def taken() -> None:
        page_cache.taken(f"program:{program.pk}", "x", lambda: made.append("made"))

    taken()
    for decide in (services.grant, services.withdraw):
        with TestCase.captureOnCommitCallbacks(execute=True):
            assert decide(program, [Purpose.GROUP_FIGURES], by=person, channel="settings")
        taken()
    assert made == ["made"]
    with TestCase.captureOnCommitCallbacks(execute=True):
        services.withdraw(program, [Purpose.PARTICIPATION], by=person, channel="settings")
    taken()
    assert made == ["made", "made"], "who takes part is seen by name"


def test_nobody_joins_by_a_switch(world: Any, sign_in: Any) -> None:
    assert sign_in(world.influencer).post(url(world, "participation"), {"on": "1"}).status_code == 403


def test_switching_the_participation_off_leads_to_the_page_of_leaving(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    leave = reverse("programs:participation_leave", args=[world.program.slug])
    assert client.post(url(world, "participation"), {"on": "0"}).url == leave
    part = client.post(url(world, "participation"), {"on": "0"}, headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (200, leave)
    world.participant.refresh_from_db()
    assert world.participant.state == "active"


def test_nobody_sees_or_changes_the_consents_of_others(world: Any, sign_in: Any) -> None:
    services.grant(world.program, [Purpose.TEAM_SEES_ONBOARDING], by=world.influencer, channel="settings")
    page = sign_in(world.influencer2).get(url(world))
    assert {line.user_id for line, _title in page.context["lines"]} == {world.influencer2.pk}
    sign_in(world.influencer2).post(url(world, "team_sees_onboarding"), {"on": "0"})
    assert Purpose.TEAM_SEES_ONBOARDING in access.granted(world.influencer, world.program)


def test_the_two_programs_of_a_person_are_kept_apart(world: Any, person: Any) -> None:
    services.grant(world.other_program, [Purpose.NEWSLETTER], by=person, channel="settings")
    assert access.granted(person, world.program) == {Purpose.PARTICIPATION}
    assert consents_queries.people_granting(world.program, Purpose.NEWSLETTER) & {person.pk} == set()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_three_lines(world: Any, person: Any, sign_in: Any, count: int) -> None:
    for purpose in (Purpose.TEAM_SEES_ONBOARDING, Purpose.NEWSLETTER)[: count - 1]:
        services.grant(world.program, [purpose], by=person, channel="settings")
    client = sign_in(person)
    client.get(url(world))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url(world))
    assert len(page.context["lines"]) == count
    assert len(queries) == 5  # session, person, roles with the program, what rests, lines
