"""The findings of the dashboard: sentence, picture and table, from published cells."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from analytics.annotations.numbered import WrittenNote
from analytics.dashboards import certainty, group_past, sentences
from analytics.dashboards.words import drawn, month_label, reason, said, said_point
from analytics.kpis.definitions import definitions
from analytics.kpis.queries import Board, Point
from analytics.kpis.weeks import days_of_month, weeks_of
from core.kit.charts import Chart, ChartCell, ChartKind, ChartTarget, open_note, series_of
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
    dates: Sequence[tuple[date, str]] = ()  # events and milestones that everybody in the program reads
    summed: Sequence[str] = ()  # the accounts of the company that are added up
    notes: Sequence[WrittenNote] = ()  # of the time line, by day
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

    def company(self, kpi: str, *, period: str = "month") -> dict[date, Point]:
        """The company account by week or month, without what it paid for where a network tells that apart."""
        whole = self.board.line(kpi, period=period, series="company")
        organic = self.board.line(kpi, period=period, series="organic")
        return {point.start_on: point for point in (*whole, *organic)}

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


def monthly(scene: Scene, kpi: str, sentence: str, *, what: str, sure: str = "") -> Chart:
    """One bar per month, before the band of what was usual until then; hidden ones are hatched."""
    points, line = scene.recent(kpi), scene.line(kpi)
    k = scene.program.shown_from
    return Chart(
        id=kpi.replace("_", "-"),
        kind=ChartKind.BARS,
        size="s",
        sentence=sentence,
        sure=sure,
        what=what,
        over=_("Month"),
        labels=tuple(month_label(point.start_on) for point in points),
        days=tuple(days_of_month(point.start_on) for point in points),
        series=series_of([definitions()[kpi].name], [[cell(kpi, point, k)] for point in points]),
        unit="%" if definitions()[kpi].unit == "ratio" else "",
        source=source(scene.shown(kpi)),
        quality=definitions()[kpi].badge,
        target=_target(scene, kpi),
        band=group_past.band_of(kpi, [group_past.before(kpi, line, point) for point in points]),
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
    value, found, company = now.value or Decimal(0), group_past.before(kpi, scene.line(kpi), now), scene.company(kpi)
    known = [(point.start_on, point.value) for point in company.values() if point.value is not None]
    sure = certainty.of_sum(
        kpi, value, found, dict(known).get(now.start_on), group_past.before_month(known, now.start_on)
    )
    chart = monthly(scene, kpi, sentences.sum_beside(kpi, now.start_on, value, found), what=what, sure=sure)
    if before is None or before.people is None or now.is_comparable(before):
        return chart
    words = {"source": chart.source, "people": number(before.people)}
    return replace(chart, source=_("%(source)s; %(people)s+ people in the previous month") % words)


def activity(scene: Scene) -> Chart | None:
    def say(now: Point) -> str:
        return sentences.active(now.start_on, now.value or Decimal(0), at_least=now.is_floor)

    return _share(scene, "activity_rate", say, _("Share of the group with an activity"))


def _share(scene: Scene, kpi: str, say: Callable[[Point], str], what: str) -> Chart | None:
    """A share or an average per month, and what was usual before."""
    points = scene.shown(kpi)
    if not points:
        return None
    return monthly(scene, kpi, say(points[-1]), what=what, sure=_usually(scene, kpi, points[-1]))


def _usually(scene: Scene, kpi: str, now: Point) -> str:
    return certainty.of_share(kpi, group_past.before(kpi, scene.line(kpi), now), now.below)


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
    def say(now: Point) -> str:
        return sentences.allowance(now.start_on, now.value or Decimal(0), scene.program.weekly_minutes)

    return _share(scene, "time_budget", say, _("Minutes a week, average of people with an entry"))


def dialogue(scene: Scene) -> Chart | None:
    def say(now: Point) -> str:
        return sentences.dialogue(now.start_on, now.value or Decimal(0))

    return _share(scene, "dialog_rate", say, _("Comments as a share of all interactions"))


def labelling(scene: Scene) -> Chart | None:
    def say(now: Point) -> str:
        return sentences.labelled(now.start_on, now.value or Decimal(0), at_least=now.is_floor)

    return _share(scene, "label_rate", say, _("Labelled posts, as a share of those that need a label"))


def topics(scene: Scene) -> Chart | None:
    """Nothing where nobody logs topics: of none a share would tell about each one."""

    def say(now: Point) -> str:
        return sentences.on_topic(now.start_on, now.value or Decimal(0), at_least=now.is_floor)

    return _share(scene, "topic_coverage", say, _("Logged posts about one of the program's topics, as a share of all"))


def requests(scene: Scene) -> Chart | None:
    def say(now: Point) -> str:
        return sentences.asked(now.start_on, now.value or Decimal(0))

    return _share(scene, "speaker_requests", say, _("Requests from media and events, as logged"))


def posts(scene: Scene) -> Chart | None:
    def say(now: Point) -> str:
        return sentences.posts(now.start_on, now.value or Decimal(0))

    return _share(scene, "posts_per_active", say, _("Posts and comments for each active person"))


def growth(scene: Scene) -> Chart | None:
    def say(now: Point) -> str:
        return sentences.growth(now.start_on, now.value or Decimal(0))

    return _share(scene, "network_growth", say, _("New followers as a share of those at the start of the month"))


def potential(scene: Scene) -> Chart | None:
    """Named as what it is, and beside no target: it says nothing of who saw a post."""
    points = scene.shown("potential_reach")
    if not points:
        return None
    sentence = sentences.potential(points[-1].start_on, points[-1].value or Decimal(0))
    sure = _("This is not reach: most followers never see a post, and who follows several people counts several times.")
    what = _("Followers of all participants together at the end of the month, rounded down")
    return monthly(scene, "potential_reach", sentence, what=what, sure=sure)


def score(scene: Scene) -> Chart | None:
    """LinkedIn's score, with the warning beside it."""
    points = scene.shown("social_selling")
    if not points:
        return None
    now, before = _two(points)
    sentence = sentences.score(now.start_on, now.value or Decimal(0), before.value if before else None)
    sure = _("A number to be vain about: it measures how much people use LinkedIn, not what the program is good for.")
    return monthly(
        scene, "social_selling", sentence, what=_("Social Selling Index, mean of the values entered"), sure=sure
    )


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
        sentence=sentences.mix(
            now.start_on, now.value or Decimal(0), scene.targets.get("value_mix"), at_least=now.is_floor
        ),
        sure=_usually(scene, "value_mix", now),
        over=_("Month"),
        labels=tuple(month_label(point.start_on) for point in recent),
        days=tuple(days_of_month(point.start_on) for point in recent),
        series=series_of(
            [_("Value"), _("Promotional")], [_shares(point, scene.program.shown_from) for point in recent]
        ),
        unit="%",
        source=source(points),
        quality=definitions()["value_mix"].badge,
        target=_target(scene, "value_mix"),
        band=group_past.band_of(
            "value_mix", [group_past.before("value_mix", scene.line("value_mix"), point) for point in recent]
        ),
    )


