"""The period of the dashboard: any whole months, and never another number than the cells that were published."""

import csv
import io
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from analytics.dashboards.period import months_back, stretch_asked
from analytics.kpis import jobs
from analytics.kpis.definitions import definitions
from analytics.kpis.models import Cell
from tests.analytics.dashboards.test_dashboards import calm, people  # noqa: F401
from tests.world import client_of

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ({"months": "2026-q3"}, date(2026, 7, 1), date(2026, 9, 1)),
        ({"months": "2025"}, date(2025, 1, 1), date(2025, 12, 1)),
        ({"from": "2026-02", "until": "2026-05"}, date(2026, 2, 1), date(2026, 5, 1)),
        ({"from": "2026-05", "until": "2026-02"}, date(2026, 2, 1), date(2026, 5, 1)),
        ({"from": "2026-10"}, date(2026, 10, 1), date(2026, 11, 1)),
        ({"until": "2026-05", "months": "3"}, date(2026, 3, 1), date(2026, 5, 1)),
        ({"from": "2026-02-14", "months": "day"}, None, None),
        ({"months": "12"}, None, None),
    ],
)
def test_a_period_is_whole_months(query: dict[str, str], first: date | None, last: date | None) -> None:
    asked = stretch_asked(query, TODAY)
    assert (asked.first, asked.last) == (first, last)


def test_two_periods_differ_by_published_cells_only(calm: Any) -> None:  # noqa: F811
    """Somebody asks for every stretch there is, and of every group. Each line of each file is a cell that was
    published, with the same number in all of them; no stretch has one of its own: a difference tells of nobody."""
    people(calm, 1, 6)
    people(calm, 2, 7)
    jobs.publish(calm.program, timezone.localdate())
    cells = Cell.objects.filter(program=calm.program)
    names = {key: row.name for key, row in definitions().items()}
    published = {(names[each.kpi], each.start_on.isoformat(), each.value) for each in cells}
    months = [f"{months_back(timezone.localdate(), back):%Y-%m}" for back in range(5)]
    asked = [{"from": each, "until": each} for each in months]
    asked += [{"until": one, "from": other} for one, other in combinations(months, 2)]
    asked += [{"months": str(timezone.localdate().year)}, {"from": months[1], "months": "12"}]
    groups = ["", *(str(each.pk) for each in calm.program.generations.all())]
    client, seen = client_of("executive", calm), set()
    for query in asked:
        for group in groups:
            told = {**query, "generation": group, "format": "csv"}
            answer = client.get(reverse("analytics:dashboard_export", args=[calm.program.slug], query=told))
            rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
            seen |= {(row[0], row[3], Decimal(row[4]) if row[4] else None) for row in rows[1:]}
    assert len(seen) > len(months)
    assert seen - published == set()


def test_a_year_before_stands_beside(calm: Any) -> None:  # noqa: F811
    """Only shares and averages, in the same months a year before."""
    people(calm, 1, 10)
    jobs.publish(calm.program, timezone.localdate())
    rows = Cell.objects.filter(program=calm.program, generation=None, period="month", state="shown", series="people")
    for kpi in ("engagement_rate", "impressions"):
        last = rows.filter(kpi=kpi).latest("start_on")
        last.pk, last.start_on, last._state.adding = None, last.start_on.replace(year=last.start_on.year - 1), True
        last.save()
    page = client_of("executive", calm).get(reverse("analytics:dashboard", args=[calm.program.slug])).content.decode()
    assert "Beside the year before" in page
    assert "figure-year-before-engagement-rate" in page
    assert "figure-year-before-impressions" not in page
    free = reverse("analytics:dashboard", args=[calm.program.slug], query={"months": str(timezone.localdate().year)})
    assert "Whole months only" in client_of("executive", calm).get(free).content.decode()
