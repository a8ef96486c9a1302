"""Whether the rows of a week are what they were: the database adds up a hash of each, and hands over one number a week
in place of everybody's figures."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.aggregates import BitXor
from django.db.models import BigIntegerField, Case, Count, F, Func, QuerySet, Value, When
from django.db.models.functions import Coalesce, Concat

from analytics.kpis import contributions
from programs.membership.models import Program

Sums = dict[date, list[tuple[int, int]]]  # week -> of each table how many rows there are, and their sum
SumUp = Callable[[Program, list[date]], Sums]
NONE = -1  # where nothing was said, which is not zero


class Hashed(Func):
    """A number, and what it is mixed with."""

    def __init__(self, *parts: Any, by: str = "hashint8extended") -> None:
        super().__init__(*parts, function=by, output_field=BigIntegerField())


def of_networks(program: Program, weeks: list[date]) -> Sums:
    """What `contributions.networks` reads."""
    days = contributions.of_people(contributions.week_totals(program, weeks, contributions.WEEKLY))
    posts = contributions.of_people(contributions.lifetime_parts(program, weeks))
    return _summed((days, "week", _figure("account_id")), (posts, "published", _figure("pk")))


def of_log(program: Program, weeks: list[date]) -> Sums:
    """What `contributions.from_log` reads."""
    logged = contributions.logged(program, weeks)
    topic = Case(When(topics=[], then=Value("")), default=Value("|topic"))
    what = Concat("kind", Value("|"), "purpose", Value("|"), "label", topic)
    entry = Hashed(Coalesce("minutes", NONE), Hashed(what, Hashed(F("pk"), F("user_id")), by="hashtextextended"))
    brought = contributions.brought_posts(program, weeks)
    return _summed((brought, "week", Hashed(F("pk"), F("account__user_id"))), (logged, "week", entry))


def _figure(row: str) -> Hashed:
    """A figure of a person; `row`: what tells it from the others of the same metric and week."""
    return Hashed(F("value"), Hashed(F(row), Hashed(F("account__user_id"), F("metric"))))


def _summed(*tables: tuple[QuerySet[Any], str, Hashed]) -> Sums:
    found: Sums = defaultdict(lambda: [(0, 0)] * len(tables))
    for number, (rows, week, each) in enumerate(tables):
        counted = rows.order_by().values_list(week).annotate(rows=Count("*"), summed=BitXor(each))
        for start, count, summed in counted:
            found[start.date() if isinstance(start, datetime) else start][number] = (count, summed)
    return found
