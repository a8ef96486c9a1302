"""The findings of the dashboard: sentence, picture and table, from published cells."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from analytics.dashboards import sentences
from analytics.dashboards.words import drawn, month_label, reason, said, said_point
from analytics.kpis.definitions import definitions
from analytics.kpis.formulas import index, ratio
from analytics.kpis.queries import Board, Point
from analytics.kpis.weeks import weeks_of
from analytics.metrics.words import week_label
from core.kit.charts import Chart, ChartCell, ChartKind, ChartMark, ChartTarget, series_of
from core.kit.templatetags.ui import day, number, percent
from programs.generations.models import Generation
from programs.membership.models import Program
from programs.phases.models import Phase, PhaseState


@dataclass
class Scene:
    """Everything the findings are made from; asked once per page."""

    program: Program
    board: Board
    targets: dict[str, Decimal]
    months: int = 6
    generation: Generation | None = None
    phases: Sequence[Phase] = ()
    generations: Sequence[Generation] = field(default_factory=list)
    method_url: str = ""
    first: date | None = None  # of a period that was chosen freely: its first and its last day
    last: date | None = None
    shown_from: date = date.min  # what stands before is there to compare with
    whose: dict[str, Generation | Phase] = field(default_factory=dict)  # the generation or phase that a target is of

    @property
    def chosen(self) -> int | None:
        return self.generation.pk if self.generation else None

    def line(self, kpi: str, *, period: str = "month") -> list[Point]:
        return self.board.line(kpi, self.chosen, period=period)

    def recent(self, kpi: str) -> list[Point]:
        """The months of the chosen period in which the group existed."""
        return self.within(self.line(kpi), self.months)

    @property
    def within_days(self) -> tuple[date, date] | None:
        """The first and the last day of a period that was chosen freely."""
        return None if self.first is None or self.last is None else (self.first, self.last)

    def within(self, points: list[Point], newest: int) -> list[Point]:
        """Those from one month to another where somebody chose so, else the newest."""
        if self.first is None or self.last is None:
            return points[-newest:]
        return [point for point in points if self.first <= point.start_on <= self.last]

    @property
    def begun(self) -> list[Phase]:
        """Phases that are active or finished."""
        return [phase for phase in self.phases if phase.state in (PhaseState.ACTIVE, PhaseState.FINISHED)]

    @property
    def items(self) -> tuple[int, int]:
        """Checklist items done, and all that apply, in the phases that have begun."""
        return (
            sum(getattr(phase, "done", 0) for phase in self.begun),
            sum(getattr(phase, "total", 0) for phase in self.begun),
        )

    def shown(self, kpi: str) -> list[Point]:
        return [point for point in self.recent(kpi) if point.is_shown]


def cell(kpi: str, point: Point | None, k: int) -> ChartCell:
    """What is drawn, and what is said: the words of the sentence, the bar and the table are the same."""
    if point is None:
        return ChartCell()
    if not point.is_shown:
        return ChartCell(hidden=True, reason=reason(point.state, k))
    return ChartCell(drawn(kpi, point.value), said_point(kpi, point), is_floor=point.is_floor)


def source(points: Sequence[Point]) -> str:
    """How many people stand behind the newest figure at least, and until when it counts."""
    last = points[-1]
    until = day(weeks_of(last.start_on)[-1] + timedelta(days=6))
    if last.people:
        return _("%(people)s+ people, up to %(day)s") % {"people": number(last.people), "day": until}
    return _("Until %(day)s") % {"day": until}


def monthly(scene: Scene, kpi: str, sentence: str, *, what: str) -> Chart:
    """One bar per month; hidden ones are hatched."""
    points = scene.recent(kpi)
    k = scene.program.group_minimum
    return Chart(
        id=kpi.replace("_", "-"),
        kind=ChartKind.BARS,
        size="s",
        sentence=sentence,
        what=what,
        over=_("Month"),
        labels=tuple(month_label(point.start_on) for point in points),
        series=series_of([definitions()[kpi].name], [[cell(kpi, point, k)] for point in points]),
        unit="%" if definitions()[kpi].unit == "ratio" else "",
        source=source(scene.shown(kpi)),
        quality=definitions()[kpi].badge,
        target=_target(scene, kpi),
    )


def _two(points: Sequence[Point]) -> tuple[Point, Point | None]:
    """The newest figure and the one of the month just before it."""
    now = points[-1]
    before = points[-2] if len(points) > 1 else None
    if before and (now.start_on - before.start_on).days > 31:
        before = None
    return now, before


def impressions(scene: Scene) -> Chart | None:
    return _sum(scene, "impressions", _("Impressions per month"))


def interactions(scene: Scene) -> Chart | None:
    return _sum(scene, "interactions", _("Interactions per month, as reported"))


def _sum(scene: Scene, kpi: str, what: str) -> Chart | None:
    points = scene.shown(kpi)
    if not points:
        return None
    now, before = _two(points)
    earlier = before.value if before and now.is_comparable(before) else None
    sentence = sentences.grown(kpi, now.start_on, now.value or Decimal(0), earlier)
    chart = monthly(scene, kpi, sentence, what=what)
    if before is None or earlier is not None or before.people is None:
        return chart
    words = {"source": chart.source, "people": number(before.people)}
    return replace(chart, source=_("%(source)s; %(people)s+ people in the previous month") % words)


def activity(scene: Scene) -> Chart | None:
    points = scene.shown("activity_rate")
    if not points:
        return None
    now = points[-1]
    sentence = sentences.active(now.start_on, now.value or Decimal(0), at_least=now.is_floor)
    return monthly(scene, "activity_rate", sentence, what=_("Share of the group with an activity"))


def _target(scene: Scene, kpi: str) -> ChartTarget | None:
    target = scene.targets.get(kpi)
    value = drawn(kpi, target)
    if value is None:
        return None
    of, since = scene.whose.get(kpi), target_since(scene, kpi) or date.min
    words = {"value": said(kpi, target), "name": of.name if isinstance(of, Generation) else str(of.title) if of else ""}
    label = (_("Target %(value)s, %(name)s") if words["name"] else _("Target %(value)s")) % words
    return ChartTarget(value, label, sum(point.start_on < since for point in scene.recent(kpi)))


def target_since(scene: Scene, kpi: str) -> date | None:
    """The first month that is measured against a phase's own target."""
    of = scene.whose.get(kpi)
    return (of.started_on or of.start_on).replace(day=1) if isinstance(of, Phase) else None


