import csv
import io
import json
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from python_calamine import CalamineWorkbook

from analytics.dashboards import charts, exports, own
from analytics.dashboards.blocks import successes
from analytics.dashboards.chapter import figures
from analytics.dashboards.home import home_findings, my_last_weeks
from analytics.dashboards.queries import scene_of
from analytics.imports.models import RunState
from analytics.kpis import jobs, services
from analytics.kpis.definitions import definitions
from analytics.kpis.models import Cell
from analytics.kpis.weeks import ended_months, monday_of, weeks_of
from analytics.metrics.models import Metric, WeekTotal
from analytics.reports import pdf
from analytics.reports.queries import report_card, scene_for_report
from analytics.reports.reading import ShownReport
from analytics.reports.services import make_report
from tests.factories import kpis as make
from tests.factories.handbook import make_page
from tests.factories.imports import make_run
from tests.house.test_access import ROWS


def url(name: str, world: Any, **query: str) -> str:
    return reverse(f"analytics:{name}", args=[world.program.slug], query=query)


@pytest.fixture
def calm(world: Any) -> Any:
    """Only the people a test makes are counted."""
    world.program.participants.all().delete()
    world.program.generations.all().delete()
    world.program.accounts.all().delete()
    return world


def people(world: Any, number: int, size: int, values: dict[int, int] | None = None) -> list[Any]:
    """A generation with 1000 + 10 x place impressions a week; `values` names the places that have any."""
    today = timezone.localdate()
    weeks = make.mondays(today, 14)
    generation = make.make_generation(world.program, number, weeks[0])
    users = []
    for place in range(size):
        user = make.make_person(world.program, generation, f"P {number} {place}", joined_on=weeks[0])
        if values is None or place in values:
            seen = 1000 + 10 * place if values is None else values[place]
            figures = {week: {Metric.IMPRESSIONS: seen, Metric.ENGAGEMENTS: seen // 20} for week in weeks}
            make.make_figures(make.make_account(world.program, user), figures)
        users.append(user)
    return users


def company(world: Any) -> None:
    weeks = make.mondays(timezone.localdate(), 14)
    figures = {Metric.IMPRESSIONS: 5000, Metric.REACTIONS: 80, Metric.COMMENTS: 10, Metric.REPOSTS: 10}
    make.make_figures(make.make_account(world.program, None), dict.fromkeys(weeks, figures))


def exported(client: Any, world: Any) -> list[list[str]]:
    text = client.get(url("dashboard_export", world, months="12")).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


# --- what a reader with paper and pencil can do ---------------------------------------------------------------------


def recover(rows: list[list[str]], month: date) -> Decimal | None:
    """The month's impressions of the hidden generation, from the total and the other one; None if they do not say."""
    shown = {
        group: Decimal(value)
        for name, group, period, start, value, *_ in rows
        if (name, period, start) == ("Impressions", "Month", month.isoformat()) and value
    }
    if "Generation 2" in shown or not {"all", "Generation 1"} <= shown.keys():
        return None
    return shown["all"] - shown["Generation 1"]


@pytest.mark.parametrize("guarded", [True, False])
def test_four_people_cannot_be_worked_out_from_the_total(
    calm: Any, sign_in: Any, guarded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the guard off (the negative control) the same reader finds the sum of the four."""
    if not guarded:
        monkeypatch.setattr(jobs, "Decision", partial(jobs.Decision, complementary=False))
    people(calm, 1, 12)
    people(calm, 2, 12, dict.fromkeys(range(4), 1100))
    jobs.publish(calm.program, timezone.localdate())
    month = ended_months(timezone.localdate())[-1]
    truth = 4 * 1100 * len(weeks_of(month))
    found = recover(exported(sign_in(calm.executive), calm), month)
    assert (found == truth) is not guarded
    hidden = Cell.objects.get(kpi="impressions", series="people", generation__number=2, period="month", start_on=month)
    assert hidden.value is None


def test_no_filter_makes_a_new_cell(calm: Any, sign_in: Any) -> None:
    people(calm, 1, 12)
    people(calm, 2, 4)
    jobs.publish(calm.program, timezone.localdate())
    before = Cell.objects.count()
    second = calm.program.generations.get(number=2)
    page = sign_in(calm.executive).get(url("dashboard", calm, generation=str(second.pk), months="3")).content.decode()
    assert "Nothing to show for this selection" in page
    assert Cell.objects.count() == before
    assert sign_in(calm.executive).get(url("dashboard", calm, generation="1 OR 1=1", months="x")).status_code == 200


# --- nobody else sees a person's figures ----------------------------------------------------------------------------

CANARIES = ("48271", "48,271", "48.271", "913377", "913,377", "913.377", "CANARY-TITLE", "CANARY-NOTE")


def _addresses(world: Any) -> list[str]:
    names = [
        name
        for name, row in ROWS.items()
        if row.method == "get" and name.split(":")[0] in ("analytics", "home", "privacy")
    ]
    return [reverse(name, kwargs=ROWS[name].args(world)) for name in names]


def _plant(world: Any) -> None:
    """Numbers that stand nowhere else: in a week, a post and a note of one person."""
    users = people(world, 1, 12, {place: 40_000 + 3 * place for place in range(11)})
    last = make.mondays(timezone.localdate(), 1)[0]
    make.take_part(
        world.program, world.program.generations.get(), world.influencer, joined_on=last - timedelta(weeks=20)
    )
    account = make.make_account(world.program, world.influencer)
    weeks = make.mondays(timezone.localdate(), 14)
    make.make_figures(account, {week: {Metric.IMPRESSIONS: 48_271, Metric.ENGAGEMENTS: 1_500} for week in weeks})
    post = make.make_post(account, last, impressions=913_377, dice=make.random.Random(1), title="CANARY-TITLE")
    assert post.pk
    world.activity.note = "CANARY-NOTE"
    world.activity.save()
    assert len(users) == 12


def test_the_own_page_shows_the_own_figures(calm: Any, sign_in: Any) -> None:
    _plant(calm)
    page = sign_in(calm.influencer).get(url("mine", calm)).content.decode()
    for canary in ("48,271", "913,377", "CANARY-TITLE"):
        assert canary in page
    export = sign_in(calm.influencer).get(url("mine_export", calm)).content.decode("utf-8-sig")
    assert "48271" in export
    assert "913377" in export


@pytest.mark.parametrize("member", ["manager", "executive", "council", "coach", "influencer2"])
def test_no_address_shows_them_to_anybody_else(calm: Any, sign_in: Any, member: str) -> None:
    _plant(calm)
    jobs.publish(calm.program, timezone.localdate())
    client = sign_in(getattr(calm, member))
    for address in _addresses(calm):
        answer = client.get(f"{address}?user={calm.influencer.pk}&person={calm.influencer.pk}&months=12")
        if answer.status_code == 200 and not answer.streaming:
            page = answer.content.decode("utf-8", "replace")
            assert not [canary for canary in CANARIES if canary in page], address


# --- pages ----------------------------------------------------------------------------------------------------------


def test_dashboard_says_the_finding_first(calm: Any, sign_in: Any) -> None:
    people(calm, 1, 12)
    company(calm)
    jobs.publish(calm.program, timezone.localdate())
    page = sign_in(calm.manager).get(url("dashboard", calm)).content.decode()
    assert "<em>2.5 times</em> as many interactions per impression" in page
    assert page.index("2.5 times") < page.index('data-chart="duel"') < page.index("<table")
    assert "Company account" in page


def test_dashboard_without_a_company_account_says_so(calm: Any, sign_in: Any) -> None:
    people(calm, 1, 12)
    jobs.publish(calm.program, timezone.localdate())
    page = sign_in(calm.executive).get(url("dashboard", calm)).content.decode()
    assert "has not been imported yet" in page
    assert 'data-chart="duel"' not in page


def test_dashboard_without_figures_teaches(calm: Any, sign_in: Any) -> None:
    page = sign_in(calm.manager).get(url("dashboard", calm)).content.decode()
    assert "There are no figures yet" in page
    assert "Import the company page" in page
    page = sign_in(calm.executive).get(url("dashboard", calm)).content.decode()
    assert "Import the company page" not in page


def test_a_pilot_too_small_for_figures_is_not_asked_to_import_the_company_page_again(calm: Any, sign_in: Any) -> None:
    make_run(make.make_account(calm.program, None), by=calm.manager, state=RunState.APPLIED)
    page = sign_in(calm.manager).get(url("dashboard", calm)).content.decode()
    assert ("export has been imported" in page, "Import the company page" in page) == (True, False)
    assert "Told successes and reviews then say" in page
    page = sign_in(calm.manager).get(url("report_new", calm)).content.decode()
    assert "at least 9 people have figures for it" in page


def test_dashboard_says_why_a_cell_is_hidden(calm: Any, sign_in: Any) -> None:
    people(calm, 1, 12)
    people(calm, 2, 4)
    jobs.publish(calm.program, timezone.localdate())
    page = sign_in(calm.council).get(url("dashboard", calm)).content.decode()
    assert "Fewer than 9 people have a figure here, or it would tell too much about one or two." in page
    assert "Generation 2" in page


@pytest.mark.parametrize("generations", [1, 3])
def test_dashboard_costs_the_same_whatever_there_is(calm: Any, sign_in: Any, generations: int) -> None:
    for number in range(1, generations + 1):
        people(calm, number, 6)
    jobs.publish(calm.program, timezone.localdate())
    client = sign_in(calm.executive)
    client.get(url("dashboard", calm))
    with CaptureQueriesContext(connection) as queries:
        client.get(url("dashboard", calm))
    assert len(queries) == 4


@pytest.mark.parametrize("posts", [1, 3])
def test_mine_costs_the_same_whatever_there_is(calm: Any, sign_in: Any, posts: int) -> None:
    _plant(calm)
    account = calm.influencer.accounts.get()
    monday = monday_of(timezone.localdate())
    for place in range(posts):
        make.make_post(account, monday, impressions=100 + place, dice=make.random.Random(1))
    make.make_post(account, monday - timedelta(weeks=4), impressions=100, dice=make.random.Random(2))  # old on any day
    client = sign_in(calm.influencer)
    client.get(url("mine", calm))
    with CaptureQueriesContext(connection) as queries:
        client.get(url("mine", calm))
    assert len(queries) == 13


def test_mine_without_an_import_leads_to_one(calm: Any, sign_in: Any) -> None:
    calm.influencer.activities.all().delete()
    page = sign_in(calm.influencer).get(url("mine", calm)).content.decode()
    assert "You have not added any figures yet" in page
    assert reverse("analytics:import_new", args=[calm.program.slug]) in page


def test_export_of_a_generation_with_a_hostile_name(calm: Any, sign_in: Any) -> None:
    people(calm, 1, 6)
    calm.program.generations.update(name="=1+1")
    jobs.publish(calm.program, timezone.localdate())
    groups = {row[1] for row in exported(sign_in(calm.executive), calm)}
    assert "'=1+1" in groups
    assert "=1+1" not in groups


def test_pieces_for_other_pages(calm: Any, django_assert_max_num_queries: Any) -> None:
    people(calm, 1, 12)
    company(calm)
    jobs.publish(calm.program, timezone.localdate())
    with django_assert_max_num_queries(2):
        assert [chart.kind for chart in home_findings(calm.program)] == ["duel", "bars"]
    with django_assert_max_num_queries(1):
        assert my_last_weeks(calm.influencer2, calm.program) is None
    with django_assert_max_num_queries(1):
        card = report_card(calm.program)
        assert card is not None
        assert len(card.five) == 5
    with django_assert_max_num_queries(2):
        found = successes(calm.program, "de", timezone.localdate())
    assert "2,5-mal" in found[0]
    assert "<" not in "".join(found)
    assert successes(calm.other_program, "de", timezone.localdate()) == []


def test_the_figures_stand_beside_a_review_and_in_the_handbook(calm: Any, sign_in: Any) -> None:
    """In the words of the start page; nothing is there that is not published, and nobody is named."""
    review = reverse("programs:review_detail", args=[calm.program.slug, calm.review.pk])
    chapter = make_page(calm.program, chapter="figures")
    handbook = reverse("programs:handbook_page", args=[calm.program.slug, chapter.pk])
    client = sign_in(calm.manager)
    assert "Nothing is published yet." in client.get(review).content.decode()
    people(calm, 1, 12)
    company(calm)
    jobs.publish(calm.program, timezone.localdate())
    table = figures(calm.program)
    assert [what for what, _said in table.rows] == [chart.what for chart in home_findings(calm.program)]
    assert table.note == "Groups of at least 9 people."
    for by, address in ((calm.manager, review), (calm.coach, review), (calm.executive, handbook)):
        page = unescape(sign_in(by).get(address).content.decode())
        for what, said in table.rows:
            assert "<" not in said
            assert f">{what}<" in page
            assert said in page
        assert "Groups of at least 9 people." in page
        assert "P 1 3" not in page


def test_the_export_is_there_for_excel_too(calm: Any, sign_in: Any) -> None:
    people(calm, 1, 12)
    jobs.publish(calm.program, timezone.localdate())
    client = sign_in(calm.executive)
    answer = client.get(url("dashboard_export", calm), {"format": "xlsx", "months": "12"})
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    cells = book.get_sheet_by_index(0).to_python()
    assert cells[0] == exports.published_header()
    assert len(cells) == len(exported(client, calm)) > 1


@pytest.mark.parametrize("language", ["de", "en"])
def test_one_figure_has_one_value_wherever_it_stands(calm: Any, sign_in: Any, language: str) -> None:
    """Headline, bar, table, target, report and PDF say the same words for the same number."""
    people(calm, 1, 12)
    company(calm)
    services.set_targets(calm.program, {"impressions": Decimal(65_000)}, by=calm.manager)
    jobs.publish(calm.program, timezone.localdate())
    calm.manager.language = language
    calm.manager.save()
    client = sign_in(calm.manager)
    rows = client.get(url("dashboard", calm)).context["rows"]
    chart = next(each for row in rows for each in row if each.id == "impressions")
    shown = chart.rows[-1].cells[0].display
    assert ("Tsd." if language == "de" else "K") in shown
    assert f"<em>{shown}</em>" in chart.sentence
    assert chart.unit == ""  # the bar says the table's words, not a rounding of its own
    with translation.override(language):
        month = ended_months(timezone.localdate())[-1]
        report = make_report(scene_for_report(calm.program), month, {}, by=calm.manager)
        reading = ShownReport(report)
        figure = next(f for f in reading.five if f.label == definitions()["impressions"].name)
        page = next(c for c in reading.charts if c.id == "report-impressions")
        assert figure.value + figure.unit == shown
        assert page.rows[-1].cells[0].display == shown
        assert page.target.label == chart.target.label
        assert any(shown in str(sentence) for sentence in reading.three)
        assert shown in json.dumps(pdf.contents(report), ensure_ascii=False, default=str)


def test_a_chart_is_a_file_as_it_stands_on_the_page(calm: Any, sign_in: Any) -> None:
    """With its filters; a hidden cell holds its reason and no number."""
    people(calm, 1, 12)
    company(calm)
    jobs.publish(calm.program, timezone.localdate())
    client = sign_in(calm.manager)
    page = client.get(url("dashboard", calm), {"months": 3})
    chart = next(each for row in page.context["rows"] for each in row if each.id == "impressions")
    assert chart.download_url in page.content.decode().replace("&amp;", "&")
    lines = client.get(chart.download_url).content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith(",".join(chart.columns[:2]))
    assert [line.split(",")[0] for line in lines[1 : 1 + len(chart.labels)]] == list(chart.labels)
    assert len(lines) - 1 - len(chart.marked) - len(chart.besides) == len(chart.labels) <= 3
    assert client.get(url("dashboard_export", calm), {"figure": "none-such"}).status_code == 404


def test_an_own_chart_is_a_file(calm: Any, sign_in: Any) -> None:
    client = sign_in(people(calm, 1, 1)[0])
    shown = [client.get(url("mine", calm)).context[name] for name in ("reach", "answers", "mix")]
    charts = [chart for chart in shown if chart]
    assert charts[0].id == "own-impressions"
    for chart in charts:
        lines = client.get(chart.download_url).content.decode("utf-8-sig").splitlines()
        assert len(lines) == 1 + len(chart.labels) + len(chart.marked)
    assert client.get(url("mine_export", calm), {"figure": "impressions"}).status_code == 404


def test_own_weeks_are_whole_weeks(calm: Any) -> None:
    """The running week, and weeks that a file covers only in part, would look like a fall."""
    account = make.make_account(calm.program, calm.influencer)
    weeks = [*make.mondays(timezone.localdate(), 4), monday_of(timezone.localdate())]
    make.make_figures(account, {week: {Metric.IMPRESSIONS: 700} for week in weeks})
    assert list(own.weeks_of(calm.influencer, calm.program)) == weeks[:-1]
    WeekTotal.objects.filter(week__in=(weeks[0], weeks[3])).update(days=5)  # a file from Wednesday until Friday
    assert list(own.weeks_of(calm.influencer, calm.program)) == weeks[1:3]
    assert list(own.weeks_of(calm.influencer, calm.program, 6, Metric.IMPRESSIONS)) == weeks[1:3]
    WeekTotal.objects.filter(week=weeks[1]).update(days=6)  # a day in the middle that no file told of
    assert list(own.weeks_of(calm.influencer, calm.program)) == weeks[2:3]


def test_sums_of_different_many_people_are_not_compared(calm: Any) -> None:
    """More people are no growth, and a file that is still missing is no fall: the page says how many stand behind."""
    now, before = date(2026, 10, 1), date(2026, 9, 1)
    make.make_cell(calm.program, "impressions", before, 4000, people=10)
    last = make.make_cell(calm.program, "impressions", now, 8000, people=20)

    def chart() -> Any:
        return charts.impressions(scene_of(calm.program, today=date(2026, 11, 20)))

    assert "before" not in chart().sentence
    assert chart().source.endswith("; 10+ people in the previous month")
    Cell.objects.filter(pk=last.pk).update(people=10)
    assert "previous month" not in chart().source
