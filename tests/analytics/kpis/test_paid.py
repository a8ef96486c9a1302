"""The company account with and without what was paid for, and formulas of before."""

from datetime import date
from typing import Any

import pytest

from analytics.kpis import jobs
from analytics.kpis.contributions import company_apart
from analytics.kpis.models import Cell
from analytics.metrics.models import Metric, Segment, WeekTotal
from programs.membership.models_standing import StandingCount
from tests.factories import kpis as make

TODAY = date(2026, 11, 16)
WEEKS = make.mondays(TODAY, 14)
ALL, ORGANIC, SPONSORED = Segment.ALL, Segment.ORGANIC, Segment.SPONSORED


@pytest.mark.parametrize(
    ("told", "organic", "paid"),
    [
        ({ALL: 100, ORGANIC: 70, SPONSORED: 30}, 70, 30),
        ({ALL: 100, ORGANIC: 70}, 70, 30),
        ({ALL: 100, SPONSORED: 30}, 70, 30),
        ({ORGANIC: 70}, 70, None),
        ({SPONSORED: 30}, None, 30),
    ],
)
def test_what_is_told_is_enough_to_tell_them_apart(told: dict[int, int], organic: int | None, paid: int | None) -> None:
    own, bought = company_apart({(1, WEEKS[0]): {1: told}})
    assert own.get(WEEKS[0], {}).get(1) == organic
    assert bought.get(WEEKS[0], {}).get(1) == paid


def test_an_account_that_does_not_tell_counts_as_not_paid_for() -> None:
    assert company_apart({(1, WEEKS[0]): {1: {ALL: 100}}}) == ({}, {})
    own, bought = company_apart({(1, WEEKS[0]): {1: {ALL: 100}}, (2, WEEKS[0]): {1: {ORGANIC: 7, SPONSORED: 3}}})
    assert (own[WEEKS[0]][1], bought[WEEKS[0]][1]) == (107, 3)


@pytest.fixture
def calm(world: Any) -> Any:
    world.program.participants.all().delete()
    world.program.generations.all().delete()
    world.program.accounts.all().delete()
    generation = make.make_generation(world.program, 1, WEEKS[0])
    for place in range(10):
        user = make.make_person(world.program, generation, f"P {place}", joined_on=WEEKS[0])
        figures = {Metric.IMPRESSIONS: 1000, Metric.ENGAGEMENTS: 40}
        make.make_figures(make.make_account(world.program, user), dict.fromkeys(WEEKS, figures))
    return world


def company(world: Any, *segments: tuple[int, int, int]) -> None:
    account = make.make_account(world.program, None)
    for segment, seen, reactions in segments:
        for week in WEEKS:
            for metric, value in ((Metric.IMPRESSIONS, seen), (Metric.REACTIONS, reactions)):
                WeekTotal.objects.create(
                    program=world.program, account=account, metric=metric, segment=segment, week=week, value=value
                )


def newest(kpi: str, series: str = "people", period: str = "month") -> Any:
    return Cell.objects.filter(kpi=kpi, series=series, generation=None, period=period).latest("start_on")


def test_people_are_compared_with_what_was_not_paid_for(calm: Any) -> None:
    company(calm, (ALL, 4000, 50), (ORGANIC, 2000, 40), (SPONSORED, 2000, 10))
    jobs.publish(calm.program, TODAY)
    assert newest("engagement_rate", "company").value == newest("engagement_rate", "organic").value * 5 / 8
    assert newest("impressions", "paid", "week").value == 2000
    assert newest("people_vs_company").value == 200
    assert newest("people_vs_company").formula_version == 2


def test_a_program_without_paid_posts_has_no_cells_of_them(calm: Any) -> None:
    company(calm, (ALL, 4000, 40))
    jobs.publish(calm.program, TODAY)
    assert not Cell.objects.filter(program=calm.program, series__in=("organic", "paid")).exists()
    assert newest("people_vs_company").value == 400


def test_a_company_that_changes_from_week_to_week_is_compared_with_itself_of_that_week(calm: Any) -> None:
    company(calm, (ALL, 2000, 40))
    WeekTotal.objects.filter(account__kind="company", metric=Metric.REACTIONS, week=WEEKS[-1]).update(value=80)
    jobs.publish(calm.program, TODAY)
    assert newest("people_vs_company", period="week").value == 100
    assert (
        Cell.objects.get(
            kpi="people_vs_company", series="people", generation=None, period="week", start_on=WEEKS[-2]
        ).value
        == 200
    )


def test_a_figure_by_a_formula_of_before_stays_what_it_was(calm: Any) -> None:
    company(calm, (ALL, 2000, 40))
    jobs.publish(calm.program, TODAY)
    old = newest("people_vs_company")
    Cell.objects.filter(pk=old.pk).update(formula_version=1, value=123)
    jobs.publish(calm.program, TODAY)
    old.refresh_from_db()
    assert (old.value, old.formula_version) == (123, 1)
    Cell.objects.filter(pk=old.pk).update(formula_version=2)
    jobs.publish(calm.program, TODAY)
    old.refresh_from_db()
    assert old.value == 200
    Cell.objects.filter(pk=old.pk).update(formula_version=1)
    hidden = Cell.objects.filter(kpi="engagement_rate", series="people", generation=None)
    nothing = dict.fromkeys(("value", "numerator", "denominator", "people"))
    assert hidden.update(state="too_few", **nothing), "what readers have seen would stay"
    StandingCount.objects.update(said={})
    calm.program.group_minimum = 8
    calm.program.save()
    jobs.publish(calm.program, TODAY)
    assert newest("people_vs_company").value is None, "what is hidden now is not kept by an old formula"