def time_budget(scene: Scene) -> Chart | None:
    points = scene.shown("time_budget")
    if not points:
        return None
    sentence = sentences.allowance(points[-1].start_on, points[-1].value or Decimal(0), scene.program.weekly_minutes)
    return monthly(scene, "time_budget", sentence, what=_("Minutes a week, average of people with an entry"))


def dialogue(scene: Scene) -> Chart | None:
    points = scene.shown("dialog_rate")
    if not points:
        return None
    sentence = sentences.dialogue(points[-1].start_on, points[-1].value or Decimal(0))
    return monthly(scene, "dialog_rate", sentence, what=_("Comments as a share of all interactions"))


def labelling(scene: Scene) -> Chart | None:
    points = scene.shown("label_rate")
    if not points:
        return None
    sentence = sentences.labelled(points[-1].start_on, points[-1].value or Decimal(0))
    return monthly(scene, "label_rate", sentence, what=_("Labelled posts, as a share of those that need a label"))


def mix(scene: Scene) -> Chart | None:
    """Value and promotional, as parts of a whole with the aim as a line."""
    points = scene.shown("value_mix")
    if not points:
        return None
    now, recent = points[-1], scene.recent("value_mix")
    return Chart(
        id="value-mix",
        kind=ChartKind.STACK,
        size="s",
        sentence=sentences.mix(now.start_on, now.value or Decimal(0), scene.targets.get("value_mix")),
        over=_("Month"),
        labels=tuple(month_label(point.start_on) for point in recent),
        series=series_of(
            [_("Value"), _("Promotional")], [_shares(point, scene.program.group_minimum) for point in recent]
        ),
        unit="%",
        source=source(points),
        quality=definitions()["value_mix"].badge,
        target=_target(scene, "value_mix"),
    )


def _shares(point: Point, k: int) -> list[ChartCell]:
    """A share and the rest of the whole."""
    if not point.is_shown or point.value is None:
        return [ChartCell(hidden=True, reason=reason(point.state, k))] * 2
    return [ChartCell(drawn("value_mix", share), percent(share)) for share in (point.value, 1 - point.value)]


def duel(scene: Scene) -> Chart | None:
    """People's profiles against the company account per week, with the starts of phases as marks."""
    people = scene.within(scene.line("engagement_rate", period="week"), _weeks(scene.months))
    if not any(point.is_shown for point in people):
        return None
    company = {p.start_on: p for p in scene.board.line("engagement_rate", period="week", series="company")}
    first = next((company[p.start_on] for p in people if p.start_on in company and company[p.start_on].value), None)
    base = first.value if first else next((p.value for p in people if p.is_shown and p.value), None)
    k = scene.program.group_minimum
    cells = [[_indexed(point, base, k)] for point in people]
    if first:
        for point, row in zip(people, cells, strict=True):
            row.append(_indexed(company.get(point.start_on), base, k))
    return Chart(
        id="duel",
        kind=ChartKind.DUEL if first else ChartKind.LINES,
        size="l",
        sentence=_duel_sentence(scene),
        what=_duel_what(first, people),
        over=_("Week"),
        labels=tuple(week_label(point.start_on) for point in people),
        series=series_of([_("People's profiles"), *([_("Company account")] if first else [])], cells),
        marks=marks(scene, {point.start_on: week_label(point.start_on) for point in people}),
        source=_duel_source(people),
        quality="imported",
        method_url=scene.method_url,
    )


def _weeks(months: int) -> int:
    return {3: 13, 6: 26}.get(months, 52)


def _indexed(point: Point | None, base: Decimal | None, k: int) -> ChartCell:
    if point is None:
        return ChartCell()
    if not point.is_shown:
        return ChartCell(hidden=True, reason=reason(point.state, k))
    value = index(point.above or Decimal(0), point.below or Decimal(0), base)
    return ChartCell(None if value is None else round(value, 1), number(value, 0))


