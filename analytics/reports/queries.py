"""Which reports there are, and what a new one can be made of."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from analytics.dashboards.charts import Scene
from analytics.dashboards.queries import scene_of
from analytics.kpis.queries import Board
from analytics.reports.layouts import READY, Ready, known_blocks
from analytics.reports.models import DecisionWord, Report, ReportQuerySet, ReportTemplate
from analytics.reports.models_master import ReportMaster
from analytics.reports.reading import ShownReport
from core.kit.compiled import Blank, Compiled
from core.people.models import User
from programs.generations.models import Generation
from programs.membership.access import Ability
from programs.membership.models import Program
from programs.membership.queries import people_with

MONTHS = 12  # to choose from
MONTHS_KNOWN = 25  # months of figures: those and the year before each


def reports_for(program: Any) -> ReportQuerySet:
    """The reports, newest month first; without their figures where only a list is shown."""
    return Report.objects.present().filter(program=program).select_related("made_by")


def newest_report(program: Program) -> Report | None:
    return reports_for(program).defer("data").order_by("-month", "-edition").first()


def master_of(program: Program) -> ReportMaster | None:
    """The company's own slides, where somebody gave them."""
    return ReportMaster.objects.present().filter(program=program).select_related("file").first()


def reports_beside(report: Report) -> list[Report]:
    """The newest edition of each of the last months, to switch between."""
    rows = reports_for(report.program).filter(of_generation=report.of_generation)
    rows = rows.defer("data").order_by("month", "-edition").distinct("month")
    return sorted(rows, key=lambda each: each.month, reverse=True)[:6]


def scene_for_report(program: Program, generation: int = 0) -> Scene:
    """Of everybody, or with the published cells of one generation in their place and nothing worked out from both."""
    if not generation:
        return scene_of(program, months=MONTHS_KNOWN)
    scene = scene_of(program, months=MONTHS_KNOWN, generation=str(generation))
    return replace(scene, board=_only(scene.board, generation)) if scene.generation else scene


def _only(told: Board, generation: int) -> Board:
    """Its cells, those of the company, and those of all generations for what stands beside each other."""
    found = Board()
    for (kpi, series, whose, period), points in told.lines.items():
        if whose is not None:
            found.lines[kpi, series, whose, period] = points
        if whose == generation or (whose is None and series == "company"):
            found.lines[kpi, series, None, period] = points
    return found


def generations_to_report(scene: Scene) -> list[tuple[Generation, list[date]]]:
    """Those of which a month is published, with these months."""
    found = [(each, months_to_report(replace(scene, board=_only(scene.board, each.pk)))) for each in scene.generations]
    return [(each, months) for each, months in found if months]


def readers_of(program: Program) -> QuerySet[User]:
    """Who may read reports, by name."""
    members = people_with(Ability.SEE_REPORTS, program).order_by()
    return User.objects.filter(pk__in=members.values("user")).order_by("name", "email", "pk")


def deciding(program: Program) -> list[User]:
    """Who gets them as long as nobody has chosen."""
    return [row.user for row in people_with(Ability.DECIDE, program)]


def saved_templates(program: Program) -> list[Ready]:
    """Those of the program, by name; their keys are their numbers."""
    rows = ReportTemplate.objects.present().filter(program=program)
    return [Ready(str(row.pk), row.name, "", tuple(known_blocks(row.blocks))) for row in rows]


def templates_to_start_from(program: Program) -> list[Ready]:
    return [*saved_templates(program), *READY]


def months_to_report(scene: Scene) -> list[date]:
    """The months in which something of the group is shown, newest first."""
    board = scene.board
    shown = {p.start_on for kpi in ("impressions", "activity_rate") for p in board.line(kpi) if p.is_shown}
    return sorted(shown, reverse=True)[:MONTHS]


def report_card(program: Program) -> ShownReport | None:
    """The newest report for the executive's home: `.three`, `.five`, `.decision`, `.report`. One query."""
    found = _NEWEST.rows(program=program.pk)
    if not found:
        return None
    found[0].program = program
    return ShownReport(found[0])


def words_on(report: Report) -> list[DecisionWord]:
    """What was said to its decision, in the order it was said."""
    return _WORDS.rows(report=report.pk)


def agreed(report: Any) -> QuerySet[DecisionWord]:
    """What agreed to its decision; the report, or its place in a larger query."""
    return DecisionWord.objects.present().filter(report=report, kind=DecisionWord.Kind.AGREED)


def open_decisions(program: Program) -> list[Report]:
    """Reports whose decision nobody has agreed to, the newest first; of a month only its newest edition."""
    found = _ASKING.rows(program=program.pk)
    for report in found:
        report.program = program
    return found


def _asking() -> QuerySet[Report]:
    rows = reports_for(Blank("program")).defer("data").order_by("month", "of_generation", "-edition")
    newest = rows.distinct("month", "of_generation")
    asking = Report.objects.filter(pk__in=newest.values("pk")).exclude(Exists(agreed(OuterRef("pk"))))
    return asking.exclude(decision={}).defer("data").order_by("-month")


_NEWEST, _ASKING = Compiled(lambda: reports_for(Blank("program")).filter(of_generation=0)[:1]), Compiled(_asking)
_WORDS = Compiled(lambda: DecisionWord.objects.present().filter(report=Blank("report")).select_related("by"))
