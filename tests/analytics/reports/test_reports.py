import io
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from analytics.dashboards import sentences
from analytics.kpis.queries import Board
from analytics.reports import pdf
from analytics.reports.headline import suggested_headline
from analytics.reports.models import Report
from analytics.reports.reading import ShownReport
from analytics.reports.services import make_report
from analytics.reports.snapshot import digest, freeze
from core.journal.models import Entry
from core.kit.typeset import typeset
from tests.factories.kpis import make_cell
from tests.factories.reports import MONTHS, board_of_six_months, point, scene_of


def url(name: str, world: Any, *args: Any) -> str:
    return reverse(f"analytics:{name}", args=[world.program.slug, *args])


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_report_detail_reads_as_a_page(world: Any, sign_in: Any) -> None:
    page = sign_in(world.executive).get(url("report_detail", world, world.report.pk)).content.decode()
    for words in (
        "The program carries.",
        "<em>2.5 times</em>",
        "it was 1.5 to 2.3 times, in the middle 1.9",
        "70K",
        "Target 75%",
    ):
        assert words in page, words


def test_report_detail_is_written_down_with_who_opened_it(world: Any, sign_in: Any) -> None:
    sign_in(world.executive).get(url("report_detail", world, world.report.pk))
    sign_in(world.council).get(url("report_pdf", world, world.report.pk))
    seen = Entry.objects.filter(kind="view", subject_id=world.report.pk).order_by("pk")
    assert [(entry.verb, entry.actor) for entry in seen] == [
        ("reports.read", world.executive),
        ("reports.downloaded", world.council),
    ]


def test_a_report_never_changes(world: Any, sign_in: Any) -> None:
    def shown() -> str:
        page = strip_tags(sign_in(world.manager).get(url("report_detail", world, world.report.pk)).content.decode())
        return page[page.index("Report October 2026") : page.rindex("Frozen on")]

    before, sha256 = shown(), world.report.sha256
    assert "70K" in before
    make_cell(world.program, "impressions", MONTHS[-1], 999_999)
    report = Report.objects.get(pk=world.report.pk)
    assert shown() == before
    assert report.sha256 == sha256 == digest(report.data)


def test_the_same_figures_give_the_same_fingerprint(world: Any) -> None:
    scene = scene_of(world.program)
    assert digest(freeze(scene, MONTHS[-1])) == digest(freeze(scene, MONTHS[-1]))


def test_a_second_report_of_a_month_is_its_next_edition(world: Any) -> None:
    again = make_report(scene_of(world.program), MONTHS[-1], {}, by=world.manager)
    assert (again.edition, again.number) == (2, 3)
    assert Report.objects.filter(pk=world.report.pk).exists()


def test_a_snapshot_looks_no_further_than_its_month(world: Any) -> None:
    data = freeze(scene_of(world.program), MONTHS[2])
    assert [row["month"] for row in data["impressions"]] == [month.isoformat() for month in MONTHS[:3]]
    assert data["times"][-1][0] == MONTHS[2].isoformat()
    assert "'70000'" not in str(data)


def test_a_hidden_cell_stays_hidden_in_page_and_pdf(world: Any, sign_in: Any) -> None:
    board = board_of_six_months()
    board.lines["impressions", "people", None, "month"][-1] = point(MONTHS[-1], None, state="too_few")
    report = make_report(scene_of(world.program, board), MONTHS[-1], {}, by=world.manager)
    page = sign_in(world.executive).get(url("report_detail", world, report.pk)).content.decode()
    assert "too few people" in page
    assert "Fewer than 9 people have a figure here, or it would tell too much about one or two." in page
    assert "70,000" not in page
    assert "too few people" in text_of(pdf.make(report))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            ["Report October 2026", "2.5 times", "70K", "71%", "83%", "Frozen on", "profiles 250", "before 20K–60K"],
        ),
        ("de", ["Bericht Oktober 2026", "2,5-mal", "70 Tsd.", "71", "83", "Festgehalten am", "Personenprofile 250"]),
    ],
)
def test_report_pdf_holds_the_figures_in_the_readers_language(world: Any, language: str, expected: list[str]) -> None:
    with translation.override(language):
        found = text_of(pdf.make(world.report)).replace("\N{NO-BREAK SPACE}", " ")
    for words in expected:
        assert words in found, (words, found)


