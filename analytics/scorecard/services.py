"""The strategy map: aims added, changed, moved, removed; lines drawn between them, one by one, so that two people who
draw at once lose nothing."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction

from analytics.scorecard.models import StrategyAim, StrategyLine
from analytics.scorecard.queries import goals_of
from analytics.scorecard.verbs import ScorecardVerb
from core.journal import services as journal
from core.journal.changes import changes_of
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

FIELDS = ("text", "perspective", "kpi", "place")
OF_A_LINE = ("is_proven", "why")


@transaction.atomic
def add_aim(program: Program, *, by: "User", feeds: Iterable[StrategyAim] = (), **values: Any) -> StrategyAim:
    aim = StrategyAim.objects.create(program=program, **values)
    _lead_to(aim, feeds)
    journal.record(ScorecardVerb.ADDED, aim, by=by)
    return aim


@transaction.atomic
def edit_aim(aim: StrategyAim, *, by: "User", feeds: Iterable[StrategyAim] | None = None, **values: Any) -> StrategyAim:
    """Only what is given; what it leads to is said by the map and not by the journal."""
    for name, value in values.items():
        setattr(aim, name, value)
    changes = changes_of(aim, FIELDS)
    aim.save(update_fields=FIELDS)
    if feeds is not None:
        _lead_to(aim, feeds)
    if changes or feeds is not None:
        journal.record(ScorecardVerb.EDITED, aim, by=by, changes=changes)
    return aim


def _lead_to(aim: StrategyAim, goals: Iterable[StrategyAim]) -> None:
    """Exactly these; a line that stays keeps what was said of it."""
    wanted, there = {each.pk: each for each in goals}, set(goals_of(aim))
    for goal in (each for pk, each in wanted.items() if pk not in there):
        _line(aim, goal)
    for line in StrategyLine.objects.present().filter(source=aim, goal_id__in=there - set(wanted)):
        line.put_away()


def _line(aim: StrategyAim, goal: StrategyAim) -> tuple[StrategyLine, bool]:
    """Once, however often it is drawn; one that was removed comes back as an assumption."""
    line, is_new = StrategyLine.objects.get_or_create(source=aim, goal=goal)
    if line.deleted_at is not None:
        line.take_back(is_proven=False, why="")
        is_new = True
    return line, is_new


@transaction.atomic
def move_aim(aim: StrategyAim, *, by: "User", perspective: str, place: int) -> StrategyAim:
    """To a place of a row; who stands there moves on. Two people who move at once wait for each other."""
    Program.objects.select_for_update().get(pk=aim.program_id)
    aim.perspective = perspective
    rows = StrategyAim.objects.present().filter(program=aim.program_id, perspective=perspective).exclude(pk=aim.pk)
    row = list(rows)
    row.insert(max(0, place - 1), aim)
    changes = None
    for number, each in enumerate(row, start=1):
        each.place = number
        changes = changes_of(each, FIELDS) if each is aim else changes
        each.save(update_fields=FIELDS if each is aim else ["place"])
    if changes:
        journal.record(ScorecardVerb.MOVED, aim, by=by, changes=changes)
    return aim


@transaction.atomic
def draw_line(aim: StrategyAim, goal: StrategyAim, *, by: "User") -> StrategyLine:
    line, is_new = _line(aim, goal)
    if is_new:
        journal.record(ScorecardVerb.LINE_DRAWN, aim, by=by)
    return line


@transaction.atomic
def edit_line(line: StrategyLine, *, by: "User", **values: Any) -> StrategyLine:
    """Proven, with what shows it, or an assumption again."""
    for name, value in values.items():
        setattr(line, name, value)
    changes = changes_of(line, OF_A_LINE)
    line.save(update_fields=OF_A_LINE)
    if changes:
        journal.record(ScorecardVerb.LINE_EDITED, line.source, by=by, changes=changes)
    return line


@transaction.atomic
def remove_line(line: StrategyLine, *, by: "User") -> StrategyLine:
    line.put_away()
    journal.record(ScorecardVerb.LINE_REMOVED, line.source, by=by)
    return line


@transaction.atomic
def restore_line(line: StrategyLine, *, by: "User") -> StrategyLine:
    """With what was said of it."""
    line.take_back()
    journal.record(ScorecardVerb.LINE_RESTORED, line.source, by=by)
    return line


@transaction.atomic
def remove_aim(aim: StrategyAim, *, by: "User") -> StrategyAim:
    aim.put_away()
    journal.record(ScorecardVerb.REMOVED, aim, by=by)
    return aim


@transaction.atomic
def restore_aim(aim: StrategyAim, *, by: "User") -> StrategyAim:
    """With its lines, as before."""
    aim.take_back()
    journal.record(ScorecardVerb.RESTORED, aim, by=by)
    return aim
