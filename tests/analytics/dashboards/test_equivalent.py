"""The advertising equivalent: off unless a manager turns it on, with price and currency, from published cells alone."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from analytics.kpis.models import Cell
from analytics.kpis.models_cost import EquivalentPrice
from core.journal.models import Entry
from tests.factories.kpis import make_cell

MONTH = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def published(world: Any) -> Any:
    with time_machine.travel("2026-11-20 09:00Z", tick=True):
        Cell.objects.filter(program=world.program).delete()
        make_cell(world.program, "impressions", MONTH, Decimal(70_000))
        make_cell(world.program, "impressions", date(2026, 9, 1), None, state=Cell.State.TOO_FEW)
        yield


def at(world: Any, name: str, *more: str) -> str:
    return reverse(f"analytics:{name}", args=[world.program.slug, *more])


def figure(client: Any, world: Any) -> str:
    return str(client.get(at(world, "kpi", "media_value")).text.replace("\N{NO-BREAK SPACE}", " "))


PRICED = re.compile(r"385\sEUR")  # the number alone stands in many a chart


def turn(client: Any, world: Any, **sent: str) -> Any:
    return client.post(at(world, "equivalent"), sent)


def test_it_is_off_until_a_manager_turns_it_on(world: Any, sign_in: Any) -> None:
    assert "A program manager can turn it on" in figure(sign_in(world.influencer), world)
    assert "70,000" not in figure(sign_in(world.manager), world)
    assert at(world, "equivalent") in figure(sign_in(world.manager), world)
    assert at(world, "equivalent") not in figure(sign_in(world.executive), world)


def test_turned_on_it_says_its_price_and_that_it_is_no_value(world: Any, sign_in: Any) -> None:
    assert turn(sign_in(world.manager), world, is_shown="on", per_thousand="5.50").status_code == 302
    page = figure(sign_in(world.executive), world)
    assert "70,000 ÷ 1,000 × 5.50 EUR" in page
    assert "<b>385 EUR</b>" in page
    assert PRICED.search(page)
    assert "A rough equivalent, no value and no return" in page
    assert "assumed price of 5.50 EUR per 1,000 impressions" in page
    assert "Fewer than 9 people have a figure here" in page


def test_it_is_on_no_other_page(world: Any, sign_in: Any) -> None:
    turn(sign_in(world.manager), world, is_shown="on", per_thousand="5.50")
    client = sign_in(world.manager)
    for name in ("dashboard", "reports", "scorecard", "targets", "costs"):
        assert not PRICED.search(client.get(at(world, name)).text)
    assert not PRICED.search(client.get(reverse("home:program", args=[world.program.slug])).text)


def test_turned_off_nothing_of_it_is_shown_and_the_log_knows(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    turn(client, world, is_shown="on", per_thousand="5.50")
    turn(client, world, per_thousand="5.50")
    assert "70,000" not in figure(client, world)
    assert Entry.objects.filter(verb="kpis.equivalent_set").count() == 2


@pytest.mark.parametrize("price", ["", "0", "-1", "much"])
def test_without_a_price_it_is_not_turned_on(price: str, world: Any, sign_in: Any) -> None:
    assert turn(sign_in(world.manager), world, is_shown="on", per_thousand=price).status_code == 422
    assert not EquivalentPrice.objects.filter(is_shown=True).exists()


def test_only_who_leads_the_program_turns_it_on(world: Any, sign_in: Any) -> None:
    for person in (world.influencer, world.coach, world.executive, world.council, world.stranger):
        assert turn(sign_in(person), world, is_shown="on", per_thousand="5").status_code in (403, 404)
    assert not EquivalentPrice.objects.filter(is_shown=True).exists()
