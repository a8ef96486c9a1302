"""The report as a tagged PDF, set by typst from the snapshot: offline, deterministic, in well under a second."""

from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any, TypedDict

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from analytics.reports.models import Report
from analytics.reports.reading import ShownReport
from core.kit import languages
from core.kit.charts import Chart, ChartCell
from core.kit.templatetags.ui import day
from core.kit.typeset import typeset
from programs.membership.sender import logo_on_paper

HERE = Path(__file__).parent
TEMPLATE = HERE / "report.typ"


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def make(report: Report) -> bytes:
    """The same snapshot and language give the same bytes."""
    made_at = int(report.made_at.astimezone(UTC).timestamp())
    return typeset(_template(), HERE, made_at, report=contents(report))


def contents(report: Report) -> dict[str, Any]:
    """Texts and numbers of the page, in the active language, for the typesetter."""
    reading = ShownReport(report)
    name, company = reading.program["name"], reading.program["company"]
    made_by = report.made_by.name if report.made_by else ""
    return {
        "language": languages.current(),
        "title": _("Report %(month)s, %(program)s") % {"month": reading.title, "program": name},
        "program": name,
        "logo": logo_on_paper(report.program),
        "about": _("corporate-influencer program of %(company)s") % {"company": company},
        "report": _("Report %(month)s") % {"month": reading.title},
        "headline": reading.headline,
        "three": [_pieces(sentence) for sentence in reading.three],
        "five_label": _("Five figures and their targets"),
        "five": [
            {
                "label": figure.label,
                "value": figure.value,
                "unit": figure.unit,
                "target": figure.target,
                "fact": figure.fact,
                "share": figure.share,
                "target_share": figure.target_share,
                "under": figure.under,
                "open": figure.is_open,
                "hidden": figure.hidden,
            }
            for figure in reading.five
        ],
        "rows": [
            {"kind": row.kind, "blocks": row.blocks, "charts": [_chart(chart) for chart in row.charts]}
            for row in reading.rows
        ],
        "aims_label": _("Strategy map"),
        "aims_key": _("A line is proven, a dashed one is assumed."),
        "aims": [
            {
                "name": row.name,
                "aims": [
                    {
                        "place": aim.place,
                        "text": aim.text,
                        "figure": " ".join(filter(None, (aim.value, aim.figure))),
                        "lines": [{"goal": each.goal, "proven": each.is_proven} for each in aim.lines],
                    }
                    for aim in row.aims
                ],
            }
            for row in reading.aims
        ],
        "told_label": _("Told successes"),
        "told": [{"text": each.text, "who": each.who} for each in reading.told],
        "notes_label": _("Notes"),
        "notes": reading.notes,
        "next_label": _("What happens next"),
        "next": [{"on": day(on), "title": title} for on, title in reading.next],
        "nothing_next": _("No dates are planned yet."),
        "decision_label": _("Your decision by %(day)s") % {"day": day(report.decision_until)}
        if report.decision_until
        else _("Your decision"),
        "decision": reading.decision,
        "shield": _("Only groups of %(k)s or more. No figure refers to a single person.") % {"k": reading.program["k"]},
        "frozen": _("Frozen on %(day)s by %(name)s, no. %(number)s, edition %(edition)s")
        % {"day": day(report.made_at), "name": made_by, "number": report.number, "edition": report.edition},
        "beside_label": beside_title(reading),
        "beside": [list(row) for row in reading.beside],
        "made_label": _("How these figures were made"),
        "about_rows": [[label, text] for label, text in reading.about],
        "sure_rows": [list(row) for row in _sure(reading)],
        "formulas": [
            {
                "name": each.name,
                "formula": each.formula,
                "version": _("Formula %(version)s") % {"version": each.version},
                "definition": each.definition,
            }
            for each in reading.formulas
        ],
        "hidden_word": _("too few people"),
        "table_word": _("As a table"),
    }


def _sure(reading: ShownReport) -> list[tuple[str, str]]:
    """How sure one can be of each chart; above its picture where the page has room."""
    return [(_("How sure one can be"), f"{_plain(each.sentence)} {each.sure}") for each in reading.charts if each.sure]


def beside_title(reading: ShownReport) -> str:
    """Of the table behind the page."""
    known = {row.kind for row in reading.rows}
    return _("What goes in, and what our goals show") if "inout" in known else _("Groups and times beside each other")


def _pieces(sentence: str) -> list[dict[str, Any]]:
    """A sentence with its one emphasised number, as parts."""
    text = str(sentence)
    before, _tag, rest = text.partition("<em>")
    strong, _tag, after = rest.partition("</em>")
    parts = [(before, False), (strong, True), (after, False)]
    return [{"text": _plain(part), "strong": is_strong} for part, is_strong in parts if part]


def _plain(text: str) -> str:
    """format_html has escaped it for the page."""
    return strip_tags(text).replace("&#x27;", "'").replace("&quot;", '"').replace("&lt;", "<").replace("&amp;", "&")


class SetCell(TypedDict):
    value: float | None
    display: str
    hidden: bool
    open: bool  # at least so much


class SetRow(TypedDict):
    label: str
    cells: list[SetCell]


class SetNote(TypedDict):
    place: int
    sign: str


class SetChart(TypedDict):
    """A chart as report.typ draws it."""

    kind: str
    sentence: str
    columns: list[str]
    rows: list[SetRow]
    target: float | None
    target_first: int
    target_label: str
    source: str
    sure: str
    open_note: str
    caveat: str
    band: list[list[float] | None]
    notes: list[SetNote]
    marked: list[str]


def _chart(chart: Chart) -> SetChart:
    return {
        "kind": chart.kind,
        "sentence": _plain(chart.sentence),
        "columns": [
            chart.over,
            *(each.name for each in chart.series),
        ],
        "rows": [
            {"label": row.label, "cells": [_cell(cell, chart) for cell in row.cells[: len(chart.series)]]}
            for row in chart.rows
        ],
        "target": float(chart.target.value) if chart.target else None,
        "target_first": min(chart.target.first, len(chart.labels)) if chart.target else 0,
        "target_label": chart.target.label if chart.target else "",
        "source": chart.source,
        "sure": chart.sure,
        "open_note": chart.open_note,
        "caveat": _("How it was counted: next page") if chart.caveat else "",
        "band": [
            None if span is None else [float(span.low), float(span.middle), float(span.high)]
            for span in (chart.band.spans if chart.band else ())
        ],
        "notes": [{"place": mark.place, "sign": mark.sign} for mark in chart.marks if mark.sign],
        "marked": chart.marked,
    }


def _cell(cell: ChartCell, chart: Chart) -> SetCell:
    # the plain number, not a Decimal: typst draws it and says `display`
    return {
        "value": None if cell.value is None else float(cell.value),
        "display": cell.display,
        "hidden": cell.hidden,
        "open": cell.is_floor and bool(chart.open_note),
    }
