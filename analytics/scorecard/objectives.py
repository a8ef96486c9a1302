"""How the key results of a quarter stand: from published figures, or from what was told by hand, and nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from analytics.dashboards.words import month_and_year, reason, said
from analytics.kpis.definitions import definitions
from analytics.kpis.formulas import FORMULAS
from analytics.kpis.queries import Board, Point, board
from analytics.scorecard.models_objectives import CheckIn, KeyResult
from analytics.scorecard.quarters import months_of, next_quarter, quarter_before
from core.kit.templatetags.ui import NOTHING, day, number
from programs.membership.models import Program

BEHIND = 10  # so many hundredths less than the time that is over is still on course


def standing_of(result: KeyResult, figures: Board, quarter: date, until: date) -> dict[str, Any]:
    """Plain data, as a report keeps it: start, number and target, where the number is from, or why there is none.
    `until`: the last month that is looked at."""
    told = {"text": result.text, "kpi": result.kpi, "unit": result.unit, "target": str(result.target)}
    if not result.kpi:
        written = next((each for each in result.check_ins.all() if each.value is not None), None)
        value = written.value if written else result.start
        return told | {
            "start": str(result.start), "value": str(value), "state": "shown", "is_floor": False, "other_group": False,
            "on": written.at.date().isoformat() if written else "",
        }  # fmt: skip
    months = [month for month in months_of(quarter) if month <= until]
    line = figures.line(result.kpi)
    within = [point for point in line if point.start_on in months]
    now = next((point for point in reversed(within) if point.is_shown), None)
    first = None
    start = result.start
    if start is None:
        first = next((point for point in reversed(line) if point.start_on < quarter and point.is_shown), None)
        start = first.value if first else None
    return told | {
        "start": _text(start),
        "value": _text(now.value if now else None),
        "state": "shown" if now else within[-1].state if within else "none",
        "is_floor": bool(now and now.is_floor),
        "other_group": _is_another_group(result.kpi, first, now),
        "on": now.start_on.isoformat() if now else "",
    }


def _is_another_group(kpi: str, first: Point | None, now: Point | None) -> bool:
    """A sum of more people is no growth."""
    formula = FORMULAS.get(kpi)
    return bool(first and now and formula and not formula.divides and not now.is_comparable(first))


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def figures_for(program: Program, results: Iterable[KeyResult], quarter: date) -> Board:
    """The published months of the quarter and of the one before, of these figures alone. One query."""
    wanted = sorted({each.kpi for each in results if each.kpi in definitions()})
    since, until = quarter_before(quarter), months_of(quarter)[-1]
    return board(program, since=since, until=until, kpis=wanted) if wanted else Board()


@dataclass(frozen=True)
class ShownResult:
    """A key result as its reader sees it, from `standing_of` alone; `passed` hundredths of the quarter are over."""

    told: Mapping[str, Any]
    k: int
    passed: int

    @property
    def text(self) -> str:
        return str(self.told["text"])

    @property
    def figure(self) -> str:
        """The name of the figure; nothing where the number is told by hand."""
        known = definitions().get(self.told["kpi"])
        return known.name if known else ""

    @property
    def start(self) -> str:
        return self._said(self.told["start"])

    @property
    def target(self) -> str:
        return self._said(self.told["target"])

    @property
    def value(self) -> str:
        shown = self._said(self.told["value"])
        return f"≥\N{NO-BREAK SPACE}{shown}" if self.told["is_floor"] else shown

    @property
    def share(self) -> int | None:
        """How much of the way is behind one, in percent; unknown without a start or a number."""
        start, value, target = (self._decimal(name) for name in ("start", "value", "target"))
        if start is None or value is None or target is None or start == target:
            return None
        if (start > target) != self._falls:  # there before it began: no way was left
            return 100 if self.is_reached else None
        return round(min(Decimal(1), max(Decimal(0), (value - start) / (target - start))) * 100)

    @property
    def is_reached(self) -> bool:
        value, target = self._decimal("value"), self._decimal("target")
        if value is None or target is None or (self._falls and self.told["is_floor"]):
            return False
        return value <= target if self._falls else value >= target

    @property
    def _falls(self) -> bool:
        """Whether less is aimed at: as the figure says, else from start to target."""
        known = definitions().get(self.told["kpi"])
        if known and known.direction in ("up", "down"):
            return known.direction == "down"
        start, target = self._decimal("start"), self._decimal("target")
        return start is not None and target is not None and start > target

    @property
    def word(self) -> str:
        """Against the time that is over; where the way is unknown, nothing is said. Nor of an "at least" that has not
        reached its target: it can have."""
        if self.is_reached:
            return _("reached")
        if self.share is None or self.told["is_floor"]:
            return ""
        return _("on course") if self.share >= self.passed - BEHIND else _("behind")

    @property
    def progress(self) -> str:
        if self.share is None:
            return NOTHING
        shown = f"{number(self.share)}\N{NO-BREAK SPACE}%"
        return f"≥\N{NO-BREAK SPACE}{shown}" if self.told["is_floor"] else shown

    @property
    def source(self) -> str:
        """Where the number is from, or why there is none."""
        if not self.told["kpi"]:
            when = self.told["on"]
            return _("told by hand, %(day)s") % {"day": day(date.fromisoformat(when))} if when else _("told by hand")
        if not self.told["on"]:
            return reason(self.told["state"], self.k) or _("nothing published in this quarter yet")
        found = month_and_year(date.fromisoformat(self.told["on"]))
        if self.told["other_group"]:
            return _("%(month)s, of another number of people than at the start") % {"month": found}
        return found

    def _decimal(self, name: str) -> Decimal | None:
        text = self.told[name]
        return None if text is None else Decimal(text)

    def _said(self, text: str | None) -> str:
        if text is None:
            return NOTHING
        value, kpi = Decimal(text), self.told["kpi"]
        if kpi in definitions():
            return said(kpi, value)
        shown = number(value.normalize() + 0)
        return f"{shown}\N{NO-BREAK SPACE}{self.told['unit']}" if self.told["unit"] else shown


@dataclass(frozen=True)
class ShownKeyResult:
    """On the page of the quarter: with what was written about it."""

    result: KeyResult
    shown: ShownResult
    written: Sequence[CheckIn]

    @property
    def newest(self) -> CheckIn | None:
        return self.written[0] if self.written else None


def table_of(rows: Iterable[tuple[str, Sequence[ShownResult]]]) -> tuple[list[str], list[list[str]]]:
    """The same as a table: objective, key result, start, number, target, progress, source."""
    header = [_("Key result"), _("Start"), _("Now"), _("Target"), _("Way covered"), _("As of")]
    lines = []
    for _objective, results in rows:
        for each in results:
            progress = f"{each.progress}, {each.word}" if each.word else each.progress
            lines.append([each.text, each.start, each.value, each.target, progress, each.source])
    return header, lines


def until_of(quarter: date, today: date) -> date:
    """The last month that a page looks at: today's, and none behind the quarter."""
    return min(today, next_quarter(quarter)).replace(day=1)
