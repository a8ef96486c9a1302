"""Objectives of a quarter: key results stand where published figures or the team's own words say they do."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from analytics.kpis.models import Cell
from analytics.scorecard import services_objectives as services
from analytics.scorecard.models_objectives import CheckIn, KeyResult, Objective
from analytics.scorecard.objectives import ShownResult
from analytics.scorecard.pages_objectives import QuarterPage
from analytics.scorecard.quarters import next_quarter, passed, quarter_asked, quarter_before, quarter_of
from core.journal.models import Entry
from tests.factories.kpis import make_cell
from tests.factories.scorecard import QUARTER
from tests.world import client_of


def address(name: str, world: Any, *args: Any, **query: str) -> str:
    return reverse(f"analytics:{name}", args=[world.program.slug, *args], query=query)


def page(role: str, world: Any, quarter: date = QUARTER) -> str:
    client = client_of(role, world)
    return str(client.get(address("objectives", world, quarter=quarter.isoformat())).content.decode())


def result_on(world: Any, kpi: str, target: str, **more: Any) -> KeyResult:
    values: dict[str, Any] = {"text": f"By {kpi}", "kpi": kpi, "target": Decimal(target), **more}
    return services.add_result(world.objective, by=world.manager, **values)


def shown(world: Any, result: KeyResult, quarter: date = QUARTER) -> ShownResult:
    rows = QuarterPage(world.program, quarter).rows
    return next(each.shown for row in rows for each in row.results if each.result.pk == result.pk)


def test_a_figure_is_the_newest_published_month_of_the_quarter_and_no_other(world: Any) -> None:
    Cell.objects.filter(program=world.program).delete()
    result = result_on(world, "value_mix", "0.80")
    make_cell(world.program, "value_mix", date(2026, 9, 1), "0.60")
    assert shown(world, result).value == "–"
    assert shown(world, result).start == "60%"
    assert shown(world, result).source == "nothing published in this quarter yet"
    make_cell(world.program, "value_mix", date(2026, 10, 1), "0.70")
    now = shown(world, result)
    assert (now.value, now.share, now.source, now.is_reached) == ("70%", 50, "October 2026", False)
    assert "70%" in page("executive", world)


def test_a_hidden_month_says_why_and_has_no_number(world: Any) -> None:
    Cell.objects.filter(program=world.program).delete()
    result = result_on(world, "value_mix", "0.80", start=Decimal("0.5"))
    told: dict[str, Any] = {"kpi": "value_mix", "period": "month", "start_on": date(2026, 10, 1), "state": "too_few"}
    Cell.objects.create(program=world.program, formula_version=1, published_at=timezone.now(), **told)
    now = shown(world, result)
    assert (now.value, now.share, now.word) == ("–", None, "")
    assert now.source.startswith("Fewer than")


def test_a_sum_of_another_number_of_people_is_said_to_be_one(world: Any) -> None:
    Cell.objects.filter(program=world.program).delete()
    result = result_on(world, "impressions", "9000")
    make_cell(world.program, "impressions", date(2026, 9, 1), 1000, people=20)
    make_cell(world.program, "impressions", date(2026, 10, 1), 5000, people=40)
    assert shown(world, result).source == "October 2026, of another number of people than at the start"


@pytest.mark.parametrize(
    ("start", "value", "target", "share", "is_reached"),
    [
        ("10", "30", "50", 50, False),
        ("10", "60", "50", 100, True),
        ("10", "5", "50", 0, False),
        ("40", "20", "10", 67, False),
        ("40", "10", "10", 100, True),
        ("0", None, "10", None, False),
    ],
)
def test_the_way_is_measured_from_the_start(
    start: str, value: str | None, target: str, share: int | None, is_reached: bool
) -> None:
    told = {"text": "", "kpi": "", "unit": "", "start": start, "value": value, "target": target, "is_floor": False}
    result = ShownResult(told, 5, 50)
    assert (result.share, result.is_reached) == (share, is_reached)


@pytest.mark.parametrize(
    ("value", "is_floor", "target", "word"),
    [
        ("15", False, "50", "behind"),
        ("15", True, "50", ""),
        ("40", True, "50", ""),
        ("60", True, "50", "reached"),
        ("4", False, "5", "reached"),
        ("4", True, "5", ""),
    ],
)
def test_at_least_so_much_is_not_behind(value: str, is_floor: bool, target: str, word: str) -> None:
    told = {"text": "", "kpi": "", "unit": "", "start": "10", "value": value, "target": target, "is_floor": is_floor}
    assert ShownResult(told, 5, 50).word == word


def test_what_is_told_by_hand_is_checked_in_withdrawn_and_back(world: Any) -> None:
    client, result = client_of("manager", world), world.key_result
    assert shown(world, result).value == "30\N{NO-BREAK SPACE}talks"
    form = {"outlook": "needs_help", "value": "41.5", "text": "HR has no time."}
    assert (
        client.post(address("check_in_new", world, result.pk), {"outlook": "at_risk", "value": "1"}).status_code == 422
    )
    client.post(address("check_in_new", world, result.pk), form)
    written = CheckIn.objects.get(text="HR has no time.")
    assert written.by == world.manager
    assert shown(world, result).value.startswith("41.5")
    seen = page("executive", world)
    assert "HR has no time." in seen
    assert "needs help" in seen
    client.post(address("check_in_withdraw", world, written.pk))
    assert "HR has no time." not in page("executive", world)
    assert shown(world, result).value.startswith("30")
    client.post(address("check_in_restore", world, written.pk))
    assert "HR has no time." in page("executive", world)
    verbs = Entry.objects.filter(program_id=world.program.pk, subject_id=result.pk).values_list("verb", flat=True)
    assert {"scorecard.check_in_added", "scorecard.check_in_removed", "scorecard.check_in_restored"} <= set(verbs)


def test_who_may_not_write_finds_no_button(world: Any) -> None:
    assert address("objective_new", world) in page("manager", world)
    for role in ("executive", "influencer"):
        seen = page(role, world)
        assert "Fifty talks" in seen
        assert "Too many" not in seen
        assert address("objective_new", world) not in seen
        assert address("check_in_new", world, world.key_result.pk) not in seen


def test_the_next_quarter_takes_them_along_once(world: Any) -> None:
    result_on(world, "value_mix", "0.80", start=Decimal("0.5"))
    client, to = client_of("manager", world), next_quarter(QUARTER)
    for _press in range(2):
        client.post(address("objectives_copy", world), {"quarter": QUARTER.isoformat()})
    copy = Objective.objects.get(program=world.program, quarter=to)
    by_hand, figure = copy.results.order_by("kpi")
    assert (by_hand.start, by_hand.target, by_hand.check_ins.count()) == (30, 50, 0)
    assert (figure.kpi, figure.start) == ("value_mix", None)
    assert "Be talked with" in page("executive", world, to)


def test_shares_are_typed_in_percent(world: Any) -> None:
    client = client_of("manager", world)
    new = address("key_result_new", world, world.objective.pk)
    client.post(
        new, {"text": "Value", "kpi": "value_mix", "start": "60", "target": "80", "place": 2, "unit": "ignored"}
    )
    made = KeyResult.objects.get(text="Value")
    assert (made.start, made.target, made.unit) == (Decimal("0.6"), Decimal("0.8"), "")
    assert 'value="60"' in client.get(address("key_result_edit", world, made.pk)).content.decode()
    for wrong in ({"start": ""}, {"start": "80"}):
        typed = {"text": "No", "kpi": "", "target": "80", "place": 2} | wrong
        assert client.post(new, typed).status_code == 422


def test_a_result_that_leads_nowhere_is_refused_by_the_database(world: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        result_on(world, "", "5", start=Decimal(5))
    with pytest.raises(IntegrityError), transaction.atomic():
        result_on(world, "", "5")


def test_removed_with_its_results_and_back(world: Any) -> None:
    client, pk = client_of("manager", world), world.objective.pk
    client.post(address("objective_remove", world, pk))
    assert "Fifty talks" not in page("executive", world)
    assert client.get(address("key_result_edit", world, world.key_result.pk)).status_code == 404
    client.post(address("objective_restore", world, pk))
    assert "Fifty talks" in page("executive", world)


def test_more_of_them_cost_no_more_queries(world: Any) -> None:
    client, here = client_of("influencer", world), address("objectives", world, quarter=QUARTER.isoformat())
    result_on(world, "value_mix", "0.80")
    client.get(here)
    with CaptureQueriesContext(connection) as one:
        client.get(here)
    for number in range(3):
        each = services.add_objective(world.program, quarter=QUARTER, text=f"More {number}", by=world.manager)
        services.add_result(each, text="x", kpi="impressions", target=Decimal(number + 1), by=world.manager)
    with CaptureQueriesContext(connection) as more:
        assert "More 2" in client.get(here).content.decode()
    assert len(more) == len(one)


def test_an_empty_quarter_teaches(world: Any) -> None:
    for role in ("manager", "executive"):
        assert "No objectives for this quarter yet" in page(role, world, date(2024, 1, 1))


def test_quarters() -> None:
    assert quarter_of(date(2026, 12, 31)) == date(2026, 10, 1)
    assert next_quarter(date(2026, 10, 1)) == date(2027, 1, 1)
    assert quarter_before(date(2027, 1, 1)) == date(2026, 10, 1)
    assert passed(date(2026, 10, 1), date(2026, 11, 16)) == 50
    assert passed(date(2026, 10, 1), date(2027, 5, 1)) == 100
    for strange in ("", "x", "9999-12-31", "0001-01-01"):
        assert quarter_asked(strange, QUARTER) == QUARTER


@pytest.mark.parametrize(("value", "share", "word"), [("0.90", 100, "reached"), ("0.60", None, "")])
def test_a_figure_that_was_there_before_the_quarter_is_reached_until_it_falls(
    value: str, share: int | None, word: str
) -> None:
    told = {"text": "", "kpi": "activity_rate", "unit": "", "start": "0.85", "value": value, "target": "0.75"}
    result = ShownResult(told | {"is_floor": False}, 5, 50)
    assert (result.share, result.word) == (share, word)
