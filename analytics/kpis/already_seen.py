"""What readers have already seen. It counts as known for ever, as it was then."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from analytics.kpis.columns import Columns
from analytics.kpis.drafts import Draft, Place
from analytics.kpis.formulas import FORMULAS
from analytics.kpis.marks import Marks, unpacked
from core.disclosure.crowd import Crowd, Who

#: Numbers that stand in several KPIs: their sums are looked at together.
QUANTITIES = {
    ("impressions", "above"): "impressions",
    ("engagement_rate", "below"): "impressions",
    ("interactions", "above"): "interactions",
    ("engagement_rate", "above"): "interactions",
    ("dialog_rate", "below"): "interactions",
    ("value_mix", "below"): "posts logged",
    ("topic_coverage", "below"): "posts logged",
}
Parts = Mapping[Hashable, Who]
Source = tuple[str, str]  # a KPI and its numerator or denominator
Variants = Mapping[tuple[Source, date], list[Crowd]]
KNOWN: Variants = MappingProxyType({})


def sides(kpi: str) -> tuple[str, ...]:
    return ("above", "below") if FORMULAS[kpi].divides else ("above",)


def quantity_of(source: Source) -> str:
    return QUANTITIES.get(source, "/".join(source))


@dataclass
class Seen:
    """The cells of the people that are shown, by KPI and place: a digest each, and how to get at their marks; and those
    that were weighed and are hidden."""

    digests: dict[str, dict[Place, bytes]] = field(default_factory=lambda: defaultdict(dict))
    exact: dict[str, set[Place]] = field(default_factory=lambda: defaultdict(set))  # not "at least"
    weighed: dict[str, dict[Place, bytes]] = field(default_factory=lambda: defaultdict(dict))  # hidden: see `Draft`
    atoms: Callable[[str, list[Place]], dict[Place, bytes]] = lambda kpi, places: {}


class Sources:
    """Tells contributions of one quantity apart: a person's number in two KPIs is one thing while it is the same, and
    another one when it has changed since it was shown."""

    def __init__(self, columns: Columns, marks: Marks, split: Variants = KNOWN) -> None:
        """`split`: variants that are known already."""
        self.columns, self.marks = columns, marks
        self.of: dict[str, list[Source]] = defaultdict(list)
        for kpi in columns:
            for side in sides(kpi):
                self.of[quantity_of((kpi, side))].append((kpi, side))
        self.split: dict[tuple[Source, date], list[Crowd]] = dict(split)
        self.old: dict[tuple[str, date, int], list[bytes]] = defaultdict(list)

    def parts(self, draft: Draft, side: str) -> Parts:
        """What a cell adds up, by week and variant."""
        found: dict[Hashable, Who] = {}
        for week, crowd in draft.weeks.items():
            variants = self.variants((draft.kpi, side), week)
            if len(variants) == 1:
                found[week, 0] = crowd
                continue
            for number, variant in enumerate(variants):
                if both := crowd & variant:
                    found[week, number] = both
        return found

    def parts_seen(self, kpi: str, atoms: bytes) -> dict[str, Parts]:
        """The same of a cell that was shown, side by side, from its marks."""
        found: dict[str, dict[Hashable, list[int]]] = {side: defaultdict(list) for side in sides(kpi)}
        for person, ordinal, above, below in unpacked(atoms):
            week, place = date.fromordinal(ordinal), self.marks.roll.place_of(person)
            for side, mark in (("above", above), ("below", below)):
                if side in found:
                    found[side][week, self._variant_of(quantity_of((kpi, side)), week, place, mark)].append(place)
        return {side: {base: Crowd.of(places) for base, places in parts.items()} for side, parts in found.items()}

    def changed(self, draft: Draft, atoms: bytes) -> int:
        """By how many people's contributions a cell differs from one whose marks these are."""
        found, before = Crowd(), self.parts_seen(draft.kpi, atoms)
        for side in sides(draft.kpi):
            old, new = before[side], self.parts(draft, side)
            for base in {*old, *new}:
                found |= old.get(base, Crowd()) ^ new.get(base, Crowd())
        return len(found)

    def variants(self, source: Source, week: date) -> list[Crowd]:
        """By variant, whose number it is; variant n is a number that source n of the quantity is the first to have."""
        every = self.of[quantity_of(source)]
        if len(every) == 1:
            return [Crowd()]
        if (source, week) not in self.split:
            mine = self._numbers(source, week)
            earlier = [self._numbers(other, week) for other in every[: every.index(source)]]
            first = [
                next((n for n, numbers in enumerate(earlier) if numbers and numbers[place] == number), len(earlier))
                if number is not None
                else -1
                for place, number in enumerate(mine or ())
            ]
            self.split[source, week] = [
                Crowd.where([place == number for place in first]) for number in range(len(earlier) + 1)
            ]
        return self.split[source, week]

    def _variant_of(self, quantity: str, week: date, place: int, mark: bytes) -> Hashable:
        if place < self.marks.roll.size:
            for number, source in enumerate(self.of[quantity]):
                if (numbers := self._numbers(source, week)) and self.marks.of(numbers, week)[place] == mark:
                    return number
        old = self.old[quantity, week, place]
        if mark not in old:
            old.append(mark)
        return ("old", old.index(mark))

    def _numbers(self, source: Source, week: date) -> list[int | None] | None:
        column = self.columns[source[0]].get(week)
        return getattr(column, source[1]) if column else None
