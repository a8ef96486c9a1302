"""One row for each program: where it is, what shows its goals, what is missing, what comes next, what is open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from analytics.dashboards.words import month_and_year, said, said_point
from analytics.kpis.definitions import definitions
from analytics.kpis.queries import Point, default_targets
from analytics.portfolio import queries
from analytics.portfolio.led import holding
from core.kit.templatetags.ui import day as as_day
from programs.consents.models import today_in
from programs.membership.access import Ability
from programs.membership.models import Goal, Program
from programs.phases.models import Milestone, Phase
from programs.reviews.models import Light

if TYPE_CHECKING:
    from core.people.models import User


WORST_FIRST = (Light.ACT, Light.WATCH, Light.ON_TRACK)


@dataclass(frozen=True)
class GoalFigure:
    """A figure of a goal: its newest published value, or that there is none."""

    label: str
    value: str
    target: str
    when: str


@dataclass(frozen=True)
class Waiting:
    """Something that needs a decision."""

    text: str
    url: str
    why: str
    is_late: bool = False


@dataclass(frozen=True)
class LastLights:
    """The traffic lights of the last review that was closed: how many of each, the worst first."""

    url: str
    on: date
    lamps: list[tuple[Light, str]]  # the light, and in words how many there are

    @property
    def worst(self) -> Light:
        return self.lamps[0][0]


@dataclass(frozen=True)
class LedProgram:
    """One program as it stands beside the others."""

    program: Program
    url: str
    phases: list[Phase]
    following: Phase | None
    late_phases: frozenset[int]
    goals: list[tuple[Goal, list[GoalFigure]]]
    open: int
    late: int
    dates: list[Milestone]
    waiting: list[Waiting]
    lights: LastLights | None = None


def sides(user: "User", programs: list[Program], on: date) -> list[LedProgram]:
    """Those that need a decision come first, then those whose last review asks to act or to watch, then by name."""
    found = _Found(user, programs, on)
    rows = [_side(program, found, today_in(program)) for program in programs]
    return sorted(rows, key=lambda row: (not row.waiting, _rank(row.lights), row.program.name.casefold()))


def _rank(lights: LastLights | None) -> int:
    return WORST_FIRST.index(lights.worst) if lights else len(WORST_FIRST)


class _Found:
    """What was selected for all programs together."""

    def __init__(self, user: "User", programs: list[Program], on: date) -> None:
        self.phases, self.next_phases = queries.active_phases(programs), queries.next_phases(programs)
        self.goals, self.targets = queries.goals(programs), queries.targets(programs)
        kpis = {key for rows in self.goals.values() for goal in rows for key in goal.figures}
        self.figures = queries.newest_figures(programs, kpis)
        self.items, self.dates = queries.required_items(programs, on), queries.next_dates(programs, on)
        self.decisions = queries.decisions_to_check(programs, on)
        self.reviews = queries.reviews(holding(user, programs, Ability.WRITE_REVIEWS), on)
        self.reports = queries.asking_reports(holding(user, programs, Ability.SEE_REPORTS), on)
        self.leads = {each.pk for each in holding(user, programs, Ability.MANAGE_PROGRAM)}


def _side(program: Program, found: _Found, today: date) -> LedProgram:
    phases = found.phases.get(program.pk, [])
    items = found.items.get(program.pk, {"open": 0, "late": 0})
    known = definitions()
    aims = default_targets(program) | found.targets.get(program.pk, {})
    return LedProgram(
        program=program,
        url=reverse("home:program", args=[program.slug]),
        phases=phases,
        following=next(iter(found.next_phases.get(program.pk, [])), None),
        late_phases=frozenset(each.pk for each in phases if each.is_late(on=today)),
        goals=[
            (goal, [_figure(key, found.figures.get((program.pk, key)), aims) for key in goal.figures if key in known])
            for goal in found.goals.get(program.pk, [])
        ],
        open=items["open"],
        late=items["late"],
        dates=found.dates.get(program.pk, []),
        waiting=list(_waiting(program, found, today)),
        lights=_lights(program, found),
    )


def _lights(program: Program, found: _Found) -> LastLights | None:
    closed = [review for review in found.reviews.get(program.pk, []) if review.closed_at]
    if not closed or not closed[-1].lights:
        return None
    review = closed[-1]
    lamps = [(light, f"{review.lights.count(light)} {light.label}") for light in WORST_FIRST if light in review.lights]
    url = reverse("programs:review_detail", args=[program.slug, review.pk])
    return LastLights(url, review.milestone.on, lamps)


def _figure(key: str, point: Point | None, aims: dict[str, Any]) -> GoalFigure:
    return GoalFigure(
        label=definitions()[key].name,
        value=said_point(key, point) if point else "",
        target=said(key, aims[key]) if key in aims else "",
        when=month_and_year(point.start_on) if point else "",
    )


def _waiting(program: Program, found: _Found, today: date) -> Iterator[Waiting]:
    """What waits longest comes first: a phase past its end, a report's question, decisions, records."""
    for phase in found.phases.get(program.pk, []):
        if phase.is_late(on=today):
            name = "phase_finish" if program.pk in found.leads else "phase_detail"
            why = _("planned until %(day)s: continue, repeat or stop?") % {"day": as_day(phase.end_on)}
            yield Waiting(phase.title, reverse(f"programs:{name}", args=[program.slug, phase.pk]), why, is_late=True)
    for report in found.reports.get(program.pk, []):
        why = _("in the report, by %(day)s") % {"day": as_day(report.decision_until)}
        yield Waiting(str(report.decision), reverse("analytics:report_detail", args=[program.slug, report.pk]), why)
    for decision in found.decisions.get(program.pk, []):
        why = _("due for another look since %(day)s") % {"day": as_day(decision.check_on)}
        yield Waiting(str(decision.text), reverse("programs:decisions", args=[program.slug]), why)
    for review in found.reviews.get(program.pk, []):
        if review.closed_at:
            continue
        why = _("record still open, held on %(day)s") % {"day": as_day(review.milestone.on)}
        yield Waiting(
            str(review.milestone.title), reverse("programs:review_detail", args=[program.slug, review.pk]), why
        )
