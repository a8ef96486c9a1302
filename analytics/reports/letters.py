"""The page of a report in a mail: the same frozen figures as on the page and in the PDF, in the reader's language."""

from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

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
    """The page as plain text."""
    yield from (reading.headline, "")
    yield from (f"- {_plain(sentence)}" for sentence in reading.three)
    yield from ("", _("Five figures and their targets"))
    for figure in reading.five:
        yield f"- {figure.label}: {figure.hidden or ', '.join(filter(None, figure.in_words))}"
    if reading.inputs:
        yield from ("", _("What goes in"))
        yield from (f"- {each.label}: {each.value} ({each.note})" for each in reading.inputs)
    for goal in reading.goals:
        yield from ("", goal.text)
        for each in goal.figures:
            yield f"- {each.label}: {each.hidden or ', '.join(filter(None, (each.value, each.target)))}"
    for chart in reading.charts:
        yield from ("", _plain(chart.sentence))
        for row in chart.rows:
            cells = zip(chart.columns[1:], row.cells, strict=True)
            said = ", ".join(f"{name} {cell.reason if cell.hidden else cell.display}" for name, cell in cells)
            yield f"- {row.label}: {said}"
    if reading.before:
        yield from ("", _("Beside the quarter and the year before"))
        for name, *numbers in reading.before.rows:
            told = zip(reading.before.header[1:], numbers, strict=True)
            yield f"- {name}: {'; '.join(f'{when} {text}' for when, text in told)}"
    if reading.next:
        yield from ("", _("What happens next"))
        yield from (f"- {day(on)}: {title}" for on, title in reading.next)
    if reading.decision:
        yield from ("", reading.deadline, reading.decision)


def _plain(sentence: str) -> str:
    return unescape(strip_tags(sentence))
