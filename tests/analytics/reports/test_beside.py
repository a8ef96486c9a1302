"""What goes in, what the goals show, how it was before: one number in page, PDF, files and slides."""

import io
from decimal import Decimal
from typing import Any

from django.urls import reverse
from pypdf import PdfReader

from analytics.reports import pdf
from analytics.reports.models import Report
from analytics.reports.reading import ShownReport
from analytics.reports.services import make_report
from programs.charter.models import BudgetLine
from programs.membership.models import Program
from tests.factories.reports import MONTHS, board_of_six_months, point, scene_of


def frozen(world: Any, board: Any = None, **more: Any) -> Report:
    world.goal.figures = ["activity_rate", "impressions"]
    world.goal.save()
    program = Program.objects.get(pk=world.program.pk)
    BudgetLine.objects.create(program=program, title="Studio", kind="money", planned=60_000, actual=38_400)
    return make_report(scene_of(program, board), MONTHS[-1], {}, by=world.manager, **more)


def told(report: Report) -> dict[str, list[str]]:
    before = ShownReport(report).before
    return {row[0]: row[1:] for row in before.rows} if before else {}


def test_one_number_in_page_pdf_and_files(world: Any, sign_in: Any) -> None:
    report = frozen(world, with_cost=True)
    executive = sign_in(world.executive)
    files = reverse("analytics:report_data", args=[world.program.slug, report.pk, "csv"])
    home = executive.get(reverse("home:program", args=[world.program.slug])).content.decode()
    page = executive.get(reverse("analytics:report_detail", args=[world.program.slug, report.pk])).content.decode()
    table = executive.get(files).content.decode()
    paper = PdfReader(io.BytesIO(pdf.make(report))).pages[1].extract_text()
    for words in ("Become visible as an employer", "Target 75%", "July 2026"):
        for each in (home, page, table, paper):
            assert words in each.replace("\N{NO-BREAK SPACE}", " "), words
    sums = [part.value for part in ShownReport(report).inputs]
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in sums] == [
        "24",
        "38,400 EUR",
        "1,600 EUR",  # by 24 people
        "142.22 EUR",  # by 270 thousand impressions
    ]


def test_the_cost_is_said_only_where_whoever_freezes_wants_it(world: Any) -> None:
    assert "Cost" not in [each.label for each in ShownReport(frozen(world)).inputs]


def test_what_was_hidden_then_is_hidden_in_the_comparison(world: Any) -> None:
    board = board_of_six_months()
    line = board.lines["activity_rate", "people", None, "month"]
    line[-4] = point(MONTHS[-4], "0.66", state="too_few")
    report = frozen(world, board)
    assert "66" not in str(told(report)["Active"])
    assert "Fewer than 9 people" in told(report)["Active"][1]
    assert "0.66" not in str(report.data)


def test_a_sum_of_another_number_of_people_is_not_compared(world: Any) -> None:
    board = board_of_six_months()
    assert told(frozen(world, board))["Impressions"][1] == "40K"
    line = board.lines["impressions", "people", None, "month"]
    line[-4] = type(line[-4])(MONTHS[-4], "shown", Decimal(40_000), None, None, people=8)
    again = make_report(scene_of(world.program, board), MONTHS[-1], {}, by=world.manager)
    assert "not comparable" in told(again)["Impressions"][1]
    assert "40000" not in str(again.data["before"])


def test_without_a_month_of_impressions_nothing_is_divided_by_them(world: Any) -> None:
    board = board_of_six_months()
    line = board.lines["impressions", "people", None, "month"]
    line[-4] = point(MONTHS[-4], None, state="too_few")
    labels = [each.label for each in ShownReport(frozen(world, board, with_cost=True)).inputs]
    assert labels == ["People", "Cost", "Cost per participant"]


def test_the_hours_of_everybody_are_said_as_they_are_published(world: Any) -> None:
    board = board_of_six_months()
    board.lines["time_budget", "people", None, "month"].append(point(MONTHS[-1], 45, 5400))
    shown = {each.label: each.value for each in ShownReport(frozen(world, board)).inputs}
    assert shown["Hours"].replace("\N{NO-BREAK SPACE}", " ") == "≥ 90 hr"
