"""Reading what was published. Pages, reports, newsletters and exports ask here and see cells, nothing else."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet

from analytics.kpis.definitions import definitions
from analytics.kpis.models import Cell, Target
from core.kit.compiled import Blank, Compiled
from programs.generations.models import Generation
from programs.membership.models import Program
from programs.phases.models import Phase

COLUMNS = (
    "kpi", "series", "generation_id", "period", "start_on", "state", "value", "numerator", "denominator", "people",
    "is_floor",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """One published figure, shown or hidden."""

    start_on: date
    state: str
    value: Decimal | None
    above: Decimal | None
    below: Decimal | None
    people: int | None
    is_floor: bool = False

    @property
    def is_shown(self) -> bool:
        return self.state == Cell.State.SHOWN

    def is_comparable(self, before: "Point") -> bool:
        """A sum is compared with one of about as many people: more of them is no growth, and files that are still
        missing are no fall."""
        return self.people == before.people


@dataclass
class Board:
    """The published figures of a program in a stretch of time, ready to be picked from."""

    lines: dict[tuple[str, str, int | None, str], list[Point]] = field(default_factory=lambda: defaultdict(list))

    def line(
        self, kpi: str, generation: int | None = None, *, period: str = "month", series: str = "people"
    ) -> list[Point]:
        """A time line, oldest first."""
        return self.lines.get((kpi, series, generation, period), [])

    def last(self, kpi: str, generation: int | None = None, *, series: str = "people") -> Point | None:
        """The newest month that is shown."""
        return next((point for point in reversed(self.line(kpi, generation, series=series)) if point.is_shown), None)

    @property
    def is_empty(self) -> bool:
        """Nothing to show: no figures yet, or too few people everywhere."""
        return not any(
            point.is_shown
            for (kpi, series, *_), points in self.lines.items()
            if series == "people" and definitions()[kpi].visibility != "program"
            for point in points
        )

    @property
    def months(self) -> list[date]:
        return sorted({p.start_on for (*_, period), points in self.lines.items() if period == "month" for p in points})

    @property
    def newest(self) -> date | None:
        """The newest month in which something of the people is shown."""
        shown = [
            point.start_on
            for (kpi, series, _, period), points in self.lines.items()
            if period == "month" and series == "people" and definitions()[kpi].visibility != "program"
            for point in points
            if point.is_shown
        ]
        return max(shown, default=None)


def board(
    program: Program,
    *,
    since: date,
    until: date | None = None,
    weekly: Iterable[str] = (),
    kpis: Iterable[str] | None = None,
) -> Board:
    """The cells from a day on: every month, and the weeks of some KPIs. One query."""
    some = None if kpis is None else tuple(kpis)
    question = _cells(tuple(weekly), some, is_open=until is None)
    told = {"program": program.pk, "since": since} | ({} if until is None else {"until": until})
    found = Board()
    for kpi, series, generation, period, *point in question.rows(**told):
        found.lines[kpi, series, generation, period].append(Point(*point))
    return found


@cache
def _cells(weekly: tuple[str, ...], kpis: tuple[str, ...] | None, *, is_open: bool) -> Compiled[tuple[Any, ...]]:
    def build() -> QuerySet[Cell, tuple[Any, ...]]:
        wanted = Q(period="month") | Q(period="week", kpi__in=weekly)
        cells = Cell.objects.filter(wanted, program=Blank("program"), start_on__gte=Blank("since"))
        if not is_open:
            cells = cells.filter(start_on__lte=Blank("until"))
        if kpis is not None:
            cells = cells.filter(kpi__in=kpis)
        return cells.order_by("start_on").values_list(*COLUMNS)

    return Compiled(build)


def default_targets(program: Program) -> dict[str, Decimal]:
    """Where to aim unless the program says otherwise. Allowance and value share are the program's settings."""
    found = {key: row.default_target for key, row in definitions().items() if row.default_target is not None}
    return found | {"time_budget": Decimal(program.weekly_minutes), "value_mix": program.value_target}


@dataclass(frozen=True)
class Scope:
    """For what a target holds: the whole program, one generation, or one phase while it is running."""

    generation: Generation | None = None
    phase: Phase | None = None

    @property
    def key(self) -> str:
        if self.generation:
            return f"generation-{self.generation.pk}"
        return f"phase-{self.phase.pk}" if self.phase else ""

    @property
    def name(self) -> str:
        return self.generation.name if self.generation else str(self.phase.title) if self.phase else ""


def scopes_of(program: Program) -> list[Scope]:
    """The program, its generations, its phases."""
    generations = Generation.objects.filter(program=program).order_by("start_on", "number")
    phases = Phase.objects.filter(program=program).order_by("position", "pk")
    return [Scope(), *(Scope(generation=each) for each in generations), *(Scope(phase=each) for each in phases)]


def own_targets(program: Program, scope: Scope) -> dict[str, Decimal]:
    """What was set for this scope itself."""
    rows = Target.objects.filter(program=program, generation=scope.generation, phase=scope.phase)
    return dict(rows.values_list("kpi", "value"))


def targets_of(program: Program) -> dict[str, Decimal]:
    """What the program aims at: its own targets, else the defaults."""
    return default_targets(program) | dict(_TARGETS.rows(program=program.pk))


_TARGETS = Compiled(
    lambda: Target.objects.filter(program=Blank("program"), generation=None, phase=None).values_list("kpi", "value")
)


def targets_for(
    program: Program, *, generation: Generation | None, phase: Phase | None
) -> tuple[dict[str, Decimal], dict[str, Generation | Phase]]:
    """The same for one generation, or in a phase, and whose it is where it is not the program's: the generation's
    counts before the phase's, that before the program's. One query."""
    rows = Target.objects.filter(Q(generation=None) | Q(generation=generation), program=program)
    values: dict[str, Decimal] = default_targets(program)
    whose: dict[str, Generation | Phase] = {}
    found = rows.filter(Q(phase=None) | Q(phase=phase))
    for row in sorted(found, key=lambda each: (each.generation_id or 0, each.phase_id or 0)):
        values[row.kpi] = row.value
        if row.generation_id and generation:
            whose[row.kpi] = generation
        elif row.phase_id and phase:
            whose[row.kpi] = phase
    return values, whose
