"""A figure that readers have seen is never forgotten: somebody who makes it go and come back reads in it what one other
person changed meanwhile."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from analytics.activities.models import Activity
from analytics.kpis import jobs
from analytics.kpis.models import Backing, Cell
from analytics.metrics.models import WeekTotal
from programs.consents.models import Action
from tests.analytics.kpis.test_publish import LAST, TODAY, calm, cell, people
from tests.factories import kpis as make

__all__ = ["calm"]

Act = Callable[[Any, list[Any]], date]


def takes_an_account_off(world: Any, users: list[Any]) -> date:
    """Of nine, four of them hers, eight are left."""
    make.agree(world.program, users[0], Action.WITHDRAWN)
    return TODAY


def agrees_again(world: Any, users: list[Any]) -> date:
    make.agree(world.program, users[0], Action.GRANTED)
    return TODAY


def makes_her_figure_large(world: Any, users: list[Any]) -> date:
    WeekTotal.objects.filter(account__user=users[0], week=LAST).update(value=100_000)
    return TODAY


def makes_it_small_again(world: Any, users: list[Any]) -> date:
    WeekTotal.objects.filter(account__user=users[0], week=LAST).update(value=100)
    return TODAY


def the_clock_is_a_day_behind(world: Any, users: list[Any]) -> date:
    return TODAY - timedelta(days=1)


def nothing(world: Any, users: list[Any]) -> date:
    return TODAY


WAYS: list[tuple[Act, Act]] = [
    (takes_an_account_off, agrees_again),
    (makes_her_figure_large, makes_it_small_again),
    (the_clock_is_a_day_behind, nothing),
]


@pytest.mark.parametrize(("away", "back"), WAYS, ids=lambda act: act.__name__)
def test_a_figure_that_was_made_to_go_does_not_come_back_with_one_change(calm: Any, away: Act, back: Act) -> None:
    users = people(calm, 1, 9)
    jobs.publish(calm.program, TODAY)
    before, backings = cell(calm).value, _backings()
    assert before == 936
    jobs.publish(calm.program, away(calm, users))
    assert cell(calm).value == before, "what was shown stays shown"
    WeekTotal.objects.filter(account__user=users[8], week=LAST).update(value=177)
    jobs.publish(calm.program, back(calm, users))
    assert cell(calm).value == before
    assert backings <= _backings()


def _backings() -> set[tuple[int, bytes]]:
    return set(Backing.objects.filter(cell__state="shown").values_list("pk", "digest"))


def test_a_share_that_was_made_to_go_does_not_come_back_with_one_change(calm: Any) -> None:
    """The rest of a share passes the gate as well: with many posts of her own without a label she hides it."""
    users = people(calm, 1, 12)
    for user in users:
        _posts(calm, user, labelled=3, other=3)
    jobs.publish(calm.program, TODAY)
    before = _label_rate(calm)
    assert (before.state, before.numerator, before.denominator) == ("shown", 36, 72)
    for user in users:
        _posts(calm, user, labelled=1, other=0)
    _posts(calm, users[0], labelled=0, other=99)
    jobs.publish(calm.program, TODAY)
    assert (_label_rate(calm).numerator, _label_rate(calm).denominator) == (36, 72)


def _posts(world: Any, user: Any, *, labelled: int, other: int) -> None:
    Activity.objects.bulk_create(
        Activity(program=world.program, user=user, on=LAST, kind="post", purpose="value", label=label, minutes=1)
        for label in ["labelled"] * labelled + ["open"] * other
    )


def _label_rate(world: Any) -> Cell:
    return cell(world, 1, kpi="label_rate")


def test_a_late_figure_of_enough_people_still_comes_beside_one_that_must_stay(calm: Any) -> None:
    """A generation that has one person too few since keeps its figure; the total is renewed without it."""
    users, others = people(calm, 1, 9), people(calm, 2, 20)
    jobs.publish(calm.program, TODAY)
    first = cell(calm, 1).value
    make.agree(calm.program, users[0], Action.WITHDRAWN)
    WeekTotal.objects.filter(account__user__in=others, week=LAST).update(value=200)
    jobs.publish(calm.program, TODAY)
    assert (cell(calm, 1).value, cell(calm, 2).value, cell(calm).value) == (first, 4000, 4000)
    WeekTotal.objects.filter(account__user=others[0], week=LAST).update(value=300)
    make.agree(calm.program, users[0], Action.GRANTED)
    jobs.publish(calm.program, TODAY)
    assert (cell(calm, 1).value, cell(calm, 2).value, cell(calm).value) == (first, 4000, 4000)
