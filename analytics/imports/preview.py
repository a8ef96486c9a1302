"""What a run remembers of a file to show it: some rows of each kind, and every cell that was refused (bounded)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from analytics.imports.messages import LEFT, text_of
from analytics.imports.models import ImportRun
from analytics.metrics.counts import Counts
from analytics.metrics.models import RECORDED, Grain, Metric, Segment
from analytics.sources.handover import MAX_REFUSED, ParsedFile
from core.kit.templatetags.ui import day as day_filter
from core.kit.templatetags.ui import number

KINDS = ("refused", "changed", "older", "new", "unchanged")
ICONS = dict(zip(KINDS, ("ban", "pencil", "history", "plus", "equal"), strict=True))
CLASSES = {"refused": "is-ref", "changed": "is-chg", "older": "is-old", "new": "is-new", "unchanged": "is-same"}
SHORT = {"refused": 20, "changed": 10, "older": 10, "new": 10, "unchanged": 3}


def of(file: ParsedFile, counts: Counts, name: str) -> dict[str, Any]:
    """As it is stored with the run."""
    return {
        "owner": name,
        "unread": [[each.what, each.where, each.label, each.why] for each in file.unread],
        "unread_count": file.unread_count,
        "totals": [[each.metric, each.total, each.days, each.curve, each.of] for each in file.totals],
        "posts": file.posts_written,
        "listed": file.listed,
        "kept": min(file.refused_count, MAX_REFUSED),
        "refused": [[r.sheet, r.row, r.column, r.code, r.params] for r in file.refused],
        "remarks": [[remark.code, remark.params] for remark in file.warnings],
        "rows": [
            [
                s.kind,
                s.cell,
                s.metric,
                s.segment,
                s.grain,
                s.period_start.isoformat(),
                s.period_end.isoformat(),
                s.value,
                s.before,
                s.post,
                s.since.isoformat() if s.since else None,
            ]
            for s in counts.samples
        ],
    }


@dataclass(frozen=True)
class Line:
    """One line of the preview as it is shown."""

    kind: str
    cell: str
    name: str
    about: str = ""
    day: date | None = None
    value: int | str | None = None
    before: int | None = None
    why: str = ""

    @property
    def icon(self) -> str:
        return ICONS[self.kind]

    @property
    def css(self) -> str:
        return CLASSES[self.kind]

    @property
    def word(self) -> str:
        return {
            "refused": _("refused"),
            "changed": _("changed"),
            "older": _("older"),
            "new": _("new"),
            "unchanged": _("unchanged"),
        }[self.kind]


def lines(run: ImportRun, *, only: str = "") -> list[Line]:
    """The lines to show: refused first, then what changes; all that are kept of one kind when it is asked for."""
    found = [*_refused(run), *map(_line, run.preview.get("rows", []))]
    if only in KINDS:
        return [line for line in found if line.kind == only]
    return [line for kind in KINDS for line in [line for line in found if line.kind == kind][: SHORT[kind]]]


@dataclass(frozen=True)
class Aside:
    """What was left aside for one reason."""

    names: str
    why: str


def left_aside(run: ImportRun) -> list[Aside]:
    """Sheets, columns and lines that were not read, by reason; what we do not know comes first."""
    found: dict[tuple[str, str], list[str]] = {}
    for what, where, label, why in run.preview.get("unread", []):
        place = label if what == "file" else f"{label} ({_place(what, where)})"
        if what == "sheet":
            place = _("sheet “%(name)s”") % {"name": label}
        found.setdefault((what, why), []).append(place)
    rows = sorted(found.items(), key=lambda item: (item[0][1] != "unknown", item[0][1]))
    return [
        Aside(", ".join(names) if what == "file" else capfirst(", ".join(names)), str(LEFT.get(why, LEFT["unknown"])))
        for (what, why), names in rows
    ]


def _place(what: str, where: str) -> str:
    if "!" in where:
        return where
    return (_("column %(name)s") if what == "column" else _("line %(number)s")) % {"name": where, "number": where}


def remarks(run: ImportRun) -> list[str]:
    return [text_of(code, params) for code, params in run.preview.get("remarks", [])]


def _refused(run: ImportRun) -> list[Line]:
    return [
        Line(
            "refused",
            cell_name(sheet, row, column),
            column_name(column),
            value=params.get("text", ""),
            why=text_of(code, params),
        )
        for sheet, row, column, code, params in run.preview.get("refused", [])
    ]


def cell_name(sheet: str, row: int, column: str) -> str:
    """Where it stands: `Metrics!C17` in a workbook, line 17 in a table."""
    if sheet:
        return f"{sheet}!{column}{row}" if column else f"{sheet}!{row}"
    return _("line %(number)s") % {"number": row}


def column_name(column: str) -> str:
    """The columns of our own table have names; those of a workbook have letters, which stand in the cell."""
    words = {
        "date": _("Day"),
        "value": _("Amount"),
        "metric": _("Figure"),
        "account": _("Account"),
        "post_url": _("Link"),
        "segment": _("Segment"),
    }
    return words.get(column, column if len(column) > 3 else "")


def _line(row: list[Any]) -> Line:
    kind, cell, metric, segment, grain, start, _end, value, before, post, since = row
    name = str(Metric(metric).label)
    if segment:
        name = f"{name} ({Segment(segment).label})"
    shown = cell if "!" in cell else _("line %(number)s") % {"number": cell}
    about = post_named(post) if post else ""
    if metric in RECORDED:
        week = _("week from %(day)s") % {"day": day_filter(date.fromisoformat(start))}
        return Line(kind, "", name, week, None, value, before, _kept(before, since) if kind == "older" else "")
    if grain == Grain.WINDOW and not about:
        about = _("the whole period")
    day = date.fromisoformat(start) if grain == Grain.DAY else None
    why = _kept(before, since) if kind == "older" else _why(grain, value, before)
    return Line(kind, shown, name, about, day, value, before, why)


def post_named(called: str) -> str:
    """The store calls a post without a title by its day, `@2026-10-12`. The text of another may begin like that."""
    try:
        on = date.fromisoformat(called.removeprefix("@")) if called.startswith("@") else None
    except ValueError:
        on = None
    return _("Post from %(day)s") % {"day": day_filter(on)} if on else _("Post “%(title)s”") % {"title": called}


def _kept(stands: int, since: str) -> str:
    """What stands was said by a file of a later day: it stays."""
    said = {"stands": number(stands), "day": day_filter(date.fromisoformat(since))}
    return _("%(stands)s is kept: the value of %(day)s is newer than this file.") % said


def _why(grain: int, value: int, before: int | None) -> str:
    if before is None:
        return ""
    if value < before:
        return _("Some of it was undone.")
    return (
        _("The network is still updating recent days.")
        if grain == Grain.DAY
        else _("It counts everything since publication.")
    )
