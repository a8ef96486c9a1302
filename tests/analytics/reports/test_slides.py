"""The report as slides: native charts with the numbers of the page, and words for who does not see them."""

import io
from decimal import Decimal
from typing import Any

from django.urls import reverse
from pptx import Presentation

from analytics.reports.ground import ground_for
from analytics.reports.reading import ShownReport
from analytics.reports.services import make_report
from analytics.reports.slide_parts import Deck
from core.kit.charts import Chart, ChartCell, ChartKind, series_of
from tests.factories.reports import MONTHS, board_of_six_months, point, scene_of


def deck_of(client: Any, report: Any) -> Any:
    answer = client.get(reverse("analytics:report_data", args=[report.program.slug, report.pk, "pptx"]))
    return Presentation(io.BytesIO(answer.content))


def frames(deck: Any) -> list[Any]:
    return [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def test_slides_hold_native_charts_with_the_numbers_of_the_page(world: Any, sign_in: Any) -> None:
    deck = deck_of(sign_in(world.executive), world.report)
    wanted = ShownReport(world.report).charts
    for frame, chart in zip(frames(deck), wanted, strict=True):
        for drawn, series in zip(frame.chart.plots[0].series, chart.series, strict=False):
            assert list(drawn.values) == [None if c.value is None else float(c.value) for c in series.cells]
        words = frame._element.xpath(".//p:cNvPr")[0].get("descr")
        assert all(cell.display in words for row in chart.rows for cell in row.cells)
    assert all(slide.shapes.title.text_frame.text for slide in deck.slides)
    texts = [cell.text for slide in deck.slides for s in slide.shapes if s.has_table for cell in s.table.iter_cells()]
    assert {"70K", world.report.sha256, "All generations, all networks"} <= set(texts)


def test_a_hidden_cell_is_a_gap_with_its_reason(world: Any, sign_in: Any) -> None:
    board = board_of_six_months()
    board.lines["impressions", "people", None, "month"][-1] = point(MONTHS[-1], None, state="too_few")
    report = make_report(
        scene_of(world.program, board), MONTHS[-1], {"decision": {"en": "Go\x0bon?"}}, by=world.manager
    )
    deck = deck_of(sign_in(world.manager), report)
    assert next(iter(frames(deck)[1].chart.plots[0].series)).values[-1] is None
    words = "\n".join(s.text_frame.text for slide in deck.slides for s in slide.shapes if s.has_text_frame)
    assert "Oct: Fewer than 9 people have a figure here, or it would tell too much about one or two." in words


def test_slides_have_the_accent_of_the_program(world: Any, sign_in: Any) -> None:
    world.program.accent = "#7a1f5c"
    world.program.save()
    deck = deck_of(sign_in(world.manager), world.report)
    themes = [part for part in deck.part.package.iter_parts() if "theme" in str(part.partname)]
    assert any(b'<a:accent1><a:srgbClr val="7A1F5C"' in part.blob for part in themes)


def test_at_least_so_much_is_never_a_bare_number_on_a_slide(world: Any) -> None:
    cells = [[ChartCell(Decimal(80), "80 %")], [ChartCell(Decimal(35), "≥ 35 %", is_floor=True)]]
    made = Chart("rate", ChartKind.BARS, "Many label.", "Month", ("May", "Jun"), series_of(["Label"], cells), unit="%")
    page = Deck(ground_for(world.report), b"").page("Labels").chart(made, "words", "")
    frame = next(shape for shape in page.slide.shapes if shape.has_chart)
    points = next(iter(frame.chart.plots[0].series)).points
    assert "≥ 35 %" in points[1].data_label.text_frame.text
    assert any(made.open_note in shape.text_frame.text for shape in page.slide.shapes if shape.has_text_frame)