def test_report_pdf_is_tagged_a_page_and_how_it_was_made_and_deterministic(world: Any) -> None:
    content = pdf.make(world.report)
    assert pdf.make(Report.objects.get(pk=world.report.pk)) == content
    document = PdfReader(io.BytesIO(content))
    assert len(document.pages) == 2
    for _label, text in ShownReport(world.report).about:
        assert text.replace(" ", "") in document.pages[1].extract_text().replace("\n", "").replace(" ", "")
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert document.trailer["/Root"]["/Lang"] == "en"
    assert b"pdfuaid" in content or "pdfuaid" in str(document.xmp_metadata.stream.get_data())  # type: ignore[union-attr]


def places_in(content: bytes) -> list[tuple[float, float, str]]:
    """Every piece of text on the sheet: from the left, from below, in points."""
    found: list[tuple[float, float, str]] = []

    def note(text: str, cm: list[float], tm: list[float], *_: Any) -> None:
        if text.strip():
            found.append((tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5], text.strip()))

    PdfReader(io.BytesIO(content)).pages[0].extract_text(visitor_text=note)
    return found


@pytest.mark.parametrize("decision", ["", "A fourth generation?", "A fourth generation of many people? " * 12])
def test_report_pdf_fills_its_sheet_and_nothing_collides(world: Any, decision: str) -> None:
    """The charts take what room there is; with long texts it is still one page, and the foot has lines of its own."""
    world.manager.name = "Maximiliane Freifrau von der Langenwiese-Oberhausen"
    world.manager.save()
    words = {"headline": {"en": "The program carries. " * 3}, "decision": {"en": decision}}
    content = pdf.make(make_report(scene_of(world.program), MONTHS[-1], words, by=world.manager))
    assert len(PdfReader(io.BytesIO(content)).pages) == 2
    places = places_in(content)
    shield, frozen = (
        next(place for place in places if place[2].startswith(words)) for words in ("Only groups of", "Frozen on")
    )
    assert abs(shield[0] - frozen[0]) < 1
    assert shield[1] - frozen[1] > 7
    lowest = min(y for _x, y, text in places if y > shield[1] + 1)
    assert 10 < lowest - shield[1] < 842 / 8


def test_a_decision_below_told_successes_stays_in_one_piece(world: Any) -> None:
    """The charts did not become low enough: two lines of the decision stood on a page of their own."""
    words = {
        "headline": {"en": "People get more response than the page of the company."},
        "decision": {"en": "Ten places more? " * 9},
    }
    report = make_report(scene_of(world.program), MONTHS[-1], words, by=world.manager)
    said = pdf.contents(report)
    said["told"] = [{"text": "Three weeks later twelve students stood in our hall. " * 3, "who": "Amira"}] * 2
    said["rows"].insert(-1, {"kind": "told", "blocks": ["told"], "charts": []})
    document = PdfReader(io.BytesIO(typeset(pdf.TEMPLATE.read_bytes(), pdf.HERE, 0, report=said)))
    holding = [" ".join(page.extract_text().split()).count("places more?") for page in document.pages]
    assert holding == [9, 0], holding


def test_report_pdf_survives_a_hostile_headline(world: Any) -> None:
    words = {"headline": {"en": '#eval("1") $x$ *b* <h1> \\ [['}, "decision": {"en": "= not a heading\n#import"}}
    report = make_report(scene_of(world.program), MONTHS[-1], words, by=world.manager)
    assert '#eval("1") $x$ *b*' in text_of(pdf.make(report))


