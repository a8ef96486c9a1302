"""A phase's own target is drawn over the months since the phase started, also in a frozen report."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from analytics.reports import pdf
from analytics.reports.figures import line_of_target
from analytics.reports.further import kinds_chart
from analytics.reports.reading import ShownReport
from analytics.reports.services import make_report
from tests.analytics.reports.test_slides import deck_of, frames
from tests.factories.reports import MONTHS, scene_of


@pytest.fixture
def report(world: Any) -> Any:
    """Of May to October, with a target for impressions that counts since the phase started in August."""
    world.phase.started_on = date(2026, 8, 17)
    world.phase.save()
    scene = scene_of(world.program)
    scene = replace(scene, targets=scene.targets | {"impressions": Decimal(60_000)}, whose={"impressions": world.phase})
    world.report.delete()
    return make_report(scene, MONTHS[-1], {}, by=world.manager)


def chart_of(report: Any, name: str) -> Any:
    return next(chart for chart in ShownReport(report).charts if chart.id == name)


def test_the_line_starts_with_the_phase_on_the_page_and_on_paper(report: Any, world: Any) -> None:
    assert chart_of(report, "report-impressions").target.first == 3
    kinds = kinds_chart(report.data)
    assert kinds is not None
    assert kinds.target is not None
    assert kinds.target.first == 0, "the program's own counts from the start"
    world.phase.started_on = date(2026, 1, 1)
    world.phase.save()
    assert chart_of(report, "report-impressions").target.first == 3, "frozen"
    assert pdf.make(report).startswith(b"%PDF")


def test_slides_leave_the_months_before_out(report: Any, world: Any, sign_in: Any) -> None:
    drawn = frames(deck_of(sign_in(world.manager), report))
    lines = [list(line.values) for frame in drawn for line in frame.chart.plots[0].series]
    assert [None, None, None, 60_000.0, 60_000.0, 60_000.0] in lines


@pytest.mark.parametrize(
    ("since", "first"), [(None, 0), ("2026-01-01", 0), ("2026-07-01", 2), ("2026-10-01", 5), ("2026-11-01", None)]
)
def test_no_line_where_the_phase_came_later(since: str | None, first: int | None) -> None:
    months = [month.isoformat() for month in MONTHS]
    figure = {"target_since": since} if since else {}
    line = line_of_target(Decimal(5), "Target 5", figure, months)
    assert (None if line is None else line.first) == first
    assert line_of_target(None, "", figure, months) is None
