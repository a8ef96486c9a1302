"""What goes into a publication and what comes out of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, reduce
from operator import or_

from .crowd import Who

#: No setting goes below this: groups of five and more are shown, whatever a program chose.
FLOOR = 5
#: The smallest group that is shown unless the program chose a larger one.
DEFAULT = 5
#: Name of the cell that adds up all groups (and of the margin that adds up all periods).
TOTAL = "*"

Key = tuple[str, str, str]
#: One person's figure in one base period: the smallest thing that must never be readable.
Atom = tuple[int, str]


def enough(k: int = DEFAULT) -> int:
    """So many people that k of them are others, even for somebody who controls k - 1 accounts: 9 where k is five."""
    return 2 * max(k, FLOOR) - 1


def looked_at(k: int = DEFAULT) -> int:
    """So many of the largest parts of a sum are looked at: those of one hand of k - 1 accounts, and the next one."""
    return max(k, FLOOR)


class Reason(StrEnum):
    """Why a cell is hidden."""

    TOO_FEW = "too_few"
    DOMINATED = "dominated"
    CHANGED_BY_FEW = "changed_by_few"
    PROTECTS_OTHER = "protects_other"


@dataclass(frozen=True, slots=True)
class Contribution:
    """One person's figure in one group and one period."""

    person: int
    group: str
    period: str
    value: Decimal


@dataclass(frozen=True)
class Cell:
    """A sum somebody would like to show.

    `parts` says whose figures of which base periods are added up.  `cohort` is the circle of people
    the figure is about (who was a member with consent), where that is wider than those who have a
    figure; steps over time are judged by it.  `volume` is what all have added without a sign, `tops` the largest parts
    of it, the largest first: at least `looked_at(k)` of them.  Cells of one `group` and `series` are one time line.
    """

    group: str
    period: str
    parts: Mapping[Hashable, Who]
    value: Decimal
    volume: Decimal
    tops: tuple[Decimal, ...]
    cohort: Who | None = None
    series: str = ""
    k: int | None = None  # the smallest group, where it is another one than the publication's

    @classmethod
    def of(
        cls,
        group: str,
        period: str,
        values: Mapping[int, Decimal],
        *,
        cohort: Who | None = None,
        series: str = "",
    ) -> Cell:
        """The cell of one group in one period, from each person's own figure."""
        return cls.from_atoms(
            group,
            period,
            {(person, period): v for person, v in values.items()},
            cohort=cohort,
            series=series,
        )

    @classmethod
    def counting(cls, group: str, period: str, people: Who, *, series: str = "") -> Cell:
        """The cell that says how many people there are: each adds one, so a few tell as much as all."""
        count, tops = Decimal(len(people)), (Decimal(1),) * min(len(people), looked_at())
        return cls(group, period, {period: people}, count, count, tops, series=series)

    @classmethod
    def from_atoms(
        cls,
        group: str,
        period: str,
        values: Mapping[Atom, Decimal],
        *,
        cohort: Who | None = None,
        series: str = "",
    ) -> Cell:
        """A cell over several base periods (a quarter over its weeks), from each person's parts."""
        per_person: dict[int, Decimal] = defaultdict(Decimal)
        parts: dict[Hashable, set[int]] = defaultdict(set)
        for (person, base), value in values.items():
            per_person[person] += value
            parts[base].add(person)
        # Corrections make negative days legal, so weight is counted without the sign.
        weights = sorted((abs(v) for v in per_person.values()), reverse=True)
        return cls(
            group=group,
            period=period,
            parts={base: frozenset(people) for base, people in parts.items()},
            value=sum(values.values(), Decimal()),
            volume=sum(weights, Decimal()),
            tops=tuple(weights),
            cohort=cohort,
            series=series,
        )

    @property
    def key(self) -> Key:
        return (self.series, self.group, self.period)

    @cached_property
    def atoms(self) -> frozenset[tuple[Hashable, Who]]:
        """All of it that counts as known to whoever knows the sum; equal where the same is added up."""
        return frozenset(self.parts.items())

    @cached_property
    def people(self) -> Who:
        return reduce(or_, self.parts.values()) if self.parts else frozenset()

    @property
    def circle(self) -> Who:
        return self.people if self.cohort is None else self.cohort


@dataclass(frozen=True, slots=True)
class Published:
    """What may be stored and shown of a cell; a hidden cell carries no value at all."""

    group: str
    period: str
    series: str
    shown: bool
    reason: Reason | None
    value: Decimal | None
    people_band: tuple[int, int | None]

    @property
    def key(self) -> Key:
        return (self.series, self.group, self.period)


def cells_of(
    contributions: Iterable[Contribution],
    *,
    total: str | None = TOTAL,
    margin: str | None = None,
    series: str = "",
) -> list[Cell]:
    """Every group in every period, with the total over groups and, if named, the margin over periods.

    A person who is in two groups counts once in the total.
    """
    tables: dict[tuple[str, str], dict[Atom, Decimal]] = defaultdict(dict)
    for c in contributions:
        atom = (c.person, c.period)
        for group in (c.group,) if total is None else (c.group, total):
            for period in (c.period,) if margin is None else (c.period, margin):
                tables[group, period][atom] = c.value
    return [Cell.from_atoms(group, period, values, series=series) for (group, period), values in tables.items()]
