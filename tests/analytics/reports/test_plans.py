"""A quarter summed up, its objectives and the strategy map in every form of a report."""

import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

from pptx import Presentation
from pypdf import PdfReader

from analytics.kpis.definitions import definitions
from analytics.kpis.queries import Board
from analytics.reports import files, pdf, slides
from analytics.reports.layouts import Block
from analytics.reports.letters import page_of
from analytics.reports.models import Report
from analytics.reports.queries import report_card
from analytics.reports.reading import ShownReport
from analytics.reports.services import make_report
from analytics.scorecard import services, services_objectives
from tests.factories.kpis import make_cell
from tests.factories.reports import MONTHS, board_of_six_months, point, scene_of
from tests.world import client_of

SEPTEMBER = MONTHS[-2]


def frozen(world: Any, blocks: list[str], month: date = MONTHS[-1], board: Board | None = None) -> Report:
    return make_report(scene_of(world.program, board), month, {"blocks": blocks}, by=world.manager)


def forms_of(report: Report, world: Any) -> dict[str, str]:
    """The report as each of its readers gets it, in words."""
    address = report_address(report)
    mail = page_of(world.executive, type("Row", (), {"about": str(report.pk)}))
    assert mail is not None
    deck = Presentation(io.BytesIO(slides.make(report)))
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    cells = [cell.text for shape in shapes if shape.has_table for cell in shape.table.iter_cells()]
    said = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    return {
        "page": client_of("executive", world).get(address).content.decode(),
        "mail": mail.html,
        "pdf": "".join(each.extract_text() for each in PdfReader(io.BytesIO(pdf.make(report))).pages),
        "csv": files.answer(report, "csv").content.decode(),
        "slides": "\n".join(cells + said),
    }


def report_address(report: Report) -> str:
    return f"/p/{report.program.slug}/reports/{report.pk}/"


