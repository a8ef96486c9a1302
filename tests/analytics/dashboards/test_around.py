"""Who stays, and how the community does, beside the figures: for whom the pages are open, with their numbers."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from analytics.kpis.catalogue import entry_of
from analytics.reports.layouts import Block
from analytics.reports.reading import ShownReport
from community.forum.models_health import Pulse
from community.forum.rota import this_week
from core.kit.charts import Chart
from programs.generations import staying
from tests.analytics.reports.test_plans import forms_of, frozen, plain

SAID = {
    "circle": [25, 29], "brings": [15, 35], "writes": [35, 55], "topics": [10, 14], "among_peers": [5, 9],
    "first_answer": 1,
}  # fmt: skip


def url(name: str, world: Any, **query: str) -> str:
    return reverse(f"analytics:{name}", args=[world.program.slug], query=query)


@pytest.fixture
def told(world: Any) -> Any:
    Pulse.objects.update_or_create(program=world.program, defaults={"until": this_week(world.program), "said": SAID})
    return world


def around(client: Any, world: Any) -> dict[str, Chart]:
    return {chart.id: chart for chart in client.get(url("dashboard", world)).context["around"]}


@pytest.mark.parametrize(
    ("member", "found"),
    [
        ("manager", {"staying", "forum-health"}),
        ("coach", {"forum-health"}),
        ("executive", set()),
        ("council", set()),
        ("influencer", set()),
        ("team", set()),
    ],
)
def test_each_sees_what_the_page_itself_shows_them(told: Any, sign_in: Any, member: str, found: set[str]) -> None:
    client = sign_in(getattr(told, member))
    assert set(around(client, told)) == found
    page = client.get(url("dashboard", told)).content.decode()
    assert ("Retention and community" in page) == bool(found)
    for figure in ("staying", "forum-health"):
        for form in ("csv", "svg"):
            answer = client.get(url("dashboard_export", told, figure=figure, format=form))
            if figure in found and (form == "csv" or 'data-chart="table"' not in page):
                assert answer.status_code in (200, 404 if figure == "staying" and form == "svg" else 200)
            else:
                assert answer.status_code == 404, (member, figure, form)


def test_the_numbers_are_those_of_their_pages(told: Any, sign_in: Any) -> None:
    found = around(sign_in(told.manager), told)
    own = staying.chart(told.program)
    assert own is not None
    assert (found["staying"].rows, found["staying"].sentence) == (own.rows, own.sentence)
    assert [cell.display for row in found["forum-health"].rows for cell in row.cells] == ["15 to 35 %", "35 to 55 %"]
    host = sign_in(told.manager).get(reverse("community:forum_health", args=[told.program.slug])).content.decode()
    assert "15 to 35 %" in host
    assert "35 to 55 %" in host
    file = sign_in(told.manager).get(url("dashboard_export", told, figure="forum-health")).content.decode("utf-8-sig")
    assert "15 to 35 %" in file
    assert "nobody sees who is silent" in file


@pytest.mark.parametrize("said", [{}, {"brings": None}, {"writes": None}])
def test_of_too_few_nothing_is_shown(told: Any, sign_in: Any, said: dict[str, Any]) -> None:
    if said:
        Pulse.objects.filter(program=told.program).update(said=SAID | said)
    else:
        Pulse.objects.filter(program=told.program).delete()
    assert set(around(sign_in(told.manager), told)) == {"staying"}


def test_the_page_of_the_manager_costs_the_same_whatever_there_is(told: Any, sign_in: Any) -> None:
    client = sign_in(told.manager)
    client.get(url("dashboard", told))
    with CaptureQueriesContext(connection) as queries:
        client.get(url("dashboard", told))
    assert len(queries) == 9  # one only while there is no figure: whether the company page was imported already


def test_a_report_keeps_the_ranges_of_its_day_in_every_form(told: Any) -> None:
    report = frozen(told, [Block.FORUM])
    Pulse.objects.filter(program=told.program).update(said=SAID | {"writes": [75, 95]})
    for form, text in forms_of(report, told).items():
        assert "35 to 55 %" in plain(text), form
        assert "75 to 95" not in text, form
    until = this_week(told.program) - timedelta(days=1)
    assert report.data["forum"]["until"] == (until + timedelta(days=1)).isoformat()
    assert "staying" not in str(report.data), "who stays is read by program managers alone"


def test_a_report_without_the_block_or_of_a_generation_keeps_nothing_of_the_forum(told: Any) -> None:
    assert "forum" not in frozen(told, [Block.FIVE]).data
    Pulse.objects.filter(program=told.program).delete()
    report = frozen(told, [Block.FORUM])
    assert ShownReport(report).charts == []


def test_the_catalogue_says_where_retention_is_shown() -> None:
    entry = entry_of("retention")
    assert entry is not None
    assert "Who stays" in entry.shown_in
    assert "break is still there" in entry.definition.definition
