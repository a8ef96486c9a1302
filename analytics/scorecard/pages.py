"""The strategy map and the frameworks as their readers see them, from published figures alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from analytics.dashboards.words import month_and_year, reason, said, said_point
from analytics.kpis.catalogue import Entry, groups
from analytics.kpis.queries import Board, board, targets_of
from analytics.scorecard.frames import FRAMES, Frame
from analytics.scorecard.models import StrategyAim, StrategyLine
from analytics.scorecard.queries import aims_of
from programs.membership.models import Program

HALF_A_YEAR = timedelta(days=190)
NEARLY = Decimal("0.9")  # of the target


@dataclass(frozen=True)
class ShownFigure:
    """A figure of the catalogue with the newest published month, or why there is none."""

    key: str
    name: str
    value: str = ""
    month: str = ""
    target: str = ""
    state: str = ""  # reached, nearly, missing; nothing without a target
    note: str = ""

    @property
    def state_word(self) -> str:
        return {"reached": _("reached"), "nearly": _("nearly there"), "missing": _("not there yet")}.get(self.state, "")


@dataclass(frozen=True)
class ShownAim:
    aim: StrategyAim
    figure: ShownFigure | None
    lines: Sequence[StrategyLine]


@dataclass(frozen=True)
class MapRow:
    name: str
    question: str
    key: str = ""
    aims: list[ShownAim] = field(default_factory=list)


@dataclass(frozen=True)
class ShownSection:
    name: Promise
    about: Promise
    figures: list[ShownFigure]


class LatestFigures:
    """Two queries for all of them, whichever are asked for."""

    def __init__(self, program: Program, keys: Collection[str]) -> None:
        self.k = program.shown_from
        self.entries: dict[str, Entry] = {e.definition.key: e for group in groups() for e in group.entries}
        wanted = sorted(key for key in keys if key in self.entries and self.entries[key].is_published)
        since = timezone.localdate() - HALF_A_YEAR
        self.board = board(program, since=since, kpis=wanted) if wanted else Board()
        self.aims = targets_of(program) if wanted else {}

    def shown(self, key: str) -> ShownFigure | None:
        entry = self.entries.get(key)
        if entry is None:
            return None
        name, target = entry.definition.name, self.aims.get(key)
        if not entry.is_published:
            return ShownFigure(key, name, note=entry.shown_in or _("no figures here yet"))
        aim = "" if target is None else said(key, target)
        point = self.board.last(key)
        if point is None or point.value is None:
            line = self.board.line(key)
            return ShownFigure(
                key, name, target=aim, note=(line and reason(line[-1].state, self.k)) or _("no figures yet")
            )
        state = "" if target is None else state_of(entry.definition.direction, point.value, target)
        if point.is_floor and (state != "reached" or entry.definition.direction == "down"):
            state = ""  # at least so much: it can be more
        return ShownFigure(key, name, said_point(key, point), month_and_year(point.start_on), aim, state)


def state_of(direction: str, value: Decimal, target: Decimal) -> str:
    """Against the target, in the figure's own direction; where neither more nor less is better, nothing is said."""
    if direction not in ("up", "down") or target <= 0:
        return ""
    share = value / target if direction == "up" else (target / value if value else Decimal(1))
    return "reached" if share >= 1 else "nearly" if share >= NEARLY else "missing"


def map_of(program: Program) -> list[MapRow]:
    """The four rows, what it is all for on top; nothing while there is no aim."""
    aims: list[Any] = list(aims_of(program))
    if not aims:
        return []
    figures = LatestFigures(program, {aim.kpi for aim in aims})
    questions = {
        StrategyAim.Perspective.IMPACT: _("What is it all for?"),
        StrategyAim.Perspective.OTHERS: _("What do they notice?"),
        StrategyAim.Perspective.PROCESS: _("What must we be good at?"),
        StrategyAim.Perspective.LEARNING: _("What do we need for it?"),
    }
    return [
        MapRow(
            str(row.label),
            question,
            row.value,
            [ShownAim(a, figures.shown(a.kpi), a.drawn) for a in aims if a.perspective == row],
        )
        for row, question in questions.items()
    ]


def sections_of(program: Program, frame: Frame) -> list[ShownSection]:
    keys = {e.number: e.definition.key for group in groups() for e in group.entries}
    figures = LatestFigures(program, {keys[n] for section in frame.sections for n in section.numbers})
    return [
        ShownSection(each.name, each.about, [shown for n in each.numbers if (shown := figures.shown(keys[n]))])
        for each in frame.sections
    ]


def ways_of(program: Program, current: str) -> list[dict[str, object]]:
    """The map, the objectives and the frameworks beside each other."""
    here = reverse("analytics:scorecard", args=[program.slug])
    rows = [
        ("", _("Strategy map"), here),
        ("objectives", _("Objectives"), reverse("analytics:objectives", args=[program.slug])),
        *((each.key, str(each.name), f"{here}?view={each.key}") for each in FRAMES),
    ]
    return [{"label": name, "url": url, "current": key == current} for key, name, url in rows]
