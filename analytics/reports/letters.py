"""The page of a report in a mail: the same frozen figures as on the page and in the PDF, in the reader's language."""

from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from analytics.reports.layouts import Block, BlockRow
from analytics.reports.models import Report
from analytics.reports.reading import ShownReport
from core.kit.rooms import PageInMail
from core.kit.templatetags.ui import day

if TYPE_CHECKING:
    from core.people.models import User


def page_of(person: "User", row: Any) -> PageInMail | None:
    """Of the report that the news is about; nothing once it was deleted."""
    report = Report.objects.present().filter(pk=row.about).select_related("program", "made_by").first()
    if report is None:
        return None
    reading = ShownReport(report)
    html = render_to_string("analytics/reports/mail.html", {"reading": reading, "report": report})
    return PageInMail("\n".join(_lines(reading)), html)


def _lines(reading: ShownReport) -> Iterator[str]:
    """The page as plain text, its blocks in their order."""
    yield reading.headline
    for row in reading.rows:
        yield ""
        yield from _row(reading, row)
    if reading.footnote:
        yield from ("", reading.footnote)


def _row(reading: ShownReport, row: BlockRow) -> Iterator[str]:
    match row.kind:
        case "summary":
            yield from (f"- {_plain(sentence)}" for sentence in reading.three)
        case "five":
            yield _("Five figures and their targets")
            for figure in reading.five:
                yield f"- {figure.label}: {figure.hidden or ', '.join(filter(None, figure.in_words))}"
        case "inout":
            yield from _inout(reading, row)
        case "charts":
            for chart in row.charts:
                yield _plain(chart.sentence)
                yield from chart.besides
                for line in chart.rows:
                    cells = zip(chart.columns[1:], line.cells, strict=True)
                    said = ", ".join(f"{name} {cell.reason if cell.hidden else cell.display}" for name, cell in cells)
                    yield f"- {line.label}: {said}"
                yield from chart.marked
        case "before" if reading.before:
            yield _("Beside the quarter and the year before")
            yield from _table(reading.before.header, reading.before.rows)
        case "generations" if reading.generations:
            yield reading.generations.sentence
            yield from _table(reading.generations.header, reading.generations.rows)
        case "told":
            yield _("Told successes")
            yield from (f"- {each.in_one_line}" for each in reading.told)
        case "notes":
            yield from (_("Notes"), reading.notes)
        case "last":
            if Block.NEXT in row.blocks and reading.next:
                yield _("What happens next")
                yield from (f"- {day(on)}: {title}" for on, title in reading.next)
            if Block.DECISION in row.blocks:
                yield from ("", reading.deadline, reading.decision)
        case "definitions":
            yield _("Definitions")
            yield from (f"- {each.name}: {each.definition}" for each in reading.formulas)


def _inout(reading: ShownReport, row: BlockRow) -> Iterator[str]:
    if row.inputs:
        yield _("What goes in")
        yield from (f"- {each.label}: {each.value} ({each.note})" for each in row.inputs)
    for goal in reading.goals if Block.GOALS in row.blocks else ():
        yield from ("", goal.text)
        for each in goal.figures:
            yield f"- {each.label}: {each.hidden or ', '.join(filter(None, (each.value, each.target)))}"


def _table(header: list[str], rows: list[list[str]]) -> Iterator[str]:
    for name, *numbers in rows:
        told = zip(header[1:], numbers, strict=True)
        yield f"- {name}: {'; '.join(f'{when} {text}' for when, text in told)}"


def _plain(sentence: str) -> str:
    return unescape(strip_tags(sentence))