def test_report_new_suggests_a_headline_and_freezes(world: Any, sign_in: Any) -> None:
    for month, value in zip(MONTHS, (10, 20, 30, 40, 50, 60), strict=True):
        make_cell(world.program, "impressions", month, value)
    manager = sign_in(world.manager)
    page = manager.get(url("report_new", world)).content.decode()
    assert "Posts were seen more often than in any of the months before." in page
    assert "Beiträge wurden öfter gesehen als in jedem der Monate davor." in page
    answer = manager.post(url("report_new", world), {"month": "2026-10-01", "headline_en": "Mine", "blocks": ["five"]})
    report = Report.objects.latest("pk")
    assert answer["Location"] == url("report_detail", world, report.pk)
    assert (report.number, report.edition, report.made_by) == (3, 2, world.manager)


def test_the_suggested_headline_follows_the_month(world: Any, sign_in: Any) -> None:
    for month, value in zip(MONTHS, (60, 50, 40, 30, 20, 50), strict=True):
        make_cell(world.program, "impressions", month, value)
    manager, before = sign_in(world.manager), MONTHS[-2].isoformat()
    newest, fewer = "reach is within its usual range.", "Posts were seen less often than in any of the months before."
    assert newest in manager.get(url("report_new", world)).content.decode()
    typed = {"month": before, "headline_en": f"The program's {newest}", "headline_de": "Meins", "decision_en": "Yes?"}
    typed |= {"blocks": ["five"]}
    page = manager.get(url("report_new", world), typed).content.decode()
    assert [words in page for words in (newest, fewer, "Meins", "Yes?")] == [False, True, True, True]
    manager.post(url("report_new", world), typed)  # without scripts the field still holds the newest month's
    assert Report.objects.latest("pk").headline.texts == {"en": fewer, "de": "Meins"}


