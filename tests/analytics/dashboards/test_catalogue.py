"""The catalogue of 45 figures, and a figure with a program's numbers in its formula."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from analytics.kpis import catalogue
from analytics.kpis.models import Cell
from tests.factories.kpis import make_cell

MONTH = date(2026, 10, 1)


def page(client: Any, world: Any, key: str = "", **asked: str) -> Any:
    name, args = ("analytics:kpi", [key]) if key else ("analytics:kpi_catalogue", [])
    return client.get(reverse(name, args=[world.program.slug, *args]), asked)


def test_every_figure_from_1_to_45_is_there_once_in_both_languages() -> None:
    entries = [entry for group in catalogue.groups() for entry in group.entries]
    assert sorted(entry.number for entry in entries) == list(range(1, 46))
    assert len({entry.definition.key for entry in entries}) == 45
    for entry in entries:
        assert entry.facts
        assert entry.review_on > entry.reviewed_on
        assert entry.definition.minimum_n >= 5 or entry.definition.visibility == "program"


@pytest.mark.parametrize(
    ("said", "number"), [("Werbeäquivalent", 19), ("advertising EQUIVALENT", 19), ("clicks seen", 13)]
)
def test_one_is_found_by_its_words_in_either_language(said: str, number: int, world: Any, sign_in: Any) -> None:
    answer = page(sign_in(world.executive), world, q=said)
    assert number in [entry.number for group in answer.context["groups"] for entry in group.entries]
    assert answer.context["count"] < 6
    assert "No figure has these words" in page(sign_in(world.executive), world, q="xyzzy <b>").text


def test_the_formula_has_the_published_numbers_in_it_and_no_others(world: Any, sign_in: Any) -> None:
    Cell.objects.filter(program=world.program).delete()
    parts = {"numerator": Decimal(530), "denominator": Decimal(12_400)}
    make_cell(world.program, "engagement_rate", MONTH, Decimal("0.042742"), **parts)
    make_cell(world.program, "engagement_rate", date(2026, 9, 1), None, state=Cell.State.TOO_FEW)
    answer = page(sign_in(world.executive), world, "engagement_rate").text
    assert "530 ÷ 12,400 = 4.3%" in answer
    assert "Fewer than 9 people have a figure here, or it would tell too much about one or two." in answer
    make_cell(world.program, "interactions", MONTH, 7_977, numerator=Decimal(7_977))
    assert "would tell how many" not in page(sign_in(world.executive), world, "interactions").text
    make_cell(world.program, "activity_rate", MONTH, Decimal("0.80"))
    answer = page(sign_in(world.executive), world, "activity_rate").text
    assert "would tell how many people there are" in answer
    assert "80%" in answer


def test_what_is_not_calculated_says_so(world: Any, sign_in: Any) -> None:
    client = sign_in(world.council)
    assert "does not calculate it yet" in page(client, world, "network_feedback").text
    assert "Guidelines" in page(client, world, "guideline_agreement").text
    assert page(client, world, "nothing").status_code == 404
