"""Parts of slides: a cover, titles, points, tables and native charts, each where the page has room for it."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from core.kit.characters import visible
from core.kit.charts import Chart, ChartKind

COVER, TITLE_ONLY = 0, 5  # layouts of the empty file
LEFT, WIDE, TOP, FOOT = 0.7, 11.9, 1.75, 6.9  # inches
LINE = 0.42


class Deck:
    def __init__(self, file: Any, logo: bytes) -> None:
        self.file, self.logo = file, logo

    def cover(self, title: str, *lines: str) -> None:
        slide = self.file.slides.add_slide(self.file.slide_layouts[COVER])
        _place(slide.shapes.title, LEFT, 2.2, WIDE, 1.9)
        _write(slide.shapes.title.text_frame, [title], size=38, bold=True)
        below = slide.placeholders[1]
        _place(below, LEFT, 4.3, WIDE, 1.4)
        _write(below.text_frame, lines, size=18)
        if self.logo:
            picture = slide.shapes.add_picture(io.BytesIO(self.logo), Inches(LEFT), Inches(0.7), height=Inches(0.7))
            describe(picture, "")

    def page(self, title: str) -> "Page":
        slide = self.file.slides.add_slide(self.file.slide_layouts[TITLE_ONLY])
        _place(slide.shapes.title, LEFT, 0.45, WIDE, 1.1)
        _write(slide.shapes.title.text_frame, [title], size=26, bold=True)
        return Page(slide)


class Page:
    """A slide with a title; what is put on it stands below what is there."""

    def __init__(self, slide: Any) -> None:
        self.slide, self.at = slide, TOP

    def points(self, lines: Sequence[str], *, small: bool = False) -> "Page":
        if not lines:
            return self
        across, size = (135, 13) if small else (95, 18)
        high = LINE * size / 18 * max(1, sum(1 + len(line) // across for line in lines))
        box = self.slide.shapes.add_textbox(Inches(LEFT), Inches(self.at), Inches(WIDE), Inches(high))
        _write(box.text_frame, lines, size=size)
        self.at += high + 0.3
        return self

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> "Page":
        head = [header] if any(header) else []
        lines = [*head, *rows]
        where = Inches(LEFT), Inches(self.at), Inches(WIDE), Inches(LINE * len(lines))
        frame = self.slide.shapes.add_table(len(lines), len(header), *where)
        frame.table.first_row, frame.table.first_col = bool(head), not head
        describe(frame, self.slide.shapes.title.text_frame.text)
        if not head:
            frame.table.columns[0].width, frame.table.columns[1].width = Inches(3), Inches(WIDE - 3)
        for down, row in enumerate(lines):
            for across, text in enumerate(row):
                cell = frame.table.cell(down, across)
                cell.text = visible(text)
                cell.text_frame.word_wrap = True
                for paragraph in cell.text_frame.paragraphs:
                    paragraph.font.size = Pt(14)
        return self

    def map(self, rows: Sequence[Sequence[tuple[int, str, str]]], lines: Mapping[tuple[int, int], bool]) -> "Page":
        """Cards in rows, joined by lines that stay joined when a card is moved; what is only assumed is dashed."""
        high = (FOOT - self.at) / len(rows)
        cards = {}
        for down, row in enumerate(rows):
            wide = WIDE / len(row)
            for across, (place, text, value) in enumerate(row):
                where = LEFT + wide * across + 0.1, self.at + high * down, wide - 0.2, high * 0.62
                card = self.slide.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *(Inches(each) for each in where))
                card.fill.solid()
                card.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
                card.line.color.theme_color = MSO_THEME_COLOR.ACCENT_1
                _write(card.text_frame, [text, value] if value else [text], size=12)
                for paragraph in card.text_frame.paragraphs:
                    paragraph.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
                cards[place] = (down, card)
        for (start, goal), is_proven in lines.items():
            (below, source), (above, target) = cards[start], cards[goal]
            line = self.slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, 0, 0, 0, 0)
            line.begin_connect(source, 0)
            line.end_connect(target, 2 if below > above else 0)
            line.line.color.theme_color = MSO_THEME_COLOR.ACCENT_1 if is_proven else MSO_THEME_COLOR.ACCENT_2
            line.line.width = Pt(2 if is_proven else 1.25)
            if not is_proven:
                line.line.dash_style = MSO_LINE.DASH
            describe(line, "")
        return self

    def chart(self, chart: Chart, words: str, gaps: str) -> "Page":
        data: Any = CategoryChartData(number_format="#,##0")  # type: ignore[no-untyped-call]
        data.categories = [visible(label) for label in chart.labels]
        for series in chart.series:
            data.add_series(visible(series.name), [None if c.value is None else float(c.value) for c in series.cells])
        if chart.target:
            first = min(chart.target.first, len(chart.labels))  # the months before had another one
            counts = [None] * first + [float(chart.target.value)] * (len(chart.labels) - first)
            data.add_series(visible(chart.target.label), counts)
        lines = chart.kind == ChartKind.DUEL or chart.target is not None
        kind = XL_CHART_TYPE.LINE_MARKERS if lines else XL_CHART_TYPE.COLUMN_CLUSTERED
        where = Inches(LEFT), Inches(self.at), Inches(WIDE), Inches(FOOT - 0.6 - self.at)
        frame = self.slide.shapes.add_chart(kind, *where, data)
        describe(frame, words)
        drawn = frame.chart
        drawn.has_title = False
        drawn.font.size = Pt(14)
        drawn.has_legend = len(list(drawn.plots[0].series)) > 1
        if drawn.has_legend:
            drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        drawn.plots[0].has_data_labels = not lines
        for place, line in enumerate(drawn.plots[0].series):
            _colour(line, place, is_line=lines)
        box = self.slide.shapes.add_textbox(Inches(LEFT), Inches(FOOT - 0.5), Inches(WIDE), Inches(0.5))
        _write(box.text_frame, [line for line in (chart.source, gaps) if line], size=12)
        self.slide.notes_slide.notes_text_frame.text = visible(words)
        return self


def describe(shape: Any, words: str) -> None:
    """What a screen reader says; without words it is an ornament."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", visible(words))


def _colour(series: Any, place: int, *, is_line: bool) -> None:
    """By the theme, so that the company's own master gives them its colours."""
    wanted = (MSO_THEME_COLOR.ACCENT_1, MSO_THEME_COLOR.ACCENT_2, MSO_THEME_COLOR.TEXT_1)[min(place, 2)]
    fills = [series.format.line, series.marker.format.fill] if is_line else [series.format.fill]
    for each in fills:
        fill = each.fill if hasattr(each, "fill") else each
        fill.solid()
        fill.fore_color.theme_color = wanted
    if is_line:
        series.smooth = False
        series.format.line.width = Pt(3 if place == 0 else 2)


def _place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = (Inches(each) for each in (left, top, width, height))


def _write(frame: Any, lines: Sequence[str], *, size: int, bold: bool = False) -> None:
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.text = "\n".join(visible(line) for line in lines)
    for paragraph in frame.paragraphs:
        paragraph.font.size, paragraph.font.bold = Pt(size), bold
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_after = Pt(6)
