"""What is selected for several programs at once: one query each, however many programs there are."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from analytics.kpis.models import Cell, Target
from analytics.kpis.queries import COLUMNS, Point
from analytics.reports.models import Report
from analytics.reports.queries import agreed
from programs.checklists.models import PROGRESS, Item
from programs.handbook.models import Decision
from programs.membership.models import Goal, Program
from programs.phases.models import Milestone, Phase, PhaseState
from programs.reviews.models import Review

MOST_DATES = 3
RECENT = timedelta(days=200)  # an older figure says nothing about where a goal is now

By = dict[int, list[Any]]  # rows by the number of their program


def _by_program(rows: Iterable[Any]) -> By:
    found: By = defaultdict(list)
    for row in rows:
        found[row.program_id].append(row)
    return found


def active_phases(programs: list[Program]) -> By:
    """With how far each is."""
    rows = Phase.objects.active().filter(program__in=programs).annotate(**PROGRESS)
    return _by_program(rows.order_by("position", "pk"))


def next_phases(programs: list[Program]) -> By:
    rows = Phase.objects.filter(program__in=programs, state=PhaseState.PLANNED)
    return _by_program(rows.order_by("program", "position").distinct("program"))


def goals(programs: list[Program]) -> By:
    return _by_program(Goal.objects.filter(program__in=programs).order_by("rank"))


def targets(programs: list[Program]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for row in Target.objects.filter(program__in=programs, generation=None, phase=None):
        found[row.program_id][row.kpi] = row.value
    return found


def newest_figures(programs: list[Program], kpis: set[str]) -> dict[tuple[int, str], Point]:
    """The newest published month of each figure, as everybody in that program reads it. Nothing is added up over
    programs: somebody may take part in two of them, and a sum of both would pass no gate."""
    cells = Cell.objects.filter(
        program__in=programs, kpi__in=kpis, series="people", generation=None, period="month", state=Cell.State.SHOWN
    ).filter(start_on__gte=timezone.localdate() - RECENT)
    rows = cells.order_by("program", "kpi", "-start_on").distinct("program", "kpi")
    point = COLUMNS[COLUMNS.index("start_on") :]
    return {(program, kpi): Point(*rest) for program, kpi, *rest in rows.values_list("program_id", "kpi", *point)}


def required_items(programs: list[Program], on: date) -> dict[int, dict[str, int]]:
    """How many required items are open in phases that run or are over, and how many of them are late."""
    rows = Item.objects.open().filter(program__in=programs, is_must=True).exclude(phase__state=PhaseState.PLANNED)
    counted = rows.order_by().values("program").annotate(open=Count("pk"), late=Count("pk", filter=Q(due_on__lt=on)))
    return {row["program"]: {"open": row["open"], "late": row["late"]} for row in counted}


def next_dates(programs: list[Program], on: date) -> By:
    place = Window(RowNumber(), partition_by=F("program"), order_by=("on", "at", "pk"))
    rows = Milestone.objects.upcoming(on=on).filter(program__in=programs).annotate(place_in_program=place)
    return _by_program(rows.filter(place_in_program__lte=MOST_DATES).order_by("on", "at", "pk"))


def decisions_to_check(programs: list[Program], on: date) -> By:
    """Decisions that were to be looked at again by now."""
    rows = Decision.objects.present().filter(program__in=programs, check_on__lte=on)
    return _by_program(rows.order_by("check_on", "pk"))


def unclosed_reviews(programs: list[Program], on: date) -> By:
    """Records of reviews whose day is over."""
    rows = Review.objects.present().filter(milestone__program__in=programs, milestone__deleted_at=None)
    found: By = defaultdict(list)
    for row in rows.filter(closed_at=None, milestone__on__lt=on).select_related("milestone").order_by("milestone__on"):
        found[row.milestone.program_id].append(row)
    return found


def asking_reports(programs: list[Program], on: date) -> By:
    """Reports that ask for a decision until a day that is not over."""
    rows = Report.objects.present().filter(program__in=programs, decision_until__gte=on)
    rows = rows.exclude(Exists(agreed(OuterRef("pk"))))
    newest = rows.defer("data").order_by("program", "-month", "-edition").distinct("program")
    return _by_program(row for row in newest if str(row.decision))
