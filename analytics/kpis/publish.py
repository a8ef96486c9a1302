"""From contributions to released cells: group, total, week and month, through disclosure control.

Plain arithmetic without a database. What was shown before counts as known for ever: new figures for a
month replace the old ones only as a whole, and only when nobody could work out one person's part.
"""

import hashlib
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from analytics.kpis.cohorts import cohorts
from analytics.kpis.formulas import FORMULAS, Part, group_value, person_total
from analytics.kpis.weeks import month_of, weeks_of
from core.disclosure import cells as disclosure
from core.disclosure.cells import TOTAL, Atom, Reason
from core.disclosure.publish import publish
from core.disclosure.shares import people_band, share_band

PACKED = struct.Struct(">QI4s4s")
#: KPIs that share numbers are decided together.
FAMILIES = (
    ("impressions", "interactions", "engagement_rate", "dialog_rate"),
    ("value_mix",),
    ("label_rate",),
    ("time_budget",),
    ("posts_per_active",),
    ("activity_rate",),
    ("network_growth",),
)
#: Numbers that stand in several KPIs: their sums are looked at together.
QUANTITIES = {
    ("impressions", "above"): "impressions",
    ("engagement_rate", "below"): "impressions",
    ("interactions", "above"): "interactions",
    ("engagement_rate", "above"): "interactions",
    ("dialog_rate", "below"): "interactions",
}
Place = tuple[str, str, date]  # period (week, month), group, first day
Backing = frozenset[tuple[int, int, bytes, bytes]]  # person, week, and a mark of numerator and denominator


@dataclass
class Draft:
    """A cell before anybody decided whether it may be shown."""

    kpi: str
    period: str
    group: str
    start_on: date
    parts: dict[tuple[int, date], Part]  # (person, week)
    cohort: frozenset[int]
    key: bytes = b""
    reason: Reason | None = None
    kept: bool = False  # the figure that was shown before stands

    @property
    def place(self) -> Place:
        return (self.period, self.group, self.start_on)

    @property
    def block(self) -> date:
        """Cells of one month and its weeks are renewed together."""
        return self.start_on if self.period == "month" else month_of(self.start_on)

    @property
    def per_person(self) -> dict[int, Part]:
        weeks: dict[int, list[Part]] = defaultdict(list)
        for (person, _), part in sorted(self.parts.items(), key=lambda item: item[0][1]):
            weeks[person].append(part)
        return {person: person_total(FORMULAS[self.kpi], parts) for person, parts in weeks.items()}

    def atoms(self, side: str) -> dict[Atom, Decimal]:
        """A contribution as it is now: when its value changes, it is another one."""
        values = {atom: part.above if side == "above" else part.below for atom, part in self.parts.items()}
        return {
            (person, f"{week.toordinal()}:{_mark(person, week, value, self.key).hex()}"): value
            for (person, week), value in values.items()
        }

    def backing(self) -> Backing:
        """Whose contributions these are, without their values."""
        return frozenset(
            (p, week.toordinal(), _mark(p, week, part.above, self.key), _mark(p, week, part.below, self.key))
            for (p, week), part in self.parts.items()
        )


def _mark(person: int, week: date, value: Decimal, key: bytes) -> bytes:
    return hashlib.blake2b(f"{person}|{week}|{value}".encode(), key=key, digest_size=4).digest()


def side_of(backing: Backing, side: str) -> frozenset[Atom]:
    return frozenset((p, f"{day}:{(above if side == 'above' else below).hex()}") for p, day, above, below in backing)


def packed(backing: Backing) -> bytes:
    return b"".join(PACKED.pack(*row) for row in sorted(backing))


def unpacked(atoms: bytes) -> Backing:
    return frozenset(PACKED.iter_unpack(atoms))


def sides(kpi: str) -> tuple[str, ...]:
    return ("above", "below") if FORMULAS[kpi].divides else ("above",)


@dataclass(frozen=True, slots=True)
class Released:
    """What is stored of a cell."""

    kpi: str
    period: str
    group: str
    start_on: date
    state: str
    value: Decimal | None = None
    above: Decimal | None = None
    below: Decimal | None = None
    people: int | None = None
    is_floor: bool = False
    atoms: bytes = b""


@dataclass
class Before:
    """What readers have already seen: KPI -> place -> whose contributions."""

    shown: dict[str, dict[Place, Backing]] = field(default_factory=lambda: defaultdict(dict))


