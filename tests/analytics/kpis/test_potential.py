"""Figure 9: how many followers the participants have together, once a month, in steps that hide k people."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from analytics.kpis import jobs
from analytics.kpis.columns import Column, Roll
from analytics.kpis.drafts import Drafts
from analytics.kpis.models import Cell
from analytics.kpis.publish import about, released
from analytics.kpis.weeks import month_of, weeks_of
from analytics.metrics.models import Grain, Metric, Reading
from core.disclosure.crowd import Crowd
from core.disclosure.publication import TOTAL
from tests.analytics.kpis.test_publish import TODAY, WEEKS, calm
from tests.factories import kpis as make
from tests.factories.kpis import make_cell

__all__ = ["calm"]
KPI = "potential_reach"
MONTH = date(2026, 10, 1)
ENDS = weeks_of(MONTH)[-1] + timedelta(days=6)


def people(world: Any, size: int, *, number: int = 1) -> list[Any]:
    """Accounts of participants of whom no figure is known yet."""
    generation = make.make_generation(world.program, number, WEEKS[0])
    joined = WEEKS[0] - timedelta(days=60)
    users = [
        make.make_person(world.program, generation, f"P {number} {place}", joined_on=joined) for place in range(size)
    ]
    return [make.make_account(world.program, user) for user in users]


def stands(account: Any, followers: int, day: date = ENDS) -> None:
    Reading.objects.create(
        program=account.program, account=account, metric=Metric.FOLLOWERS_TOTAL, grain=Grain.DAY, period_start=day,
        period_end=day + timedelta(days=1), value=followers, as_of=timezone.now(), run_id=0,
    )  # fmt: skip


def found(world: Any, month: date = MONTH) -> Cell | None:
    return Cell.objects.filter(program=world.program, kpi=KPI, start_on=month).first()


def test_it_is_the_last_week_of_the_month_and_not_the_sum_of_weeks(calm: Any) -> None:
    """Twenty people with 1,000 each: 20,000, whatever was read in the weeks before."""
    for account in people(calm, 20):
        stands(account, 900, ENDS - timedelta(days=9))
        stands(account, 950, ENDS - timedelta(days=3))
        stands(account, 1000)
    jobs.publish(calm.program, TODAY)
    cell = found(calm)
    assert cell is not None
    assert (cell.state, cell.value, cell.is_floor, cell.numerator) == ("shown", Decimal(20_000), True, None)
    assert set(Cell.objects.filter(program=calm.program, kpi=KPI).values_list("period", "generation")) == {
        ("month", None)
    }
    assert month_of(weeks_of(MONTH)[-1]) == MONTH


def test_one_follower_list_that_is_missing_is_not_read_out(calm: Any) -> None:
    """Next month nobody's followers have changed, and one person's are not known: the difference of two exact sums
    would be theirs."""
    accounts = people(calm, 20)
    for number, account in enumerate(accounts):
        stands(account, 1200 + number, weeks_of(date(2026, 9, 1))[-1])
        if number != 7:
            stands(account, 1200 + number)
    jobs.publish(calm.program, TODAY)
    one, other = found(calm, date(2026, 9, 1)), found(calm)
    assert one is not None
    assert other is not None
    assert one.value == other.value == 20_000


def test_where_a_network_tells_new_followers_the_end_is_worked_back(calm: Any) -> None:
    for account in people(calm, 20):
        weeks = [week for week in WEEKS if week >= weeks_of(MONTH)[0]]
        make.make_figures(account, {week: {Metric.FOLLOWERS_NEW: 100} for week in weeks})
        later = weeks_of(MONTH)[-1] + timedelta(weeks=2, days=6)
        stands(account, 2200, later)
    jobs.publish(calm.program, TODAY)
    cell = found(calm)
    assert cell is not None
    assert cell.value == 40_000, "2,200 less two weeks of 100: 2,000 each"


def test_few_people_and_one_who_has_nearly_all_are_hidden(calm: Any) -> None:
    for account in people(calm, 8):
        stands(account, 1000)
    jobs.publish(calm.program, TODAY)
    assert getattr(found(calm), "state", "too_few") != "shown"
    for number, account in enumerate(people(calm, 12, number=2)):
        stands(account, 900_000 if number == 5 else 1000)
    jobs.publish(calm.program, TODAY)
    assert getattr(found(calm), "value", None) is None


@pytest.mark.parametrize(("size", "total"), [(15, 30_000), (35, 70_000), (45, 90_000)])
def test_the_step_does_not_tell_that_everybody_has_a_number(size: int, total: int) -> None:
    """ "At least 90,000" in steps of ten thousand takes 45 people: of 45, each one."""
    said, week, crowd = set(), weeks_of(MONTH)[-1], Crowd.of(range(size))
    circles = {(TOTAL, week): crowd}
    for counted in (size, size - 5):
        columns = {week: Column([total // counted] * counted + [None] * (size - counted))}
        columns[week].above[0] += total - total // counted * counted
        (draft,) = Drafts(circles, circles, [MONTH], Roll(range(size)), b"key", k=5).of(KPI, columns)
        said.add(released(draft, k=5).value)
    assert len(said) == 1


@pytest.mark.parametrize(
    ("total", "people", "said"), [(9_000, 9, 5_000), (123_456, 50, 120_000), (999, 12, 500), (0, 9, 0)]
)
def test_steps_hide_k_people_of_middle_size(total: int, people: int, said: int) -> None:
    assert about(Decimal(total), people, k=5) == said


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_page_names_it_as_potential_only(world: Any, sign_in: Any, language: str) -> None:
    Cell.objects.filter(program=world.program).delete()
    make_cell(world.program, KPI, MONTH, Decimal(120_000), is_floor=True)
    type(world.manager).objects.filter(pk=world.manager.pk).update(language=language)
    text = sign_in(world.manager).get(reverse("analytics:dashboard", args=[world.program.slug])).text
    for words in {
        "en": ("followers together, as potential only", "This is not reach"),
        "de": ("nur als Potenzial", "Das ist keine Reichweite"),
    }[language]:
        assert words in text
