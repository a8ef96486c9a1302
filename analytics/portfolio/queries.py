"""What is selected for several programs at once: one query each, however many programs there are."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from analytics.kpis.models import Cell, Target
from analytics.kpis.queries import COLUMNS, Point
from analytics.reports.models import Report
from analytics.reports.queries import agreed
from core.kit.compiled import Blank, Compiled, OneOf
from programs.checklists.models import PROGRESS, Item
from programs.handbook.models import Decision
from programs.membership.models import Goal, Program
from programs.phases.models import Milestone, Phase, PhaseState
from programs.reviews.kinds import ReviewKind
from programs.reviews.models import Review, ReviewPoint

MOST_DATES = 3
RECENT = timedelta(days=200)  # an older figure says nothing about where a goal is now

By = dict[int, list[Any]]  # rows by the number of their program

PROGRAMS = OneOf("program_id", "programs")
TODAY = Blank("today")


def _rows(question: Compiled[Any], programs: list[Program], **told: Any) -> list[Any]:
    return question.rows(programs=[each.pk for each in programs], **told) if programs else []


def _by_program(rows: Iterable[Any]) -> By:
    found: By = defaultdict(list)
    for row in rows:
        found[row.program_id].append(row)
    return found


def active_phases(programs: list[Program]) -> By:
    """With how far each is."""
    return _by_program(_rows(ACTIVE, programs))


def next_phases(programs: list[Program]) -> By:
    return _by_program(_rows(FOLLOWING, programs))


def goals(programs: list[Program]) -> By:
    return _by_program(_rows(GOALS, programs))


def targets(programs: list[Program]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for program, kpi, value in _rows(TARGETS, programs):
        found[program][kpi] = value
    return found


def newest_figures(programs: list[Program], kpis: set[str]) -> dict[tuple[int, str], Point]:
    """The newest published month of each figure, as everybody in that program reads it. Nothing is added up over
    programs: somebody may take part in two of them, and a sum of both would pass no gate."""
    rows = _rows(FIGURES, programs, kpis=list(kpis), since=timezone.localdate() - RECENT) if kpis else []
    return {(program, kpi): Point(*rest) for program, kpi, *rest in rows}


def required_items(programs: list[Program], on: date) -> dict[int, dict[str, int]]:
    """How many required items are open in phases that run or are over, and how many of them are late."""
    rows = _rows(REQUIRED, programs, today=on)
    return {program: {"open": count, "late": late} for program, count, late in rows}


def next_dates(programs: list[Program], on: date) -> By:
    return _by_program(_rows(DATES, programs, today=on))


def decisions_to_check(programs: list[Program], on: date) -> By:
    """Decisions that were to be looked at again by now."""
    return _by_program(_rows(TO_CHECK, programs, today=on))


def reviews(programs: list[Program], on: date) -> By:
    """Records of reviews that are still open although their day is over, and the last one that was closed; each with
    its traffic lights."""
    found: By = defaultdict(list)
    for row in _rows(REVIEWS, programs, today=on):
        found[row.milestone.program_id].append(row)
    return found


def asking_reports(programs: list[Program], on: date) -> By:
    """Reports that ask for a decision until a day that is not over."""
    return _by_program(row for row in _rows(ASKING, programs, today=on) if str(row.decision))


def _active() -> QuerySet[Phase]:
    return Phase.objects.active().filter(PROGRAMS).annotate(**PROGRESS).order_by("position", "pk")


def _following() -> QuerySet[Phase]:
    rows = Phase.objects.filter(PROGRAMS, state=PhaseState.PLANNED)
    return rows.order_by("program", "position").distinct("program")


def _figures() -> QuerySet[Cell, Any]:
    cells = Cell.objects.filter(
        PROGRAMS, OneOf("kpi", "kpis"), series="people", generation=None, period="month", state=Cell.State.SHOWN
    ).filter(start_on__gte=Blank("since"))
    rows = cells.order_by("program", "kpi", "-start_on").distinct("program", "kpi")
    return rows.values_list("program_id", "kpi", *COLUMNS[COLUMNS.index("start_on") :])


def _required() -> QuerySet[Item, Any]:
    rows = Item.objects.open().filter(PROGRAMS, is_must=True).exclude(phase__state=PhaseState.PLANNED)
    counts = {"open": Count("pk"), "late": Count("pk", filter=Q(due_on__lt=TODAY))}
    return rows.order_by().values_list("program").annotate(**counts)


def _dates() -> QuerySet[Milestone]:
    place = Window(RowNumber(), partition_by=F("program"), order_by=("on", "at", "pk"))
    rows = Milestone.objects.upcoming(on=TODAY).filter(PROGRAMS).annotate(place_in_program=place)
    return rows.filter(place_in_program__lte=MOST_DATES).order_by("on", "at", "pk")


def _reviews() -> QuerySet[Review]:
    rows = Review.objects.present().filter(OneOf("milestone__program_id", "programs"), milestone__deleted_at=None)
    closed = rows.filter(kind=ReviewKind.PROGRAM).exclude(closed_at=None)
    last = closed.order_by("milestone__program_id", "-milestone__on", "-pk").distinct("milestone__program_id")
    lights = ReviewPoint.objects.filter(review=OuterRef("pk")).exclude(light="").order_by("pk").values("light")
    rows = rows.filter(Q(closed_at=None, milestone__on__lt=TODAY) | Q(pk__in=last.values("pk")))
    return rows.annotate(lights=ArraySubquery(lights)).select_related("milestone").order_by("milestone__on")


def _asking() -> QuerySet[Report]:
    rows = Report.objects.present().filter(PROGRAMS, decision_until__gte=TODAY, of_generation=0)
    rows = rows.exclude(Exists(agreed(OuterRef("pk"))))
    return rows.defer("data").order_by("program", "-month", "-edition").distinct("program")


def _to_check() -> QuerySet[Decision]:
    return Decision.objects.present().filter(PROGRAMS, check_on__lte=TODAY).order_by("check_on", "pk")


def _targets() -> QuerySet[Target, Any]:
    return Target.objects.filter(PROGRAMS, generation=None, phase=None).values_list("program_id", "kpi", "value")


ACTIVE, FOLLOWING = Compiled(_active), Compiled(_following)
GOALS = Compiled(lambda: Goal.objects.filter(PROGRAMS).order_by("rank"))
TARGETS, FIGURES, REQUIRED = Compiled(_targets), Compiled(_figures), Compiled(_required)
DATES, TO_CHECK, REVIEWS = Compiled(_dates), Compiled(_to_check), Compiled(_reviews)
ASKING = Compiled(_asking)