def test_a_preview_shows_the_page_and_keeps_nothing(world: Any, sign_in: Any) -> None:
    make_cell(world.program, "impressions", MONTHS[-1], 50)
    typed = {
        "month": MONTHS[-1].isoformat(),
        "headline_en": "Looked at <first>",
        "decision_en": "Go on?",
        "blocks": ["five"],
    }
    reports = Report.objects.count()
    answer = sign_in(world.manager).post(url("report_preview", world), typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<h1>Looked at &lt;first&gt;</h1>" in page
    assert 'value="Looked at &lt;first&gt;"' in page, "what was typed stays"
    assert "Impressions" in page.partition("</article>")[0]
    assert f'action="{url("report_new", world)}"' in page
    assert Report.objects.count() == reports


def test_report_new_says_what_is_wrong_and_keeps_what_was_typed(world: Any, sign_in: Any) -> None:
    make_cell(world.program, "impressions", MONTHS[-1], 10)
    answer = sign_in(world.manager).post(
        url("report_new", world), {"month": "nonsense", "headline_en": "Kept words", "decision_until": "2026-12-04"}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Kept words" in page
    assert "Say what needs to be decided" in page


def compared(courses: list[Decimal | None]) -> dict[str, Any]:
    """A snapshot of which only the comparison with the company is known; None: a month that stays hidden."""
    rows = list(zip(MONTHS, courses, strict=False))
    return {
        "month": rows[-1][0].isoformat(),
        "duel": [
            {
                "month": month.isoformat(),
                "state": "shown",
                "people": None if v is None else str(v * 100),
                "company": "100",
            }
            for month, v in rows
        ],
        # months before the chart's are not spoken of
        "times": [["2025-11-01", "9"], *[[month.isoformat(), str(v)] for month, v in rows if v is not None]],
        "five": [{"kpi": "impressions", "before": "100", "value": "100"}],
    }


@given(st.lists(st.none() | st.decimals("0.1", 5, places=2), min_size=1, max_size=len(MONTHS)))
def test_headline_and_chart_never_contradict_each_other(courses: list[Decimal | None]) -> None:
    with translation.override("en"):
        headline = suggested_headline(compared(courses))
        chart = sentences.heard([value for value in courses if value is not None])
    if "their lead has grown" in headline:
        assert "their lead over the company account has grown" in chart
    if "more response than the company page" in headline:
        assert "now gets more response" not in chart
        assert courses[-1] is not None
        assert courses[-1] > 1
    if "their lead over the company account has grown" in chart and courses[-1] is not None:
        assert "their lead has grown" in headline


@pytest.mark.parametrize(
    ("course", "said"),
    [
        (["2", "3"], "their lead over the company account has grown"),
        (["3", "2"], "The company account has moved closer"),
        (["0.4", "0.8"], "People's profiles have moved closer"),
        (["0.8", "0.4"], "now gets more response than people's profiles"),
        (["2", "2.05"], "unchanged"),
    ],
)
def test_the_chart_says_who_is_ahead(course: list[str], said: str) -> None:
    with translation.override("en"):
        assert said in sentences.heard([Decimal(value) for value in course])


@pytest.mark.parametrize(("now", "said"), [("200", "more often"), ("50", "less often"), ("101", "usual range")])
def test_a_headline_about_reach_follows_the_figure(now: str, said: str) -> None:
    data = compared([Decimal("0.5")])
    data["five"][0]["value"] = now
    data["five"][0]["usual"] = {"low": "90", "middle": "100", "high": "110", "swing": "0.1", "months": 6}
    with translation.override("en"):
        assert said in suggested_headline(data)


def test_a_figure_without_a_target_has_no_bar(world: Any, sign_in: Any) -> None:
    five = ShownReport(world.report).five
    assert {figure.label: figure.share is not None for figure in five} == {
        figure.label: bool(figure.target) for figure in five
    }
    assert {bool(figure.target) for figure in five} == {True, False}
    page = sign_in(world.executive).get(url("report_detail", world, world.report.pk)).content.decode()
    assert page.count('class="bullet"') == len([figure for figure in five if figure.target])


def test_report_delete_and_restore(world: Any, sign_in: Any) -> None:
    manager, delete = sign_in(world.manager), url("report_delete", world, world.report.pk)
    assert delete in manager.get(url("report_detail", world, world.report.pk)).content.decode()
    assert delete not in sign_in(world.executive).get(url("report_detail", world, world.report.pk)).content.decode()
    manager.post(delete)
    assert manager.get(url("report_detail", world, world.report.pk)).status_code == 404
    manager.post(url("report_restore", world, world.report.pk))
    assert manager.get(url("report_detail", world, world.report.pk)).status_code == 200


@pytest.mark.parametrize("more", [0, 2])
def test_reports_costs_the_same_whatever_there_is(world: Any, sign_in: Any, more: int) -> None:
    for _ in range(more):
        make_report(scene_of(world.program), MONTHS[-1], {}, by=world.manager)
    client = sign_in(world.executive)
    client.get(url("reports", world))
    with CaptureQueriesContext(connection) as queries:
        client.get(url("reports", world))
    assert len(queries) == 6


def test_report_detail_costs_few_queries(world: Any, sign_in: Any) -> None:
    client = sign_in(world.executive)
    client.get(url("report_detail", world, world.report.pk))
    with CaptureQueriesContext(connection) as queries:
        client.get(url("report_detail", world, world.report.pk))
    assert len(queries) == 11


def test_an_empty_report_is_still_a_report(world: Any, sign_in: Any) -> None:
    report = make_report(scene_of(world.program, Board()), MONTHS[-1], {}, by=world.manager)
    page = sign_in(world.executive).get(url("report_detail", world, report.pk))
    assert page.status_code == 200
    assert ShownReport(report).headline in page.content.decode()
    assert pdf.make(report).startswith(b"%PDF")
