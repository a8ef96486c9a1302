"""The kinds of posts and the generations beside each other: frozen from published cells, and as a reader sees them."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from analytics.dashboards import certainty, group_past, sentences
from analytics.dashboards.charts import GENERATION_KPIS, Scene
from analytics.dashboards.group_past import band_of, past_of
from analytics.dashboards.voice import VOICE_OF, measured
from analytics.dashboards.words import drawn, month_and_year, reason, said
from analytics.kpis.definitions import definitions
from analytics.reports.figures import by_month, decimal_of, line_of_target
from analytics.reports.layouts import Block
from community.forum.health_chart import HealthTold, health_chart, health_told
from community.forum.pulse import Ranges
from core.kit.charts import Chart, ChartCell, ChartKind, series_of
from core.kit.templatetags.ui import NOTHING

SIX_MONTHS = 6


@dataclass(frozen=True)
class GroupsBeside:
    """Rows of a generation and its figures."""

    sentence: str
    header: list[str]
    rows: list[list[str]]


def generations_of(scene: Scene, month: date) -> dict[str, Any]:
    """Each generation's cells of the month, hidden ones without a value; of one that has none, no row."""
    rows = []
    for generation in scene.generations:
        cells = {}
        for kpi in GENERATION_KPIS:
            point = next((p for p in scene.board.line(kpi, generation.pk) if p.start_on == month), None)
            if point is not None:
                value = str(point.value) if point.is_shown and point.value is not None else None
                cells[kpi] = {"state": point.state, "value": value, "is_floor": point.is_floor}
        if cells:
            rows.append({"name": generation.name, "cells": cells})
    return {"kpis": list(GENERATION_KPIS), "rows": rows}


def generations_shown(data: dict[str, Any]) -> GroupsBeside | None:
    """Nothing in older reports, and where no generation had a figure."""
    told = data.get("generations") or {"rows": []}
    if not told["rows"]:
        return None
    k, month = data["program"]["k"], date.fromisoformat(data["month"])
    header = [_("Generation"), *(definitions()[kpi].name for kpi in told["kpis"])]
    rows = [[row["name"], *(_cell(kpi, row["cells"].get(kpi), k) for kpi in told["kpis"])] for row in told["rows"]]
    return GroupsBeside(_("Generations beside each other, %(month)s") % {"month": month_and_year(month)}, header, rows)


def _cell(kpi: str, cell: dict[str, Any] | None, k: int) -> str:
    if cell is None:
        return NOTHING
    if cell["value"] is None:
        return reason(cell["state"], k) or NOTHING
    text = said(kpi, Decimal(cell["value"]))
    return f"≥\N{NO-BREAK SPACE}{text}" if cell["is_floor"] else text


def _drawn(row: dict[str, Any]) -> ChartCell:
    """Reports of before keep no `is_floor`."""
    value, is_floor = Decimal(row["value"]), row.get("is_floor", False)
    text = said("value_mix", value)
    return ChartCell(drawn("value_mix", value), f"≥\N{NO-BREAK SPACE}{text}" if is_floor else text, is_floor=is_floor)


def kinds_chart(data: dict[str, Any]) -> Chart | None:
    """The share of posts with value per month, as the dashboard says it."""
    rows = data.get("kinds", [])
    known = [row for row in rows if row["value"] is not None]
    if not known:
        return None
    k = data["program"]["k"]
    figure = next((row for row in data["five"] if row["kpi"] == "value_mix"), {"target": None})
    target = decimal_of(figure["target"])
    last, aim = known[-1], drawn("value_mix", target)
    cells = [
        [ChartCell(hidden=True, reason=reason(row["state"], k)) if row["value"] is None else _drawn(row)]
        for row in rows
    ]
    return Chart(
        id="report-kinds",
        kind=ChartKind.BARS,
        size="s",
        sentence=sentences.mix(
            date.fromisoformat(last["month"]), Decimal(last["value"]), target, at_least=last.get("is_floor", False)
        ),
        sure=_sure_of_kinds(data, last),
        **by_month(rows),
        series=series_of([_("Value")], cells),
        unit="%",
        source=_("Share of the posts, per month"),
        quality=definitions()["value_mix"].badge,
        target=line_of_target(
            aim, _("Target %(value)s") % {"value": said("value_mix", target)}, figure, [row["month"] for row in rows]
        ),
        band=band_of("value_mix", [past_of(row.get("usual")) for row in rows]),
    )


def _sure_of_kinds(data: dict[str, Any], last: dict[str, Any]) -> str:
    """Older reports do not know."""
    sure = data.get("sure")
    if sure is None:
        return ""
    counted = decimal_of(sure["posts"]) if last["month"] == data["month"] else None
    return certainty.of_share("value_mix", past_of(last["usual"]), counted)


def forum_then(scene: Scene, _month: date) -> dict[str, Any] | None:
    """The ranges that hosts read on the day of freezing, with the weeks they are of; none while too few take part."""
    told = health_told(scene.program)
    return None if told is None else {"said": asdict(told.said), "until": told.until.isoformat()}


def forum_chart(data: dict[str, Any]) -> Chart | None:
    told = data.get("forum")
    return health_chart(told and HealthTold(Ranges(**told["said"]), date.fromisoformat(told["until"])))


def voice_then(scene: Scene, month: date) -> list[dict[str, Any]]:
    """The share of voice of the last months as it was published, each with what was usual until then."""
    points = scene.board.line(VOICE_OF)
    rows = []
    for point in (each for each in points if each.start_on <= month and each.value is not None):
        usual = group_past.before(VOICE_OF, points, point)
        rows.append(
            {
                "month": point.start_on.isoformat(),
                "value": str(point.value),
                "counted": str(point.below),
                "usual": usual.as_data if usual else None,
            }
        )
    return rows[-SIX_MONTHS:]


def voice_chart(data: dict[str, Any]) -> Chart | None:
    rows = data.get("voice")
    if not rows:
        return None
    last = rows[-1]
    cells = [[ChartCell(drawn(VOICE_OF, Decimal(row["value"])), said(VOICE_OF, Decimal(row["value"])))] for row in rows]
    return Chart(
        id="report-voice",
        kind=ChartKind.BARS,
        size="s",
        sentence=sentences.voice(date.fromisoformat(last["month"]), Decimal(last["value"])),
        sure=certainty.of_share(VOICE_OF, past_of(last["usual"]), decimal_of(last["counted"])),
        what=measured(),
        **by_month(rows),
        series=series_of([definitions()[VOICE_OF].name], cells),
        unit="%",
        source=_("Feeds and files of this program"),
        quality=definitions()[VOICE_OF].badge,
        band=band_of(VOICE_OF, [past_of(row["usual"]) for row in rows]),
    )


def more_charts(data: dict[str, Any]) -> dict[str, Chart | None]:
    """By their blocks."""
    return {Block.KINDS: kinds_chart(data), Block.FORUM: forum_chart(data), Block.VOICE: voice_chart(data)}
