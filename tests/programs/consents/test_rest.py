"""Taking back a consent with things behind it: shown first, out of every sum at once, destroyed after thirty days."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from analytics.activities.models import Activity
from analytics.imports.models import ImportRun
from analytics.kpis.columns import Roll
from analytics.kpis.jobs import FAMILIES
from analytics.kpis.models import PublishRequest
from analytics.kpis.weeks import ended_weeks
from analytics.metrics.models import Metric, Reading
from core.people.models import User
from programs.consents import access, jobs, queries, services
from programs.consents.models import Erasure, Purpose
from tests.at_once import at_once
from tests.factories.kpis import make_figures

OWN = Purpose.OWN_FIGURES


def url(world: Any, name: str = "consents", purpose: str = "") -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *([purpose] if purpose else [])])


def figures_of(person: User) -> tuple[int, int]:
    runs = ImportRun.objects.filter(account__user=person)
    return Reading.objects.filter(account__user=person).count(), runs.count()


@pytest.fixture
def person(world: Any) -> User:
    weeks = ended_weeks(world.today)[-4:]
    make_figures(world.account, {week: {Metric.IMPRESSIONS: 900, Metric.REACTIONS: 40} for week in weeks})
    assert min(figures_of(world.influencer)) > 0
    assert OWN in access.granted(world.influencer, world.program)
    return world.influencer


def withdraw(world: Any, person: User) -> None:
    services.withdraw(world.program, [OWN], by=person, channel="settings")


def test_the_switch_alone_destroys_and_withdraws_nothing(world: Any, person: User, sign_in: Any) -> None:
    before = figures_of(person)
    client = sign_in(person)
    answer = client.post(url(world, "consent_set", "own_figures"), {"on": "0"})
    assert answer.url == url(world, "consent_withdraw", "own_figures")
    assert OWN in access.granted(person, world.program)
    page = client.get(answer.url)
    html = page.content.decode()
    numbers = {each.number for each in page.context["held"]}
    assert set(before) <= numbers
    assert html.index(reverse("privacy:export")) < html.index('type="submit"', html.index("<main"))
    assert OWN in access.granted(person, world.program)


def test_a_withdrawal_rests_and_can_be_taken_back(world: Any, person: User, sign_in: Any) -> None:
    before = figures_of(person)
    client = sign_in(person)
    page = client.post(url(world, "consent_withdraw", "own_figures"), follow=True)
    (told,) = page.context["messages"]
    assert OWN not in access.granted(person, world.program)
    assert figures_of(person) == before
    assert [rest.text.key for rest in page.context["rests"]] == ["own_figures"]
    assert client.post(told.extra_tags.removeprefix("undo:")).status_code == 302
    assert OWN in access.granted(person, world.program)
    assert not Erasure.objects.filter(user=person).exists()
    with time_machine.travel(timezone.now() + timedelta(days=60), tick=False):
        jobs.erase_due()
    assert figures_of(person) == before


def test_switching_on_again_brings_it_back_as_well(world: Any, person: User, sign_in: Any) -> None:
    before = figures_of(person)
    withdraw(world, person)
    sign_in(person).post(url(world, "consent_set", "own_figures"), {"on": "1"})
    assert not Erasure.objects.filter(user=person).exists()
    assert figures_of(person) == before


def test_it_goes_when_the_last_day_is_over_and_not_before(world: Any, person: User, sign_in: Any) -> None:
    logged, others = Activity.objects.filter(user=person).count(), figures_of(world.influencer2)
    withdraw(world, person)
    evening = timezone.localtime().replace(hour=23, minute=50)
    with time_machine.travel(evening + timedelta(days=30), tick=False):
        jobs.erase_due()
        assert min(figures_of(person)) > 0
    with time_machine.travel(evening + timedelta(days=31), tick=False):
        assert jobs.erase_due().failed == 0
        assert figures_of(person) == (0, 0)
        again = sign_in(person).post(url(world, "consent_restore", "own_figures"))
        assert again.status_code == 404
    assert Activity.objects.filter(user=person).count() == logged, "what was logged hangs on another consent"
    assert figures_of(world.influencer2) == others


def test_too_late_is_said_kindly(world: Any, person: User, sign_in: Any) -> None:
    withdraw(world, person)
    Erasure.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    page = sign_in(person).post(url(world, "consent_restore", "own_figures"), follow=True)
    assert "too late" in page.content.decode()
    assert OWN not in access.granted(person, world.program)


def test_figures_that_rest_count_nowhere(world: Any, person: User) -> None:
    services.grant(world.program, [Purpose.GROUP_FIGURES], by=person, channel="settings")
    weeks = ended_weeks(world.today)
    everybody = {person.pk, world.influencer2.pk}

    def counted() -> set[str]:
        roll = Roll(everybody, resting=queries.people_whose_rests(world.program.pk, OWN))
        place = roll.places[person.pk]
        found = [gather(world.program, weeks, roll) for gather, *_ in FAMILIES]
        return {
            kpi
            for columns in found
            for kpi, rows in columns.items()
            if any(each.above[place] for each in rows.values())
        }

    before = counted()
    assert "impressions" in before
    PublishRequest.objects.all().delete()
    withdraw(world, person)
    assert counted() & {"impressions", "interactions", "engagement_rate", "network_growth", "dialog_rate"} == set()
    assert PublishRequest.objects.filter(program=world.program).exists()
    services.grant(world.program, [OWN], by=person, channel="settings")
    assert counted() == before


def test_figures_that_rest_are_seen_by_nobody(world: Any, person: User, sign_in: Any) -> None:
    client = sign_in(person)
    mine = reverse("analytics:mine", args=[world.program.slug])
    assert not client.get(mine).context["own"].is_empty
    withdraw(world, person)
    page = client.get(mine)
    assert "Your figures are on hold" in page.content.decode()
    assert (page.context["own"].weeks, page.context["own"].posts) == ({}, [])


@pytest.mark.parametrize("purpose", ["newsletter", "team_sees_onboarding", "group_figures"])
def test_where_nothing_hangs_on_it_the_switch_is_enough(world: Any, person: User, sign_in: Any, purpose: str) -> None:
    services.grant(world.program, [purpose], by=person, channel="settings")
    sign_in(person).post(url(world, "consent_set", purpose), {"on": "0"})
    assert purpose not in access.granted(person, world.program)
    assert not Erasure.objects.filter(user=person).exists()


def test_group_figures_follow_the_switch_at_once(world: Any, person: User, sign_in: Any) -> None:
    for on in "10":
        PublishRequest.objects.all().delete()
        sign_in(person).post(url(world, "consent_set", "group_figures"), {"on": on})
        assert PublishRequest.objects.filter(program=world.program).exists()


def test_what_rests_of_others_does_not_exist(world: Any, person: User, sign_in: Any) -> None:
    withdraw(world, person)
    for name in world.sessions.keys() - {"influencer"}:
        client = sign_in(getattr(world, name))
        for page in ("consent_erase", "consent_restore"):
            assert client.post(url(world, page, "own_figures")).status_code == 404
    assert Erasure.objects.filter(user=person, due_on__gt=timezone.localdate()).exists()


@pytest.mark.django_db(transaction=True)
def test_to_and_fro_in_twenty_windows_ends_whole(world: Any, person: User) -> None:
    before = figures_of(person)
    turns = iter([services.withdraw, services.grant] * 10)
    at_once(lambda: next(turns)(world.program, [OWN], by=person, channel="settings"))
    rests = Erasure.objects.filter(user=person, purpose=OWN).exists()
    assert (OWN in access.granted(person, world.program)) is not rests
    assert figures_of(person) == before
