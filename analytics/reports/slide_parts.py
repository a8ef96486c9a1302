"""Parts of slides: a cover, titles, points, tables and native charts, each where the page has room for it."""

import io
import math
from collections.abc import Mapping, Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from analytics.reports.ground import STANDARD_WIDE, Ground
from core.kit.characters import visible
from core.kit.charts import Chart, ChartCell, ChartKind

LINE = 0.42  # inches of a table's line
LINES = 12  # of a table on one slide, at most
SMALLEST = 14  # points of a title
AVERAGE, LEADING = 0.52, 1.2  # of a letter's width and a line's height, to its size


class Deck:
    def __init__(self, ground: Ground, logo: bytes) -> None:
        self.ground, self.file, self.logo = ground, ground.file, logo

    @property
    def lines(self) -> int:
        """Of a table on one slide."""
        room = (self.ground.foot - self.ground.top) / (LINE * self.ground.scale)
        return max(3, min(LINES, math.floor(room) - 1)) if self.ground.offers else LINES

    def cover(self, title: str, *lines: str) -> None:
        slide = self.file.slides.add_slide(self.ground.cover)
        if self.ground.offers:
            _own_cover(slide, self.ground.offers, title, lines)
            return
        left, wide = self.ground.left, self.ground.wide
        _place(slide.shapes.title, left, 2.2, wide, 1.9)
        _write(slide.shapes.title.text_frame, [title], size=38, bold=True)
        below = slide.placeholders[1]
        _place(below, left, 4.3, wide, 1.4)
        _write(below.text_frame, lines, size=18)
        if self.logo:
            picture = slide.shapes.add_picture(io.BytesIO(self.logo), Inches(left), Inches(0.7), height=Inches(0.7))
            describe(picture, "")

    def page(self, title: str) -> "Page":
        slide = self.file.slides.add_slide(self.ground.page)
        if self.ground.offers:
            told = self.ground.offers["page"]
            _fit(slide.shapes.title, title, told["title"], told["size"])
            _clear(slide)
        else:
            _place(slide.shapes.title, self.ground.left, 0.45, self.ground.wide, 1.1)
            _write(slide.shapes.title.text_frame, [title], size=26, bold=True)
        return Page(slide, self.ground)


