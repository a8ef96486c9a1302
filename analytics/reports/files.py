"""A frozen report as data: the same numbers as its page and its PDF, from the snapshot alone."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from analytics.reports.layouts import Block
from analytics.reports.models import Report
from analytics.reports.reading import ShownReport
from core.kit.downloads import as_file
from core.kit.exports import Table, download

KINDS = ("xlsx", "csv", "json", "pptx")
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def name_of(report: Report) -> str:
    return f"{report.program.slug}-{report.month:%Y-%m}-{report.edition}"


def answer(report: Report, kind: str) -> HttpResponse:
    """The report in one of `KINDS`: a workbook of three sheets, one table, everything it is made of, or slides."""
    if kind == "pptx":
        from analytics.reports import slides  # heavy, and only a download needs it

        return as_file(HttpResponse(slides.make(report), content_type=SLIDES), f"{name_of(report)}.pptx")
    reading = ShownReport(report)
    numbers, rules, about = list(_numbers(reading)), list(_rules(reading)), list(_about(reading))
    if kind == "json":
        told = {"number": report.number, "edition": report.edition, "sha256": report.sha256, "report": report.data}
        content = json.dumps(told | {"about": dict(reading.about)}, ensure_ascii=False, indent=1, sort_keys=True)
        return as_file(HttpResponse(content, content_type="application/json"), f"{name_of(report)}.json")
    header = [_("Part"), _("Figure"), _("Period"), _("Number"), _("As shown"), _("Note")]
    if kind == "csv":
        return download(Table(name_of(report), header, numbers + rules + about), kind)
    sheets = [
        Table(_("Definitions"), [_("Figure"), _("Formula version"), _("Formula"), _("Definition")], _sheet(rules)),
        Table(_("About this report"), ["", ""], [[row[1], row[4]] for row in about]),
    ]
    return download(Table(name_of(report), header, numbers), kind, *sheets)


def _numbers(reading: ShownReport) -> Iterator[list[Any]]:
    """Figures against target, then every cell of every chart, with the reason where one is hidden."""
    five = zip(reading.data["five"], reading.five, strict=True) if Block.FIVE in reading.blocks else ()
    for told, figure in five:
        note = figure.hidden or " ".join(filter(None, (figure.target, figure.fact)))
        value = None if told["is_floor"] else reading.number_of(told)
        yield [_("Figures"), figure.label, reading.title, value, figure.said, note]
    for part, name, period, shown, note in reading.beside:
        yield [part, name, period, None, shown, note]
    for chart in reading.charts:
        for row in chart.rows:
            for column, cell in zip(chart.columns[1:], row.cells, strict=True):
                drawn = None if cell.hidden or cell.is_floor else cell.value
                yield [strip_tags(chart.sentence), column, row.label, drawn, cell.display, cell.reason]
        for text in (*chart.marked, *chart.besides):
            yield [strip_tags(chart.sentence), _("Note"), reading.title, None, text, ""]
    for each in reading.told if Block.TOLD in reading.blocks else ():
        yield [_("Told successes"), "", reading.title, None, each.text, each.who]
    if reading.notes and Block.NOTES in reading.blocks:
        yield [_("Notes"), "", reading.title, None, reading.notes, ""]


def _rules(reading: ShownReport) -> Iterator[list[Any]]:
    for each in reading.formulas:
        yield [_("Formula"), each.name, "", each.version, each.formula, each.definition]


def _sheet(rules: list[list[Any]]) -> list[list[Any]]:
    return [[name, version, formula, text] for _part, name, _period, version, formula, text in rules]


def _about(reading: ShownReport) -> Iterator[list[Any]]:
    for label, text in reading.about:
        yield [_("Report"), label, "", None, text, ""]
