"""Figure 25: how often media and events asked people of the program."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from analytics.activities.models import Activity
from analytics.kpis import jobs
from analytics.kpis.definitions import definitions
from analytics.kpis.models import Cell
from tests.analytics.kpis.test_publish import LAST, TODAY, calm, cell, people
from tests.factories.kpis import make_cell

__all__ = ["calm"]
KPI = "speaker_requests"


def log(world: Any, user: Any, times: int, *, kind: str = "request") -> None:
    Activity.objects.bulk_create(
        Activity(program=world.program, user=user, on=LAST, kind=kind, minutes=1) for _ in range(times)
    )


def found(world: Any) -> Cell:
    return cell(world, 1, kpi=KPI)


def test_it_is_what_a_hand_counts(calm: Any) -> None:
    """Six people twice and six once: 18. What they posted besides is no request."""
    for number, user in enumerate(people(calm, 1, 12)):
        log(calm, user, 2 - number % 2)
        log(calm, user, 3, kind="talk")
    jobs.publish(calm.program, TODAY)
    assert (found(calm).state, found(calm).value) == ("shown", Decimal(18))


def test_of_few_who_were_asked_nothing_is_said(calm: Any) -> None:
    """However many log something: of twelve people eight were asked, and who reads the sum and has four accounts would
    know of four others how often."""
    for number, user in enumerate(people(calm, 1, 12)):
        log(calm, user, 1, kind="post")
        if number < 8:
            log(calm, user, 2)
    jobs.publish(calm.program, TODAY)
    assert found(calm).state == "too_few"
    assert found(calm).value is None


def test_one_person_who_is_asked_all_the_time_is_not_read_out(calm: Any) -> None:
    for number, user in enumerate(people(calm, 1, 12)):
        log(calm, user, 40 if number == 0 else 1)
    jobs.publish(calm.program, TODAY)
    assert found(calm).value is None


def test_a_request_that_is_logged_later_is_counted(calm: Any) -> None:
    crowd = people(calm, 1, 12)
    for user in crowd:
        log(calm, user, 1)
    jobs.publish(calm.program, TODAY)
    for user in crowd:
        log(calm, user, 1)
    jobs.publish(calm.program, TODAY)
    assert found(calm).value == 24


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_page_of_figures_and_the_catalogue_say_it(world: Any, sign_in: Any, language: str) -> None:
    Cell.objects.filter(program=world.program).delete()
    make_cell(world.program, KPI, date(2026, 10, 1), Decimal(18), numerator=Decimal(18))
    type(world.manager).objects.filter(pk=world.manager.pk).update(language=language)
    text = sign_in(world.manager).get(reverse("analytics:dashboard", args=[world.program.slug])).text
    said = {"en": "organizers asked <em>18</em> times", "de": "Veranstaltende <em>18</em> Mal"}[language]
    assert said in text
    text = sign_in(world.manager).get(reverse("analytics:kpi", args=[world.program.slug, KPI])).text
    assert definitions()[KPI].texts["definition"][language] in text


def test_it_is_logged_and_said_in_the_own_week(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    address = reverse("analytics:activity_new", args=[world.program.slug])
    assert client.post(address, {"kind": "request"}).status_code in (200, 302)
    assert Activity.objects.filter(user=world.influencer, kind="request").count() == 1