class Page:
    """A slide with a title; what is put on it stands below what is there."""

    def __init__(self, slide: Any, ground: Ground) -> None:
        self.slide, self.at = slide, ground.top
        self.left, self.wide, self.foot, self.scale = ground.left, ground.wide, ground.foot, ground.scale

    def points(self, lines: Sequence[str], *, small: bool = False) -> "Page":
        if not lines:
            return self
        across, size = (135, 13) if small else (95, 18)
        across = round(across * self.wide / STANDARD_WIDE / self.scale)
        high = LINE * self.scale * size / 18 * max(1, sum(1 + len(line) // across for line in lines))
        box = self.slide.shapes.add_textbox(Inches(self.left), Inches(self.at), Inches(self.wide), Inches(high))
        _write(box.text_frame, lines, size=size * self.scale)
        self.at += high + 0.3 * self.scale
        return self

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> "Page":
        head = [header] if any(header) else []
        lines = [*head, *rows]
        where = Inches(self.left), Inches(self.at), Inches(self.wide), Inches(LINE * self.scale * len(lines))
        frame = self.slide.shapes.add_table(len(lines), len(header), *where)
        frame.table.first_row, frame.table.first_col = bool(head), not head
        describe(frame, self.slide.shapes.title.text_frame.text)
        if not head:
            first = 3 * self.wide / STANDARD_WIDE
            frame.table.columns[0].width, frame.table.columns[1].width = Inches(first), Inches(self.wide - first)
        for down, row in enumerate(lines):
            for across, text in enumerate(row):
                cell = frame.table.cell(down, across)
                cell.text = visible(text)
                cell.text_frame.word_wrap = True
                for paragraph in cell.text_frame.paragraphs:
                    paragraph.font.size = _points(14 * self.scale)
        return self

    def map(self, rows: Sequence[Sequence[tuple[int, str, str]]], lines: Mapping[tuple[int, int], bool]) -> "Page":
        """Cards in rows, joined by lines that stay joined when a card is moved; what is only assumed is dashed."""
        high = (self.foot - self.at) / len(rows)
        cards = {}
        for down, row in enumerate(rows):
            wide = self.wide / len(row)
            for across, (place, text, value) in enumerate(row):
                where = self.left + wide * across + 0.1, self.at + high * down, wide - 0.2, high * 0.62
                card = self.slide.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *(Inches(each) for each in where))
                card.fill.solid()
                card.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
                card.line.color.theme_color = MSO_THEME_COLOR.ACCENT_1
                _write(card.text_frame, [text, value] if value else [text], size=12 * self.scale)
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
        signs = {mark.place: f" [{mark.sign}]" for mark in chart.marks if mark.sign}
        data.categories = [visible(label + signs.get(place, "")) for place, label in enumerate(chart.labels)]
        for series in chart.series:
            data.add_series(visible(series.name), [None if c.value is None else float(c.value) for c in series.cells])
        if chart.target:
            first = min(chart.target.first, len(chart.labels))  # the months before had another one
            counts = [None] * first + [float(chart.target.value)] * (len(chart.labels) - first)
            data.add_series(visible(chart.target.label), counts)
        lines = chart.kind == ChartKind.DUEL or chart.target is not None
        kind = XL_CHART_TYPE.LINE_MARKERS if lines else XL_CHART_TYPE.COLUMN_CLUSTERED
        below = [line for line in (chart.source, chart.open_note, gaps, *chart.marked) if line]
        lines_below = sum(1 + len(line) // 150 for line in below)
        foot = max(self.at + 2, self.foot - 0.5 - 0.25 * max(0, lines_below - 2))  # two lines have room there anyway
        where = Inches(self.left), Inches(self.at), Inches(self.wide), Inches(max(1.5, foot - 0.1 - self.at))
        frame = self.slide.shapes.add_chart(kind, *where, data)
        describe(frame, words)
        drawn = frame.chart
        drawn.has_title = False
        drawn.font.size = _points(14 * self.scale)
        drawn.has_legend = len(list(drawn.plots[0].series)) > 1
        if drawn.has_legend:
            drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        drawn.plots[0].has_data_labels = not lines
        for place, line in enumerate(drawn.plots[0].series):
            _colour(line, place, is_line=lines)
        for series, told in zip(drawn.plots[0].series, chart.series, strict=False):
            _say_floors(series, told.cells, self.scale)
        box = self.slide.shapes.add_textbox(
            Inches(self.left), Inches(foot), Inches(self.wide), Inches(max(0.5, self.foot - foot))
        )
        _write(box.text_frame, below, size=12 * self.scale)
        self.slide.notes_slide.notes_text_frame.text = visible(words)
        return self


def describe(shape: Any, words: str) -> None:
    """What a screen reader says; without words it is an ornament."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", visible(words))


def _say_floors(series: Any, cells: Sequence[ChartCell], scale: float) -> None:
    """At least so much is never written as a bare number."""
    for place, cell in enumerate(cells):
        if cell.is_floor and cell.value is not None:
            label = series.points[place].data_label
            label.text_frame.text = visible(cell.display)
            label.text_frame.paragraphs[0].font.size = _points(14 * scale)


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


def _write(frame: Any, lines: Sequence[str], *, size: float, bold: bool = False) -> None:
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.text = "\n".join(visible(line) for line in lines)
    for paragraph in frame.paragraphs:
        paragraph.font.size, paragraph.font.bold = _points(size), bold
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_after = Pt(6)


def _points(size: float) -> Any:
    return Pt(round(size))


def _own_cover(slide: Any, offers: dict[str, Any], title: str, lines: Sequence[str]) -> None:
    """In the company's own fields; without one below the title its lines get a box there."""
    told = offers["cover"]
    _fit(slide.shapes.title, title, told["title"], told["size"])
    if told["below"] is not None:
        slide.placeholders[told["below"]].text_frame.text = "\n".join(visible(line) for line in lines)
    else:
        left, top, wide, high = told["title"]
        under = min(top + high + 0.1, offers["high"] - 1)
        box = slide.shapes.add_textbox(Inches(left), Inches(under), Inches(wide), Inches(0.8))
        _write(box.text_frame, lines, size=16)
    _clear(slide)


def _fit(title: Any, text: str, box: Sequence[float], most: float) -> None:
    """In the company's own letters, and smaller only where a headline would leave its field."""
    title.text_frame.text = visible(text)
    size = most
    while size > SMALLEST and not _fits(text, box, size):
        size -= 1
    if size < most:
        for paragraph in title.text_frame.paragraphs:
            paragraph.font.size = _points(size)


def _fits(text: str, box: Sequence[float], size: float) -> bool:
    across = max(1, math.floor((box[2] - 0.2) * 72 / (size * AVERAGE)))
    return math.ceil(len(text) / across) * size * LEADING <= (box[3] - 0.1) * 72


def _clear(slide: Any) -> None:
    """Fields of the layout that nothing was written into would say "click to add"."""
    for each in list(slide.placeholders):
        if not (each.has_text_frame and each.text_frame.text):
            each._element.getparent().remove(each._element)