def drafts_of(
    contributions: Mapping[str, Mapping[tuple[int, date], Part]],
    circles: Mapping[tuple[str, date], frozenset[int]],
    months: Sequence[date],
    *,
    here: Mapping[tuple[str, date], frozenset[int]],
    key: bytes = b"",
) -> dict[str, list[Draft]]:
    """Every group and the total, in every ended week and month. `here`: who takes part."""
    drafts: dict[str, list[Draft]] = {}
    by_group: dict[str, dict[date, frozenset[int]]] = defaultdict(dict)
    for (group, week), circle in circles.items():
        if here.get((group, week)):  # before a generation begins there is nothing to say
            by_group[group][week] = circle
    for kpi in FORMULAS:
        given = contributions.get(kpi, {})
        people_of: dict[date, dict[int, Part]] = defaultdict(dict)
        for (person, week), part in given.items():
            people_of[week][person] = part
        rows: list[Draft] = []
        for group, weeks in by_group.items():
            in_week: dict[date, dict[tuple[int, date], Part]] = {}
            for week, circle in weeks.items():
                counted = circle & here[group, week]
                found = people_of.get(week, {})
                if kpi == "activity_rate":  # everybody who takes part stands below, active or not
                    nothing = Part(Decimal(0), Decimal(1))
                    in_week[week] = {(p, week): found.get(p, nothing) for p in counted}
                else:
                    in_week[week] = {(p, week): found[p] for p in counted & found.keys()}
                rows.append(Draft(kpi, "week", group, week, in_week[week], circle, key))
            for month in months:
                own = [week for week in weeks_of(month) if week in in_week]
                if not own:
                    continue
                parts = {atom: part for week in own for atom, part in in_week[week].items()}
                circle = frozenset[int]().union(*(weeks[week] for week in own))
                rows.append(Draft(kpi, "month", group, month, parts, circle, key))
        drafts[kpi] = rows
    return drafts


def _tables(drafts: Iterable[Draft], kpi: str) -> Iterator[tuple[str, disclosure.Cell]]:
    """The sums disclosure control looks at: the numerator, and the denominator where there is one."""
    for draft in drafts:
        if not draft.parts:
            continue
        for side in sides(kpi):
            yield (
                QUANTITIES.get((kpi, side), f"{kpi}/{side}"),
                disclosure.Cell.from_atoms(
                    draft.group,
                    draft.start_on.isoformat(),
                    draft.atoms(side),
                    cohort=draft.cohort,
                    series=f"{draft.period}|{kpi}|{side}",
                ),
            )


def _known(drafts: Iterable[Draft], kpi: str, before: Before) -> Iterator[tuple[str, disclosure.Cell]]:
    """Cells readers have seen, as disclosure control wants them; the circle of then is not asked again."""
    circles = {draft.place: draft.cohort for draft in drafts}
    nothing = Decimal(0)
    for (period, group, start), backing in before.shown.get(kpi, {}).items():
        for side in sides(kpi):
            yield (
                QUANTITIES.get((kpi, side), f"{kpi}/{side}"),
                disclosure.Cell(
                    group=group,
                    period=start.isoformat(),
                    atoms=side_of(backing, side),
                    value=nothing,
                    volume=nothing,
                    top1=nothing,
                    top2=nothing,
                    cohort=circles.get((period, group, start)),
                    series=f"{period}|{kpi}|{side}",
                ),
            )


Reasons = dict[tuple[str, Place], Reason | None]


def _reasons(
    family: dict[str, list[Draft]], before: Before | None, *, k: int, hold_steps: bool, complementary: bool
) -> Reasons:
    """KPI and place -> why it stays hidden, or None. A rate is hidden when its numerator or denominator is."""
    tables: dict[str, list[disclosure.Cell]] = defaultdict(list)
    known: dict[str, list[disclosure.Cell]] = defaultdict(list)
    for kpi, drafts in family.items():
        for quantity, cell in _tables(drafts, kpi):
            tables[quantity].append(cell)
        for quantity, cell in _known(drafts, kpi, before) if before is not None else ():
            known[quantity].append(cell)
    found: Reasons = {
        (kpi, draft.place): None if draft.parts else Reason.TOO_FEW
        for kpi, drafts in family.items()
        for draft in drafts
    }
    hidden: set[disclosure.Key] = set()
    while True:
        count = len(hidden)
        for quantity, cells in tables.items():
            results = publish(
                cells,
                k=k,
                shown_before=known[quantity],
                also_hide=hidden,
                hold_steps=hold_steps,
                complementary=complementary,
            )
            for each in results:
                if each.shown:
                    continue
                period, kpi, _ = each.series.split("|")
                place = (period, each.group, date.fromisoformat(each.period))
                found[kpi, place] = found[kpi, place] or each.reason
                hidden |= {(f"{period}|{kpi}|{side}", each.group, each.period) for side in sides(kpi)}
        if len(hidden) == count:
            return found


