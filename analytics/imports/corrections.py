"""What was refused of a file, handed back in the shape of the file: to be put right and sent again."""

import json
from pathlib import PurePath
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.imports import preview
from analytics.imports.messages import text_of
from analytics.imports.models import ImportRun
from core.kit import exports
from core.kit.exports import Table
from core.kit.templatetags.ui import number


def download(run: ImportRun, kind: str | None) -> HttpResponse:
    """The rows as they stand in the file, each with its column, value and reason."""
    tables, delimiter = _tables(run)
    if not tables or (kind != "xlsx" and len(tables) > 1):
        return exports.download(listed(run), kind)
    # The name says whose file it is, and of which period.
    stem, word = PurePath(run.file_name).stem[:100], _("corrections")
    name = f"{stem} - {word}" if stem else word
    return exports.download(tables[0], kind, *tables[1:], name=name, delimiter=delimiter)


def listed(run: ImportRun) -> Table:
    """As a list of places, where a workbook of several sheets is asked for as text, or its rows are gone."""
    header = (_("Place"), _("Figure"), _("Amount"), _("Reason"))
    lines = preview.lines(run, only="refused")
    return Table(_("refused"), header, [(line.cell, line.name, line.value, line.why) for line in lines])


def incomplete(run: ImportRun) -> str:
    """Said where more was refused than a file to put right can hold."""
    kept = run.preview.get("kept", run.rows_refused)
    if run.rows_refused <= kept:
        return ""
    return ngettext(
        "The file holds the first %(count)s.", "The file holds the first %(count)s of them.", kept
    ) % {"count": number(kept)}  # fmt: skip


def _tables(run: ImportRun) -> tuple[list[Table], str]:
    if not run.refused_file:
        return [], ""
    with run.refused_file.open("rb") as source:
        told = json.load(source)
    return [_table(sheet) for sheet in told["sheets"]], told["delimiter"]


def _table(sheet: dict[str, Any]) -> Table:
    head, rows = sheet["head"], sheet["rows"]
    wide = max((len(cells) for cells in (*head, *(cells for cells, _ in rows))), default=0)
    labels = (_("refused: column"), _("refused: value"), _("refused: reason"))
    lines = [_filled(cells, wide) for cells in head] or [[""] * wide]
    lines[-1] += labels
    for cells, wrong in rows:
        lines.append([*_filled(cells, wide), *_notes(wrong)])
    first, *rest = lines
    return Table(sheet["name"] or _("refused"), ["" if cell is None else cell for cell in first], rest)


def _filled(cells: list[Any], wide: int) -> list[Any]:
    return cells + [""] * (wide - len(cells))


def _notes(wrong: list[Any]) -> list[str]:
    """Several faults of one row stand one after the other."""
    if not wrong:
        return []
    columns = [preview.column_name(column) or column for column, _code, _params in wrong]
    values = [str(params.get("text", "")) for _column, _code, params in wrong]
    reasons = [text_of(code, params) for _column, code, params in wrong]
    return [", ".join(filter(None, columns)), ", ".join(filter(None, values)), " ".join(reasons)]
