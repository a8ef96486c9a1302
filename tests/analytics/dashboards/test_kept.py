"""What is kept of the dashboard is that of now: cells, targets and what happens in the program make it again."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from analytics.dashboards.period import Stretch
from analytics.dashboards.whole import dashboard_figures
from analytics.kpis import jobs, services
from core.kit import page_cache
from programs.checklists.models import Item
from programs.checklists.queries import phases_with_progress
from programs.checklists.services import tick_item
from programs.consents import services as consents
from programs.consents.models import Purpose
from programs.generations.services import change_generation
from tests.analytics.dashboards.test_dashboards import calm, people

__all__ = ["calm"]


@pytest.fixture
def told(calm: Any) -> Any:
    people(calm, 1, 10)
    jobs.publish(calm.program, timezone.localdate())
    page_cache.clear(f"cells:{calm.program.pk}")
    return calm


def open_item(program: Any) -> Item:
    """Of a phase that has begun."""
    phases = [phase for phase in phases_with_progress(program) if phase.state == "active"]
    return Item.objects.open().filter(phase__in=phases)[0]


def reach(world: Any) -> Any:
    shown = dashboard_figures(world.program, Stretch(), "")
    return next(chart for row in shown.rows for chart in row if chart.id == "impressions")


def test_it_is_worked_out_once(told: Any) -> None:
    first = reach(told)
    with CaptureQueriesContext(connection) as queries:
        assert reach(told) == first
    assert len(queries) == 0


def test_a_new_target_is_on_the_chart_at_once(told: Any) -> None:
    before = reach(told)
    with TestCase.captureOnCommitCallbacks(execute=True):
        services.set_targets(told.program, {"impressions": Decimal(65_000)}, by=told.manager)
    assert reach(told).target != before.target


def test_what_happens_in_the_program_is_on_the_page_at_once(told: Any) -> None:
    def groups() -> list[str]:
        return [name for _pk, name in dashboard_figures(told.program, Stretch(), "").groups]

    assert "Spring" not in groups()
    with TestCase.captureOnCommitCallbacks(execute=True):
        generation = told.program.generations.get()
        generation.name = "Spring"
        change_generation(generation, by=told.manager)
    assert "Spring" in groups()
    before = dashboard_figures(told.program, Stretch(), "").items
    with TestCase.captureOnCommitCallbacks(execute=True):
        tick_item(open_item(told.program), by=told.manager)
    assert dashboard_figures(told.program, Stretch(), "").items == (before[0] + 1, before[1])


def test_figures_of_one_person_that_change_no_cell_make_no_page_slower(told: Any) -> None:
    """Who looks again and again would else see in how long it takes that somebody's figures were counted just now."""
    reach(told)
    somebody = told.program.participants.first().user
    with TestCase.captureOnCommitCallbacks(execute=True):
        consents.withdraw(told.program, [Purpose.GROUP_FIGURES], by=somebody, channel="settings")
    reach(told)
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert jobs.publish(told.program, timezone.localdate()) == 0
    with CaptureQueriesContext(connection) as queries:
        reach(told)
    assert len(queries) == 0


def test_a_period_put_together_for_oneself_is_not_kept(told: Any) -> None:
    free = Stretch("6", 3, date(2026, 8, 1), date(2026, 10, 1))
    for stretch, generation in ((free, ""), (Stretch(), str(told.program.generations.first().pk))):
        dashboard_figures(told.program, stretch, generation)
        with CaptureQueriesContext(connection) as queries:
            dashboard_figures(told.program, stretch, generation)
        assert len(queries) > 0