def times_of(scene: Scene) -> list[tuple[date, Decimal]]:
    """How many times the company's rate people's posts reach, in the months where both are known."""
    company = {p.start_on: p for p in scene.board.line("engagement_rate", series="company")}
    return [
        (point.start_on, times)
        for point in scene.shown("engagement_rate")
        if (other := company.get(point.start_on)) is not None
        and point.value is not None
        and other.value
        and (times := ratio(point.value, other.value)) is not None
    ]


def _duel_sentence(scene: Scene) -> str:
    known = times_of(scene)
    if not known:
        return sentences.no_company()
    return sentences.duel(*known[-1], *known[0])


def _duel_what(first: Point | None, people: Sequence[Point]) -> str:
    if first is None:
        return _("Interactions per impression and week, index: 100 is the first week shown")
    return _("Interactions per impression and week, index: 100 is the company account in %(week)s") % {
        "week": week_label(first.start_on)
    }


def _duel_source(people: Sequence[Point]) -> str:
    last = [point for point in people if point.is_shown][-1]
    return _(
        "At least %(people)s people and the company page, up to %(day)s; people's interactions as LinkedIn reports them"
    ) % {"people": number(last.people or 0), "day": day(last.start_on + timedelta(days=6))}


def marks(scene: Scene, labels: Mapping[date, str]) -> tuple[ChartMark, ...]:
    """Phases and generations that began within the picture."""
    found: list[ChartMark] = []
    begun = [(phase.started_on or phase.start_on, str(phase.title)) for phase in scene.begun]
    begun += [(generation.start_on, generation.name) for generation in scene.generations]
    taken: set[date] = set()
    for on, name in sorted(begun):
        monday = on - timedelta(days=on.weekday())
        if monday in labels and not any(abs((monday - other).days) < 28 for other in taken):
            taken.add(monday)
            found.append(ChartMark(labels[monday], name))
    return tuple(found)


GENERATION_KPIS = ("activity_rate", "posts_per_active", "engagement_rate", "value_mix", "network_growth")


@dataclass(frozen=True)
class GenerationCell:
    """A bar of the table of generations; without a figure nothing, with a hidden one its reason."""

    label: str
    display: str = ""
    width: float | None = None  # percent
    hidden: bool = False
    reason: str = ""


@dataclass(frozen=True)
class GenerationLine:
    generation: Generation
    cells: tuple[GenerationCell, ...]


@dataclass(frozen=True)
class Generations:
    """The generations beside each other in one month."""

    sentence: str
    columns: tuple[str, ...]
    rows: tuple[GenerationLine, ...]

    @property
    def hidden(self) -> list[str]:
        """Why some are hidden, each reason once."""
        return list(dict.fromkeys(cell.reason for row in self.rows for cell in row.cells if cell.hidden))


def generations(scene: Scene) -> Generations | None:
    """The generations beside each other in the newest month: the same bar for all, no order of rank."""
    newest, k = scene.board.newest, scene.program.group_minimum
    if newest is None or not scene.generations:
        return None
    points: dict[tuple[int, str], Point | None] = {}
    for generation in scene.generations:
        for kpi in GENERATION_KPIS:
            line = scene.board.line(kpi, generation.pk)
            points[generation.pk, kpi] = next((p for p in line if p.start_on == newest), None)
    tops = {
        kpi: max((p.value for (_g, name), p in points.items() if name == kpi and p and p.value), default=None)
        for kpi in GENERATION_KPIS
    }
    rows = tuple(
        GenerationLine(
            generation, tuple(_bar(kpi, points[generation.pk, kpi], tops[kpi], k) for kpi in GENERATION_KPIS)
        )
        for generation in scene.generations
        if any(points[generation.pk, kpi] for kpi in GENERATION_KPIS)
    )
    if not rows:
        return None
    columns = tuple(definitions()[kpi].name for kpi in GENERATION_KPIS)
    return Generations(sentences.generations(len(rows), newest), columns, rows)


def _bar(kpi: str, point: Point | None, top: Decimal | None, k: int) -> GenerationCell:
    name = definitions()[kpi].name
    if point is None:
        return GenerationCell(name)
    if not point.is_shown:
        return GenerationCell(name, hidden=True, reason=reason(point.state, k))
    share = definitions()[kpi].unit == "ratio" and kpi in ("activity_rate", "value_mix")
    full = Decimal(1) if share else (top or Decimal(1)) * Decimal("1.2")
    width = min(100.0, max(0.0, float((point.value or 0) / full * 100)))
    return GenerationCell(name, said_point(kpi, point), width)


Maker = Callable[[Scene], Chart | None]
ROWS: tuple[tuple[Maker, ...], ...] = ((impressions, interactions, mix), (activity, time_budget, dialogue))


def rows_of(scene: Scene) -> list[list[Chart]]:
    """The charts under the large one, those that have something to show."""
    rows = ([chart for make in row if (chart := make(scene))] for row in ROWS)
    return [row for row in rows if row]