def decide(family: dict[str, list[Draft]], before: Before, *, k: int, complementary: bool = True) -> None:
    """Set `reason` or `kept` on every draft of KPIs that belong together."""
    asked: dict[str, Any] = {"k": k, "hold_steps": True, "complementary": complementary}
    alone = _reasons(family, None, **asked)
    changed = _changed_blocks(family, before, alone)
    settled = alone
    if changed:
        touched = {kpi: [d for d in drafts if d.block in changed] for kpi, drafts in family.items()}
        against = _reasons(touched, before, **asked)
        stuck = {
            draft.block
            for kpi, drafts in touched.items()
            for draft in drafts
            if alone[kpi, draft.place] is None and against[kpi, draft.place] is not None
        }
        if stuck:
            settled = _beside_what_stands(family, before, stuck, asked)
    for kpi, drafts in family.items():
        for draft in drafts:
            if (kpi, draft.place) in settled:
                draft.reason = settled[kpi, draft.place]
            else:
                draft.kept = True


def _changed_blocks(family: dict[str, list[Draft]], before: Before, alone: Reasons) -> set[date]:
    """Months in which a figure that readers have seen would change."""
    return {
        draft.block
        for kpi, drafts in family.items()
        for draft in drafts
        if (seen := before.shown.get(kpi, {}).get(draft.place)) is not None
        and (alone[kpi, draft.place] is not None or seen != draft.backing())
    }


def _beside_what_stands(
    family: dict[str, list[Draft]], before: Before, stuck: set[date], asked: dict[str, Any]
) -> Reasons:
    """In months that cannot be renewed the old figures stand; only periods nobody has seen come to them."""
    stands = {
        (draft.period, draft.start_on)
        for kpi, drafts in family.items()
        for draft in drafts
        if draft.block in stuck and draft.place in before.shown.get(kpi, {})
    }
    fresh = {kpi: [d for d in drafts if (d.period, d.start_on) not in stands] for kpi, drafts in family.items()}
    return _reasons(fresh, before, **asked)


ENOUGH_FOR_FINE = 20  # people: a share of fewer, said to the percent, tells how many they are
FINE, COARSE = Decimal("0.01"), Decimal("0.05")
NEARLY_ALL = Decimal("0.95")  # what is said of a share that is 1
STATES = {
    None: "shown",
    Reason.TOO_FEW: "too_few",
    Reason.DOMINATED: "dominated",
    Reason.CHANGED_BY_FEW: "changed",
    Reason.PROTECTS_OTHER: "protects",
}


def released(draft: Draft, *, k: int) -> Released:
    """The row to store; a hidden cell holds nothing."""
    place = (draft.kpi, draft.period, draft.group, draft.start_on)
    if draft.reason is not None:
        return Released(*place, state=STATES[draft.reason])
    people = draft.per_person
    formula = FORMULAS[draft.kpi]
    value, above, below = group_value(formula, people.values())
    if value is None:
        return Released(*place, state="too_few")
    low, _ = people_band(len(people), k=k)
    is_floor = False
    if draft.kpi == "activity_rate":
        share = share_band(int(above), int(below), k=k)
        if share is None or (share.exact is None and share.low == 0):
            return Released(*place, state="too_few")
        is_floor = share.exact is None  # all but a few: the few would be known by name
        step = FINE if len(people) >= ENOUGH_FOR_FINE else COARSE
        value = Decimal(share.low) / 100 if is_floor else (value / step).quantize(Decimal(1)) * step
    elif formula.is_share and value in (0, 1):
        if not value:
            return Released(*place, state="too_few")
        value, is_floor = NEARLY_ALL, True
    if formula.divides:
        value = value.quantize(formula.places)
    says_parts = not (formula.tells_people or is_floor)
    return Released(
        *place,
        "shown",
        value,
        above if says_parts else None,
        below if says_parts and formula.divides else None,
        low,
        is_floor,
        packed(draft.backing()),
    )


def release(
    drafts: dict[str, list[Draft]], before: Before, *, k: int, complementary: bool = True
) -> tuple[list[Released], set[tuple[str, Place]]]:
    """The cells to store, and those whose stored figure stands."""
    rows: list[Released] = []
    stands: set[tuple[str, Place]] = set()
    for names in FAMILIES:
        family = {kpi: drafts[kpi] for kpi in names}
        decide(family, before, k=k, complementary=complementary)
        for kpi in names:
            for draft in family[kpi]:
                if draft.kept:
                    stands.add((kpi, draft.place))
                else:
                    rows.append(released(draft, k=k))
    return rows, stands


__all__ = ["TOTAL", "Before", "Draft", "Released", "cohorts", "drafts_of", "release", "unpacked"]
