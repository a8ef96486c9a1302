"""Cells hidden because one person makes up most of them, worked out plainly."""

from dataclasses import dataclass, field
from typing import Any

from analytics.kpis.marks import PACKED
from analytics.kpis.models import Backing
from core.disclosure.publication import TOTAL, enough
from programs.membership.models import Program


@dataclass
class Sums:
    """Those that are, and those that were, when few have changed since."""

    waiting: set[Any]
    weighed: set[Any] = field(default_factory=set)


def of(program: Program, family: list[Any], *, k: int) -> Sums:
    rows = Backing.objects.filter(cell__program=program, cell__series="people").exclude(cell__state="shown")
    before = {}
    for row in rows.select_related("cell"):
        cell = row.cell
        place = (cell.period, str(cell.generation_id or TOTAL), cell.start_on)
        before[cell.kpi, place] = frozenset(PACKED.iter_unpack(bytes(row.atoms)))
    now = {(draft.kpi, draft.place): draft.backing() for draft in family if (draft.kpi, draft.place) in before}
    few = {
        name
        for name, rows in now.items()
        if rows != before[name] and min(len(_people(rows)), len(_people(rows ^ before[name]))) < enough(k)
    }
    return Sums(waiting=few, weighed={name for name, rows in now.items() if rows == before[name]})


def _people(rows: frozenset[Any]) -> set[int]:
    return {each[0] for each in rows}
