"""What is hidden because one person makes up most of it is not asked over and over."""

from typing import Any

from analytics.kpis import jobs
from analytics.kpis.models import Cell
from analytics.metrics.models import WeekTotal
from programs.consents.models import Action
from tests.analytics.kpis.test_publish import LAST, TODAY, calm, cell, people
from tests.factories import kpis as make

__all__ = ["calm"]

OTHERS = (1000, 70, 65, 60, 55)


def _figures(users: list[Any], values: Any) -> None:
    for user, value in zip(users, values, strict=True):
        WeekTotal.objects.filter(account__user=user, week=LAST).update(value=value)


def _told(world: Any) -> Any:
    jobs.publish(world.program, TODAY)
    return cell(world).value


def test_larger_and_larger_figures_do_not_find_the_largest(calm: Any) -> None:
    """At four times 188 the sum would appear: so one of the others has about as much as all the rest."""
    users = people(calm, 1, 9)
    own, others = users[:4], users[4:]
    _figures(others, OTHERS)
    _figures(own, [10] * 4)
    assert _told(calm) is None
    for value in (180, 400, 200):
        _figures(own, [value] * 4)
        assert _told(calm) is None, value
    make.agree(calm.program, own[0], Action.WITHDRAWN)
    assert _told(calm) is None
    make.agree(calm.program, own[0], Action.GRANTED)
    assert _told(calm) is None, "a look at fewer people is not forgotten either"
    _figures(others, [each + 1 for each in OTHERS])
    assert _told(calm) == 800 + 1255, "all nine have changed since"


def test_what_waits_is_not_worked_out_from_the_others(calm: Any) -> None:
    """All minus the other generation would be the sum that waits."""
    users, beside = people(calm, 1, 9), people(calm, 2, 10)
    _figures(users[4:], OTHERS)
    _figures(users[:4], [10] * 4)
    jobs.publish(calm.program, TODAY)
    _figures(users[:4], [200] * 4)
    _figures(beside, range(300, 310))
    jobs.publish(calm.program, TODAY)
    assert cell(calm, 1).state == Cell.State.TOO_FEW
    assert cell(calm).value == 2050 + sum(range(300, 310)), "so many have changed that it is renewed"
    assert cell(calm, 2).state != Cell.State.SHOWN


def test_a_larger_smallest_group_does_not_make_it_forgotten(calm: Any) -> None:
    """Of fourteen people nine have figures; where eleven are needed, they are too few for now."""
    users = people(calm, 1, 14)
    WeekTotal.objects.exclude(week=LAST).delete()  # a month that shows something keeps its smallest group
    own, others = users[:4], users[4:11]
    _figures(others, (*OTHERS, 50, 45))
    _figures(own, [10] * 4)
    figures = WeekTotal.objects.filter(week=LAST, account__user__in=[*own[2:], *users[11:]])
    later = list(figures.filter(account__user__in=own[2:]))
    figures.delete()
    assert _told(calm) is None
    calm.program.group_minimum = 6
    calm.program.save()
    assert _told(calm) is None
    WeekTotal.objects.bulk_create(later)
    _figures(own, [300] * 4)
    assert _told(calm) is None
