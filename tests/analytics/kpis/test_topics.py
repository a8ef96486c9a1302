"""Figure 16: which share of the posts that people log is about the program's topics."""

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
KPI = "topic_coverage"


def log(world: Any, user: Any, *, on_topic: int, other: int, kind: str = "post") -> None:
    Activity.objects.bulk_create(
        Activity(program=world.program, user=user, on=LAST, kind=kind, purpose="value", minutes=1, topics=topics)
        for topics in [["Ovens", "Steel"]] * on_topic + [[]] * other
    )


def found(world: Any) -> Cell:
    return cell(world, 1, kpi=KPI)


def test_the_share_is_what_a_hand_works_out(calm: Any) -> None:
    """Six people with 2 of 3 posts and six with 1 of 3: 18 of 36. A comment with a topic is no post, and a post with
    two topics is one."""
    for number, user in enumerate(people(calm, 1, 12)):
        log(calm, user, on_topic=2 - number % 2, other=1 + number % 2)
        log(calm, user, on_topic=5, other=0, kind="comment")
    jobs.publish(calm.program, TODAY)
    told = found(calm)
    assert (told.state, told.value, told.numerator, told.denominator) == ("shown", Decimal("0.5"), 18, 36)
    assert cell(calm, 1, kpi="value_mix").denominator is None, "everything was of value: told as at least so much"


def test_who_logs_a_topic_later_is_counted_anew(calm: Any) -> None:
    """Of a month whose rows did not change nothing is fetched again: a topic is a change."""
    for user in people(calm, 1, 12):
        log(calm, user, on_topic=1, other=3)
    jobs.publish(calm.program, TODAY)
    assert found(calm).value == Decimal("0.25")
    first = Activity.objects.filter(program=calm.program, on=LAST, topics=[]).order_by("user", "pk").distinct("user")
    Activity.objects.filter(pk__in=list(first.values_list("pk", flat=True))).update(topics=["Steel"])
    jobs.publish(calm.program, TODAY)
    assert found(calm).value == Decimal("0.5")


@pytest.mark.parametrize("on_topic", [0, 1])
def test_all_and_nobody_are_not_said(calm: Any, on_topic: int) -> None:
    """Who never chooses topics sees no figure; that each post of everybody has one is not told either."""
    for user in people(calm, 1, 20):
        log(calm, user, on_topic=on_topic * 2, other=2 - on_topic * 2)
    jobs.publish(calm.program, TODAY)
    told = found(calm)
    assert (told.numerator, told.denominator) == (None, None)
    assert told.state == "too_few" if on_topic == 0 else told.is_floor


def test_few_people_are_not_counted_out(calm: Any) -> None:
    for user in people(calm, 1, 8):
        log(calm, user, on_topic=1, other=1)
    jobs.publish(calm.program, TODAY)
    assert found(calm).state != "shown"


@pytest.mark.parametrize(
    ("is_floor", "said"),
    [
        (False, "In October <em>50%</em> of the logged posts had a topic of the program."),
        (True, "In October at least <em>50%</em> of the logged posts had a topic of the program."),
    ],
)
def test_the_page_of_figures_and_the_catalogue_say_it(world: Any, sign_in: Any, is_floor: bool, said: str) -> None:
    Cell.objects.filter(program=world.program).delete()
    parts = {} if is_floor else {"numerator": Decimal(18), "denominator": Decimal(36)}
    make_cell(world.program, KPI, date(2026, 10, 1), Decimal("0.5"), is_floor=is_floor, **parts)
    client = sign_in(world.manager)
    text = client.get(reverse("analytics:dashboard", args=[world.program.slug])).text
    assert said in text
    if not is_floor:
        text = client.get(reverse("analytics:kpi", args=[world.program.slug, KPI])).text
        assert "18 ÷ 36 = 50%" in text
    assert set(definitions()[KPI].texts["definition"]) >= {"de", "en"}
