"""The time budget's chart, the link to each chart, and each chart of the dashboard as a picture."""

import re
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from analytics.dashboards import charts
from analytics.kpis.models import Cell
from analytics.kpis.weeks import ended_months
from tests.analytics.reports.test_pictures import words_in
from tests.factories import kpis as make


def url(name: str, world: Any, **query: str) -> str:
    return reverse(f"analytics:{name}", args=[world.program.slug], query=query)


@pytest.fixture
def calm(world: Any) -> Any:
    """Six months of minutes and impressions; of one month the minutes are hidden."""
    Cell.objects.filter(program=world.program).delete()
    world.program.weekly_minutes = 55
    world.program.save()
    world.months = ended_months(timezone.localdate(), 6)
    for place, month in enumerate(world.months):
        make.make_cell(world.program, "time_budget", month, None if place == 2 else 38 + place)
        make.make_cell(world.program, "impressions", month, 41_000 + 1_000 * place)
        make.make_cell(world.program, "impressions", month, 7_000 + place, generation=world.generation)
    return world


def chart_of(client: Any, world: Any, name: str) -> Any:
    rows = client.get(url("dashboard", world)).context["rows"]
    return next(chart for row in rows for chart in row if chart.id == name)


def test_minutes_stand_against_what_was_agreed(calm: Any, sign_in: Any) -> None:
    client = sign_in(calm.executive)
    chart = chart_of(client, calm, "time-budget")
    assert "people used <em>43 minutes</em> a week of the 55 agreed." in chart.sentence
    assert chart.what == "Minutes a week, average of people with an entry"
    assert [cell.value for row in chart.rows for cell in row.cells[:1]] == [38, 39, None, 41, 42, 43]
    assert chart.rows[2].cells[0].hidden
    assert (chart.target.value, chart.target.label) == (55, "Target 55 min")
    assert "In the 4 months before it was 38" in chart.sure
    page = client.get(url("dashboard", calm)).content.decode()
    assert "people used <em>43 minutes</em> a week of the 55 agreed." in page
    file = client.get(url("dashboard_export", calm, figure="time-budget")).content.decode("utf-8-sig")
    assert [line.split(",")[1] for line in file.splitlines()[1:3]] == ["38", "39"]
    assert "Fewer than 9 people" in file.splitlines()[3]


def test_one_minute_is_one() -> None:
    said = charts.sentences.allowance(date(2026, 10, 1), Decimal(1), 60)
    assert said == "In October people used <em>1 minute</em> a week of the 60 agreed."


def links_in(page: str) -> list[str]:
    return re.findall(r'<a href="#(figure-[^"]+)">Link to this chart</a>', page)


@pytest.mark.parametrize("chosen", [{}, {"months": "12"}, {"generation": ""}])
def test_the_link_to_a_chart_leads_to_it_with_what_was_chosen(calm: Any, sign_in: Any, chosen: dict[str, str]) -> None:
    """It is within the page, so that the address a reader copies holds the filters: these put themselves there."""
    if "generation" in chosen:
        chosen = {"generation": str(calm.generation.pk)}
    client, address = sign_in(calm.executive), url("dashboard", calm, **chosen)
    page = client.get(address).content.decode()
    assert 'hx-push-url="true"' in page
    links = links_in(page)
    assert "figure-impressions" in links
    shown = client.get(f"{address}#{links[0]}").content.decode()
    for link in links:
        assert shown.count(f'id="{link}"') == 1, link
        figure = shown.split(f'id="{link}"')[1].split("</figure>")[0]
        assert f'href="#{link}"' in figure, "the link stands in the chart it leads to"
    value = "7,005" if "generation" in chosen else "46K"
    assert value in shown.split('id="figure-impressions"')[1].split("</figure>")[0]


def test_reports_and_own_figures_have_their_links_too(world: Any, sign_in: Any) -> None:
    report = sign_in(world.executive).get(
        reverse("analytics:report_detail", args=[world.program.slug, world.report.pk])
    )
    own = sign_in(world.influencer).get(url("mine", world))
    for answer in (report, own):
        page = answer.content.decode()
        links = links_in(page)
        assert links
        assert all(page.count(f'id="{link}"') == 1 for link in links)


@pytest.mark.parametrize(("form", "media"), [("png", "image/png"), ("svg", "image/svg+xml")])
def test_a_chart_of_the_dashboard_is_a_picture(calm: Any, sign_in: Any, form: str, media: str) -> None:
    client = sign_in(calm.executive)
    page = unescape(client.get(url("dashboard", calm)).content.decode())
    address = url("dashboard_export", calm, figure="time-budget", format=form)
    assert f'href="{address}"' in page
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, media)
    assert f"-time-budget.{form}" in answer["Content-Disposition"]
    words = words_in(answer.content) if form == "png" else answer.content.decode()
    assert "43 minutes" in words
    assert "Fewer than 9 people have a figure here" in words
    assert "<script" not in words
    chosen = url("dashboard_export", calm, figure="impressions", format=form, generation=str(calm.generation.pk))
    picture = client.get(chosen).content
    assert "7,005" in (words_in(picture) if form == "png" else picture.decode())


@pytest.mark.parametrize("query", [{"figure": "nothing"}, {"figure": "own-impressions"}, {"figure": "own-topics"}])
def test_a_picture_that_is_not_on_the_page_is_not_there(calm: Any, sign_in: Any, query: dict[str, str]) -> None:
    client = sign_in(calm.executive)
    for form in ("png", "svg"):
        assert client.get(url("dashboard_export", calm, **query, format=form)).status_code == 404


def test_who_is_not_in_the_program_gets_no_picture(calm: Any, sign_in: Any) -> None:
    address = url("dashboard_export", calm, figure="impressions", format="svg")
    assert sign_in(calm.stranger).get(address).status_code == 404
