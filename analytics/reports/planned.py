"""The objectives of the quarter and the strategy map in a report: frozen, and as a reader sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from analytics.dashboards.charts import Scene
from analytics.dashboards.words import reason, said
from analytics.kpis.catalogue import entry_of
from analytics.kpis.definitions import definitions
from analytics.kpis.weeks import next_month
from analytics.scorecard.models import StrategyAim
from analytics.scorecard.objectives import ShownResult, standing_of
from analytics.scorecard.pages import state_of
from analytics.scorecard.quarters import passed, quarter_of, quarter_said
from analytics.scorecard.queries import aims_of, objectives_of
from core.kit.templatetags.ui import NOTHING


def objectives_then(scene: Scene, month: date) -> dict[str, Any]:
    """How the key results of the month's quarter stood, as far as figures were published and people told."""
    quarter = quarter_of(month)
    rows = [
        {
            "text": row.text,
            "results": [standing_of(each, scene.board, quarter, month) for each in row.results.all()],
        }
        for row in objectives_of(scene.program, quarter)
    ]
    return {"quarter": quarter.isoformat(), "passed": passed(quarter, next_month(month)), "rows": rows}


@dataclass(frozen=True)
class ObjectivesShown:
    title: str
    rows: Sequence[tuple[str, list[ShownResult]]]


def objectives_shown(data: dict[str, Any]) -> ObjectivesShown | None:
    told = data.get("objectives")
    if not told or not any(row["results"] for row in told["rows"]):
        return None
    k, quarter = data["program"]["k"], date.fromisoformat(told["quarter"])
    rows = [(row["text"], [ShownResult(each, k, told["passed"]) for each in row["results"]]) for row in told["rows"]]
    return ObjectivesShown(_("Objectives, %(quarter)s") % {"quarter": quarter_said(quarter)}, rows)


def map_then(scene: Scene, month: date) -> dict[str, Any]:
    """The aims with the month's published figures, and the lines between them by place."""
    aims: list[Any] = list(aims_of(scene.program))
    places = {aim.pk: place for place, aim in enumerate(aims)}
    return {
        "aims": [
            {
                "row": aim.perspective,
                "text": aim.text,
                "kpi": aim.kpi,
                "target": None if (target := scene.targets.get(aim.kpi)) is None else str(target),
                **_figure_of(scene, aim.kpi, month),
            }
            for aim in aims
        ],
        "lines": [
            {"from": places[aim.pk], "to": places[line.goal_id], "proven": line.is_proven, "why": line.why}
            for aim in aims
            for line in aim.drawn
        ],
    }


def _figure_of(scene: Scene, kpi: str, month: date) -> dict[str, Any]:
    point = next((each for each in scene.board.line(kpi) if each.start_on == month), None) if kpi else None
    if point is None or point.value is None:
        return {"state": point.state if point else "none", "value": None, "is_floor": False}
    return {"state": point.state, "value": str(point.value), "is_floor": point.is_floor}


@dataclass(frozen=True)
class LineShown:
    goal: int
    goal_text: str
    is_proven: bool
    why: str

    @property
    def goal_id(self) -> int:
        return self.goal

    @property
    def sure(self) -> str:
        return _("proven") if self.is_proven else _("assumed")

    @property
    def in_words(self) -> str:
        words = _("leads to %(goal)s (%(sure)s)") % {"goal": self.goal_text, "sure": self.sure}
        return f"{words}: {self.why}" if self.why else words


@dataclass(frozen=True)
class AimShown:
    place: int
    text: str
    figure: str
    value: str
    note: str
    state: str
    lines: list[LineShown]


@dataclass(frozen=True)
class RowShown:
    name: str
    aims: list[AimShown]


def map_shown(data: dict[str, Any]) -> list[RowShown]:
    """The rows that have an aim, what it is all for on top; nothing in older reports."""
    told = data.get("aims")
    if not told:
        return []
    k = data["program"]["k"]
    aims = [_aim(place, each, told, k) for place, each in enumerate(told["aims"])]
    found = []
    for row in StrategyAim.Perspective:
        within = [aim for aim, each in zip(aims, told["aims"], strict=True) if each["row"] == row]
        if within:
            found.append(RowShown(str(row.label), within))
    return found


def _aim(place: int, each: dict[str, Any], told: dict[str, Any], k: int) -> AimShown:
    lines = [
        LineShown(line["to"], told["aims"][line["to"]]["text"], line["proven"], line["why"])
        for line in told["lines"]
        if line["from"] == place
    ]
    kpi, known = each["kpi"], entry_of(each["kpi"])
    if known is None:
        return AimShown(place, each["text"], "", "", "", "", lines)
    name = known.definition.name
    if each["value"] is None:
        return AimShown(place, each["text"], name, "", reason(each["state"], k), "", lines)
    value = Decimal(each["value"])
    shown = f"≥\N{NO-BREAK SPACE}{said(kpi, value)}" if each["is_floor"] else said(kpi, value)
    if each["target"] is None:
        return AimShown(place, each["text"], name, shown, "", "", lines)
    target = Decimal(each["target"])
    note = _("Target %(value)s") % {"value": said(kpi, target)}
    return AimShown(
        place, each["text"], name, shown, note, state_of(definitions()[kpi].direction, value, target), lines
    )


TableLine = tuple[str, str, str, str, str]  # part, name, period, number, note: as all tables of a report in files


def objective_lines(told: ObjectivesShown) -> list[TableLine]:
    lines = []
    for objective, results in told.rows:
        for each in results:
            way = _("from %(start)s to %(target)s, %(progress)s of the way") % {
                "start": each.start, "target": each.target, "progress": each.progress,
            }  # fmt: skip
            lines.append((objective, each.text, each.source, each.value, f"{way}, {each.word}" if each.word else way))
    return lines


def aim_lines(rows: Sequence[RowShown], period: str) -> list[TableLine]:
    lines = []
    for row in rows:
        for aim in row.aims:
            note = "; ".join(filter(None, (aim.figure, aim.note, *(line.in_words for line in aim.lines))))
            lines.append((row.name, aim.text, period, aim.value or NOTHING, note))
    return lines
