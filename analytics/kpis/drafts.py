"""Cells before anybody decided whether they may be shown: each group and the total, in each ended week and month."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from heapq import nlargest
from itertools import chain

from analytics.kpis.cohorts import together
from analytics.kpis.columns import Column, Numbers, Roll
from analytics.kpis.formulas import FORMULAS, Formula, folded
from analytics.kpis.marks import digest_of_month, digest_of_week
from analytics.kpis.weeks import month_of, weeks_of
from core.disclosure.crowd import Crowd
from core.disclosure.publication import TOTAL, Reason, enough

Place = tuple[str, str, date]  # period (week, month), group, first day


@dataclass(frozen=True, slots=True)
class Side:
    """A numerator or denominator: its sum, and the largest parts that people make up of it."""

    total: int = 0
    value: int = 0  # the plain sum of all contributions
    volume: int = 0
    tops: tuple[int, ...] = ()
    people: int = 0  # who add more than nothing


@dataclass
class Draft:
    """A cell that waits for a decision."""

    kpi: str
    period: str
    group: str
    start_on: date
    weeks: dict[date, Crowd]  # whose contributions of which week are added up
    cohort: Crowd
    above: Side
    below: Side
    people: int
    digest: bytes
    rest: Side = Side()  # of a part: what is missing from it to all
    reason: Reason | None = None
    kept: bool = False  # the figure that was shown before stands
    is_coarse: bool = False  # what is missing must not be known
    is_weighed: bool = False  # somebody's figure is too large a part: that it is must not be asked over and over
    waits: bool = False  # it was, and few have changed since

    @cached_property
    def place(self) -> Place:
        return (self.period, self.group, self.start_on)

    @property
    def block(self) -> date:
        """Cells of one month and its weeks are renewed together."""
        return block_of(self.period, self.start_on)


def block_of(period: str, start_on: date) -> date:
    return start_on if period == "month" else month_of(start_on)


class Drafts:
    """Makes the cells of one KPI after the other, for the same people."""

    def __init__(
        self,
        circles: Mapping[tuple[str, date], Crowd],
        here: Mapping[tuple[str, date], Crowd],
        months: Sequence[date],
        roll: Roll,
        key: bytes,
        *,
        k: int,
    ) -> None:
        """`circles`: who is counted; `here`: who takes part."""
        self.months, self.roll, self.key, self.k = months, roll, key, k
        self.groups: dict[str, dict[date, tuple[Crowd, Crowd]]] = defaultdict(dict)
        for (group, week), circle in circles.items():
            present = here.get((group, week))
            if present:  # before a generation begins there is nothing to say
                self.groups[group][week] = (circle, circle & present)
        self.listed: dict[Crowd, list[int]] = {}

    @cached_property
    def blocks(self) -> dict[date, list[date]]:
        """The months with their weeks in which anybody takes part."""
        found: dict[date, list[date]] = defaultdict(list)
        for week in sorted({week for weeks in self.groups.values() for week in weeks}):
            found[month_of(week)].append(week)
        return found

    def told_apart(self, block: date) -> bytes:
        """What the cells of a month depend on besides figures: who is counted in it, how many of the largest parts are
        looked at, and whether it is over."""
        hashed = hashlib.blake2b(key=self.key, digest_size=16)
        hashed.update(str((self.k, block in self.months, self.blocks[block])).encode())
        for group, weeks in self.groups.items():
            for week in (week for week in self.blocks[block] if week in weeks):
                hashed.update(f"{group}|{week}".encode())
                for crowd in weeks[week]:
                    hashed.update(len(crowd.packed).to_bytes(4) + crowd.packed)  # where one ends and the next begins
        return hashed.digest()

    def of(self, kpi: str, columns: Mapping[date, Column]) -> list[Draft]:
        return self.in_order(self.of_block(kpi, block, columns) for block in self.blocks)

    def in_order(self, blocks: Iterable[list[Draft]]) -> list[Draft]:
        """Each group's weeks and then its months, whatever was counted when."""
        found: dict[str, tuple[list[Draft], list[Draft]]] = {group: ([], []) for group in self.groups}
        for draft in chain.from_iterable(blocks):
            found[draft.group][draft.period == "month"].append(draft)
        return [draft for weeks, months in found.values() for draft in (*weeks, *months)]

    def of_block(self, kpi: str, block: date, columns: Mapping[date, Column]) -> list[Draft]:
        """The cells of a month and of its weeks."""
        nobody = Column(self.roll.empty(), self.roll.empty() if FORMULAS[kpi].divides else None)
        known = {week: columns.get(week, nobody) for week in self.blocks[block]}
        who = {week: column.who for week, column in known.items()}
        rows: list[Draft] = []
        is_stock = FORMULAS[kpi].is_stock
        for group, every in self.groups.items():
            if is_stock and group != TOTAL:
                continue
            weeks = {week: every[week] for week in self.blocks[block] if week in every}
            found = {week: counted & who[week] for week, (_, counted) in weeks.items()}
            digests = {
                week: digest_of_week(known[week], self._places(counted), self.roll, self.key)
                for week, (_, counted) in weeks.items()
            }
            for week, (circle, counted) in () if is_stock else weeks.items():
                sides = self._week(FORMULAS[kpi], known[week], self._places(counted))
                rows.append(
                    Draft(
                        kpi,
                        "week",
                        group,
                        week,
                        _some({week: found[week]}),
                        circle,
                        *sides[:2],
                        len(found[week]),
                        digests[week],
                        sides[2],
                    )
                )
            for month in (month for month in self.months if month == block):
                if own := [week for week in weeks_of(month)[-1 if is_stock else 0 :] if week in weeks]:
                    parts = _some({week: found[week] for week in own})
                    circle = together(weeks[week][0] for week in own)
                    sides = self._month(FORMULAS[kpi], known, {week: weeks[week][1] for week in own})
                    people = len(together(parts.values()))
                    digest = digest_of_month({week: digests[week] for week in parts}, self.key)
                    rows.append(Draft(kpi, "month", group, month, parts, circle, *sides[:2], people, digest, sides[2]))
        return rows

    def _places(self, crowd: Crowd) -> list[int]:
        """A circle changes seldom: its people are listed once."""
        if crowd not in self.listed:
            self.listed[crowd] = list(crowd)
        return self.listed[crowd]

    def _week(self, formula: Formula, column: Column, places: list[int]) -> tuple[Side, Side, Side]:
        found, each = [], []
        for numbers, how in ((column.above, formula.above), (column.below, formula.below)):
            picked = _picked(numbers, places) if numbers is not None else []
            known = [number for number in picked if number is not None]
            each.append(known)
            found.append(self._side(known, None if how == "sum" else sum(folded(how, [number]) for number in known)))
        return found[0], found[1], self._rest(formula, *each)

    def _month(
        self, formula: Formula, columns: Mapping[date, Column], weeks: dict[date, Crowd]
    ) -> tuple[Side, Side, Side]:
        """A person's weeks are added up first: what counts is how much of the month is theirs."""
        everybody = together(weeks.values())
        places = self._places(everybody)
        found, each = [], []
        for name, how in (("above", formula.above), ("below", formula.below)):
            picked: list[Numbers] = []
            for week, counted in weeks.items():
                if (numbers := getattr(columns[week], name)) is None:
                    continue
                if counted == everybody:
                    picked.append(_picked(numbers, places))
                else:
                    inside = set(self._places(counted))
                    picked.append([numbers[place] if place in inside else None for place in places])
            rows = ([number for number in row if number is not None] for row in zip(*picked, strict=True))
            people = [known for known in rows if known]
            total = None if how == "sum" else sum(folded(how, known) for known in people)
            each.append(list(map(sum, people)))
            found.append(self._side(each[-1], total))
        return found[0], found[1], self._rest(formula, *each)

    def _rest(self, formula: Formula, above: list[int], below: list[int]) -> Side:
        """Whoever has a denominator has a numerator, so the same people stand in both."""
        if not formula.is_part:
            return Side()
        return self._side([whole - part for part, whole in zip(above, below, strict=True)])

    def _side(self, people: list[int], total: int | None = None) -> Side:
        """From what each person adds. Corrections make negative days legal, so weight is counted without the sign."""
        if not people:
            return Side()
        value = sum(people)
        weights = people if min(people) >= 0 else list(map(abs, people))
        tops = tuple(nlargest(enough(self.k), weights))
        return Side(value if total is None else total, value, sum(weights), tops, sum(map(bool, weights)))


def _picked(numbers: Numbers, places: list[int]) -> Numbers:
    return list(map(numbers.__getitem__, places))


def _some(weeks: dict[date, Crowd]) -> dict[date, Crowd]:
    """Without the weeks in which nobody contributed."""
    return {week: crowd for week, crowd in weeks.items() if crowd}