def _shares(point: Point, k: int) -> list[ChartCell]:
    """A share and the rest of the whole."""
    if not point.is_shown or point.value is None:
        return [ChartCell(hidden=True, reason=reason(point.state, k))] * 2
    if point.is_floor:
        rest = 1 - point.value
        at_most = ChartCell(drawn("value_mix", rest), f"≤\N{NO-BREAK SPACE}{percent(rest)}", is_floor=True)
        return [cell("value_mix", point, k), at_most]
    return [ChartCell(drawn("value_mix", share), percent(share)) for share in (point.value, 1 - point.value)]


GENERATION_KPIS = ("activity_rate", "posts_per_active", "engagement_rate", "value_mix", "network_growth")


@dataclass(frozen=True)
class GenerationCell:
    """A bar of the table of generations; without a figure nothing, with a hidden one its reason."""

    label: str
    display: str = ""
    width: float | None = None  # percent
    hidden: bool = False
    reason: str = ""
    is_floor: bool = False


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

    @property
    def open_note(self) -> str:
        return open_note() if any(cell.is_floor for row in self.rows for cell in row.cells) else ""


def generations(scene: Scene) -> Generations | None:
    """The generations beside each other in the newest month: the same bar for all, no order of rank."""
    newest, k = scene.board.newest, scene.program.shown_from
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
    return GenerationCell(name, said_point(kpi, point), width, is_floor=point.is_floor)
