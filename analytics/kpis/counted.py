"""What was counted of a month, kept until something that it was counted from changes.

A night brings figures of the last days; of the months before, the sums over their rows say that nothing changed, and
nobody's numbers are fetched again. What is kept is what disclosure control is asked about, from before it answered: it
decides anew every time, about all months together. It lies in the cache alone, so that no backup has it; while the
cache is away everything is counted again.
"""

import hashlib
import pickle
from array import array
from collections.abc import Container, Iterable
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.cache import cache as kept_in

from analytics.kpis.already_seen import Source, Sources, sides
from analytics.kpis.columns import Column, Columns, Roll
from analytics.kpis.contributions import Gather
from analytics.kpis.drafts import Draft, Drafts
from analytics.kpis.marks import Marks
from analytics.kpis.row_sums import SumUp
from analytics.kpis.weeks import month_of
from core.disclosure import crowd
from core.kit.caching import UNREADABLE
from programs.membership.models import Program

KEPT = int(timedelta(days=3).total_seconds())  # each night's publication finds what the one before counted
Split = dict[tuple[Source, date], list[crowd.Crowd]]
Month = tuple[dict[str, list[Draft]], Split]


class ByWeek(dict[date, Column]):
    """The columns of a KPI, fetched when a week of theirs is first asked for."""

    def __init__(self, fetch: "Fetched", kpi: str) -> None:
        super().__init__()
        self.fetch, self.kpi = fetch, kpi

    def __missing__(self, week: date) -> Column:
        return self.fetch.month_of(week)[self.kpi][week]

    def get(self, week: date, default: Any = None) -> Any:
        """Also of a week in which nobody has a figure."""
        return self.fetch.month_of(week).get(self.kpi, {}).get(week, default)


class Fetched:
    """What people add, month by month, as far as it was asked for."""

    def __init__(self, gather: Gather, program: Program, weeks: list[date], roll: Roll) -> None:
        self.gather, self.program, self.roll = gather, program, roll
        self.weeks: dict[date, list[date]] = {}
        for week in weeks:
            self.weeks.setdefault(month_of(week), []).append(week)
        self.found: dict[date, Columns] = {}

    def month_of(self, week: date) -> Columns:
        month = month_of(week)
        if month in self.weeks and month not in self.found:
            self.fetch({month})
        return self.found.get(month, {})

    def fetch(self, months: Container[date]) -> None:
        """Months that follow each other are asked for together."""
        for is_wanted, run in groupby(self.weeks, key=lambda month: month in months and month not in self.found):
            if is_wanted:
                together = list(run)
                weeks = [week for month in together for week in self.weeks[month]]
                self.found |= dict.fromkeys(together, self.gather(self.program, weeks, self.roll))


class Counted:
    """The cells of some KPIs that are read together, before anybody decided about them."""

    def __init__(self, kpis: Iterable[str], fetched: Fetched, sum_up: SumUp, drafts: Drafts) -> None:
        self.fetched, self.sum_up, self.drafts = fetched, sum_up, drafts
        self.sums = sum_up(fetched.program, [week for weeks in fetched.weeks.values() for week in weeks])
        self.columns: Columns = {kpi: ByWeek(fetched, kpi) for kpi in kpis}
        self.rows: dict[str, list[Draft]] = {}
        self.variants: Split = {}
        months = list(self._months())
        for kpi in self.columns:
            self.rows[kpi] = drafts.in_order(found[kpi] for found, _ in months)
        for _, variants in months:
            self.variants |= variants

    def _months(self) -> Iterable[Month]:
        roll, name = _mark_of(self.fetched.roll, self.drafts.key), "-".join(self.columns)
        places = {month: f"counted:{self.fetched.program.pk}:{month}:{name}" for month in self.drafts.blocks}
        marks = {month: self._mark(month, roll) for month in places}
        found = {month: _unpacked(kept_in.get(place), marks[month]) for month, place in places.items()}
        anew = {month for month, same in found.items() if same is None}
        self.fetched.fetch(anew)
        still = self._still(anew)
        for month, place in places.items():
            if (same := found.pop(month)) is None:
                same = self._count(month)
                if month in still:
                    packed = pickle.dumps((marks[month], same), pickle.HIGHEST_PROTOCOL)  # before the gate writes on it
                    kept_in.set(place, packed, KEPT)
            yield same

    def _still(self, months: set[date]) -> set[date]:
        """Those whose rows did not move between adding them up and fetching them: an import that comes in between, and
        is undone afterwards, would be kept under the sums of a time without it."""
        if not months:
            return set()
        weeks = {month: self.fetched.weeks[month] for month in sorted(months)}
        sums = self.sum_up(self.fetched.program, [week for each in weeks.values() for week in each])
        return {month for month, each in weeks.items() if all(sums[week] == self.sums[week] for week in each)}

    def _count(self, month: date) -> Month:
        found = {kpi: self.drafts.of_block(kpi, month, columns) for kpi, columns in self.columns.items()}
        sources = Sources(self.columns, Marks(self.fetched.roll, self.drafts.key))
        for week in self.drafts.blocks[month]:
            for kpi in self.columns:
                for side in sides(kpi):
                    sources.variants((kpi, side), week)
        return found, sources.split

    def _mark(self, month: date, roll: bytes) -> bytes:
        hashed = hashlib.blake2b(roll, digest_size=32)
        hashed.update(self.drafts.told_apart(month))
        hashed.update(repr([(week, self.sums[week]) for week in self.fetched.weeks[month]]).encode())
        return hashed.digest()


def _mark_of(roll: Roll, key: bytes) -> bytes:
    """Who may be counted, and by which code."""
    hashed = hashlib.blake2b(_code(), key=key, digest_size=32)
    for people in (roll.ids, roll.bringing):
        hashed.update(array("q", people).tobytes() + b"|")
    return hashed.digest()


@cache
def _code() -> bytes:
    """Another version of the site counts by itself."""
    rules = [*Path(__file__).parent.glob("*.py"), *Path(crowd.__file__).parent.glob("*.py")]
    return hashlib.blake2b(b"".join(each.read_bytes() for each in sorted(rules)), digest_size=32).digest()


def _unpacked(packed: bytes | None, mark: bytes) -> Month | None:
    """Nothing where it was counted from something else."""
    try:
        of, found = pickle.loads(packed) if packed else (b"", None)  # noqa: S301  # our own cache
    except UNREADABLE:
        return None
    return found if of == mark else None
