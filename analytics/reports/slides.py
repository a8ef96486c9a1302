"""The report as slides: charts stay charts that one can edit, in the program's accent, each with its words."""

import io

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from analytics.reports.ground import ground_for
from analytics.reports.layouts import Block, BlockRow
from analytics.reports.models import Report
from analytics.reports.pdf import beside_title
from analytics.reports.reading import ShownReport
from analytics.reports.slide_parts import Deck
from core.kit.characters import visible
from core.kit.charts import Chart
from core.kit.templatetags.ui import day
from programs.membership.sender import logo_on_paper


def make(report: Report) -> bytes:
    """From the snapshot alone, in the language that is active."""
    reading = ShownReport(report)
    deck = Deck(ground_for(report), bytes(logo_on_paper(report.program)))
    deck.cover(
        reading.headline,
        _("%(program)s, corporate-influencer program of %(company)s")
        % {"program": reading.program["name"], "company": reading.program["company"]},
        _("Report %(month)s") % {"month": reading.title},
    )
    rows = reading.rows
    for row in rows:
        if row.kind != "last":
            _slides_of(deck, reading, row)
    header, lines = ["", _("Figure"), _("Period"), _("Number"), _("Note")], [list(line) for line in reading.beside]
    for start in range(0, len(lines), deck.lines):
        deck.page(beside_title(reading)).table(header, lines[start : start + deck.lines])
    for row in rows:
        if row.kind == "last":
            _slides_of(deck, reading, row)
    deck.page(_("How these figures were made")).table(["", ""], [list(row) for row in reading.about])
    stream = io.BytesIO()
    deck.file.core_properties.title = visible(f"{reading.program['name']}, {reading.title}")
    deck.file.core_properties.author = visible(reading.program["name"])
    deck.file.save(stream)
    return stream.getvalue()


def _slides_of(deck: Deck, reading: ShownReport, row: BlockRow) -> None:
    """The three sentences stand above the five figures where both are shown."""
    kinds = [each.kind for each in reading.rows]
    three = [plain(text) for text in reading.three] if "summary" in kinds else []
    if row.kind == "five":
        rows = [[each.label, each.hidden or each.said, each.target, each.fact] for each in reading.five]
        header = [_("Figure"), reading.title, _("Target"), _("Note")]
        deck.page(_("Five figures and their targets")).points(three).table(header, rows)
    elif row.kind == "summary" and "five" not in kinds:
        deck.page(reading.title).points(three)
    elif row.kind == "aims":
        deck.page(_("Strategy map")).map(
            [[(aim.place, aim.text, aim.value) for aim in each.aims] for each in reading.aims],
            {
                (aim.place, line.goal): line.is_proven
                for each in reading.aims
                for aim in each.aims
                for line in aim.lines
            },
        )
    elif row.kind == "told":
        deck.page(_("Told successes")).points([each.in_one_line for each in reading.told])
    elif row.kind == "notes":
        deck.page(_("Notes")).points(reading.notes.splitlines())
    for chart in row.charts:
        deck.page(plain(chart.sentence)).points(chart.besides, small=True).chart(
            chart, described(chart), hidden_in(chart)
        )
    for block in row.blocks:
        if block == Block.NEXT:
            dates = [f"{day(on)}: {title}" for on, title in reading.next]
            deck.page(_("What happens next")).points(dates or [_("No dates are planned yet.")])
        if block == Block.DECISION:
            until = reading.report.decision_until
            asked = _("Your decision by %(day)s") % {"day": day(until)} if until else _("Your decision")
            deck.page(asked).points(reading.decision.splitlines())


def plain(sentence: str) -> str:
    return strip_tags(sentence).replace("&#x27;", "'").replace("&quot;", '"').replace("&lt;", "<").replace("&amp;", "&")


def described(chart: Chart) -> str:
    """The picture in words: every value, as the table beside it says it on the page."""
    lines = [plain(chart.sentence), *chart.besides]
    for row in chart.rows:
        said = (
            f"{name} {cell.reason if cell.hidden else cell.display}"
            for name, cell in zip(chart.columns[1:], row.cells, strict=True)
        )
        lines.append(f"{row.label}: {', '.join(said)}")
    lines += chart.marked
    return "\n".join(lines)


def hidden_in(chart: Chart) -> str:
    """Which months show no value, and why; a gap in a chart explains nothing."""
    gaps = [(row.label, cell.reason) for row in chart.rows for cell in row.cells if cell.hidden]
    return "; ".join(f"{label}: {reason}" for label, reason in gaps)