def plain(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def test_a_quarter_adds_what_adds_up_and_says_what_does_not(world: Any) -> None:
    """June was before; July, August and September are summed: 40, 50 and 60 thousand."""
    report = frozen(world, [Block.QUARTER], SEPTEMBER)
    told = ShownReport(report).quarter
    assert told is not None
    rows = {row[0]: row[1:] for row in told.rows}
    assert told.sentence == "Quarter 3 of 2026, summed up"
    assert rows["Impressions"][0] == "150K"
    apart = next(value for name, value in rows.items() if name == definitions()["activity_rate"].name)
    assert apart[0] == "cannot be added: the same people are in several months"
    rate = next(value for name, value in rows.items() if name.startswith("Engagement"))
    assert rate[0] == "4.2%", "of 10,000 impressions a month: 3.8, 4.2 and 4.6 percent"
    for form, text in forms_of(report, world).items():
        assert "150K" in plain(text), form


def test_a_quarter_with_a_hidden_or_missing_month_has_no_sum(world: Any) -> None:
    board = board_of_six_months()
    board.lines["impressions", "people", None, "month"][3] = point(MONTHS[3], None, state="too_few")
    told = ShownReport(frozen(world, [Block.QUARTER], SEPTEMBER, board)).quarter
    assert told is not None
    impressions = next(row for row in told.rows if row[0] == "Impressions")
    assert impressions[1] == "a month of it is hidden"
    assert impressions[3] == "–", "of a year before nothing is known, and no smaller sum stands there"


def test_sums_of_other_numbers_of_people_are_not_put_beside_each_other(world: Any) -> None:
    board = board_of_six_months()
    line = board.lines["impressions", "people", None, "month"]
    for back, people in ((4, 20), (3, 35)):
        line.insert(0, type(line[0])(date(2026, back, 1), "shown", Decimal(7), None, None, people))
    line[:] = [each for each in line if each.start_on.month != 10]
    told = ShownReport(frozen(world, [Block.QUARTER], SEPTEMBER, board)).quarter
    assert told is not None
    row = next(each for each in told.rows if each[0] == "Impressions")
    assert row[2] not in ("–",)
    line[-1] = type(line[0])(SEPTEMBER, "shown", Decimal(60_000), None, None, 45)
    told = ShownReport(frozen(world, [Block.QUARTER], SEPTEMBER, board)).quarter
    assert told is not None
    row = next(each for each in told.rows if each[0] == "Impressions")
    assert row[2] == "not comparable: another number of people"


def test_a_running_quarter_says_how_far_it_goes(world: Any) -> None:
    told = ShownReport(frozen(world, [Block.QUARTER])).quarter
    assert told is not None
    assert told.sentence == "Quarter 4 of 2026 so far, up to October 2026"
    assert next(row for row in told.rows if row[0] == "Impressions")[1] == "70K"


def test_objectives_are_frozen_in_every_form(world: Any) -> None:
    values: dict[str, Any] = {"text": "Value counts", "kpi": "value_mix", "start": Decimal("0.5")}
    services_objectives.add_result(world.objective, target=Decimal("0.9"), by=world.manager, **values)
    report = frozen(world, [Block.OBJECTIVES])
    services_objectives.check_in(world.key_result, value=Decimal(49), text="Nearly.", by=world.manager)
    for form, text in forms_of(report, world).items():
        for words in ("Be talked with", "Fifty talks", "30 talks", "Value counts", "83%"):
            assert words in plain(text), (form, words)
        assert "49 talks" not in plain(text), form
    told = json.loads(files.answer(report, "json").content)["report"]["objectives"]["rows"][0]["results"][1]
    assert (told["value"], told["on"]) == ("0.83", "2026-10-01")


def test_the_map_is_drawn_in_page_pdf_and_slides_with_its_lines_told(world: Any) -> None:
    services.add_aim(world.program, text="Have time", perspective="learning", feeds=[world.aim], by=world.manager)
    report = frozen(world, [Block.AIMS])
    services.edit_line(world.strategy_line, is_proven=False, why="", by=world.manager)
    for form, text in forms_of(report, world).items():
        assert "Be heard" in plain(text), form
        assert "leads to Fill positions (proven): Shown by a study." in plain(text), form
        assert "leads to Be heard (assumed)" in plain(text), form
    page = forms_of(report, world)["page"]
    assert "js/strategy" in page
    assert "data-proven" in page
    deck = Presentation(io.BytesIO(slides.make(report)))
    lines = [shape for slide in deck.slides for shape in slide.shapes if shape._element.tag.endswith("}cxnSp")]
    assert len(lines) == 2
    assert sum(line.line.dash_style is not None for line in lines) == 1


def test_a_report_without_these_blocks_keeps_nothing_of_them(world: Any) -> None:
    data = frozen(world, [Block.FIVE]).data
    assert not {"objectives", "aims", "quarter_sum"} & set(data)


def test_a_report_of_one_generation_has_its_cells_alone_and_says_so(world: Any) -> None:
    """What is published of everybody stands nowhere in it, and the report of everybody still counts."""
    generation, month = world.generation, MONTHS[-1]
    for each in MONTHS:
        make_cell(world.program, "impressions", each, 50_000)
    client, new = client_of("manager", world), f"/p/{world.program.slug}/reports/new/"
    assert 'name="generation"' not in client.get(new).content.decode(), "nothing of a generation is published"
    make_cell(world.program, "impressions", month, 7_000, generation=generation)
    sent = {"month": month.isoformat(), "blocks": ["five", "objectives", "aims", "reach"], "generation": generation.pk}
    assert client.post(new, sent | {"month": MONTHS[0].isoformat()}).status_code == 422
    assert client.post(new, sent).status_code == 302
    report = Report.objects.get(of_generation=generation.pk)
    reading = ShownReport(report)
    assert reading.title == f"October 2026, {generation.name}"
    assert ("Filters", f"{generation.name}, all networks") in reading.about
    assert not {"objectives", "aims"} & set(report.data)
    for form, text in forms_of(report, world).items():
        assert "7,000" in text, form
        assert "50,000" not in text, form
        assert "50K" not in text, form
    newest = Report.objects.with_newest().get(pk=world.report.pk)
    assert newest.replaced_by is None
    card = report_card(world.program)
    assert card is not None
    assert card.report == world.report
