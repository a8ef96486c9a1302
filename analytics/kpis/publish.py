"""From contributions to released cells: group, total, week and month, through disclosure control.

Plain arithmetic without a database. What was shown before counts as known for ever: new figures for a
month replace the old ones only as a whole, and only when nobody could work out one person's part.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from analytics.kpis.already_seen import Parts, Seen, Sources, quantity_of, sides
from analytics.kpis.drafts import Draft, Place, block_of
from analytics.kpis.formulas import FORMULAS, value_of
from analytics.kpis.weeks import weeks_of
from core.disclosure import publication as disclosure
from core.disclosure.publication import TOTAL, Reason
from core.disclosure.publish import Publication
from core.disclosure.shares import at_least_without, besides_nearly_all, people_band, share_band

NOTHING = Decimal(0)
ACTIVITY = "activity_rate"
Family = dict[str, list[Draft]]  # KPIs that share numbers are decided together
Reasons = dict[tuple[str, Place], Reason | None]
Known = dict[str, list[tuple[Place, str, Parts]]]  # KPI -> what its cells added up, side by side


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
    digest: bytes = b""


class Decision:
    """Which cells of a family are shown."""

    def __init__(
        self,
        family: Family,
        seen: Seen,
        sources: Sources,
        *,
        k: int,
        by_month: Mapping[date, int] = MappingProxyType({}),
        complementary: bool = True,
    ) -> None:
        self.family, self.seen, self.sources = family, seen, sources
        self.k, self.by_month, self.complementary = k, by_month, complementary
        self.drafts = {(kpi, draft.place): draft for kpi, drafts in family.items() for draft in drafts}
        self.weighed: set[tuple[str, Place]] = set()

    def take(self) -> None:
        """Set `reason` or `kept` on every draft."""
        self._let_wait()
        settled = alone = self._reasons(self.family, None)
        if changed := self._changed_blocks(alone):
            touched = {kpi: [d for d in drafts if d.block in changed] for kpi, drafts in self.family.items()}
            against = self._reasons(touched, self._known(changed, only=True))
            stuck = {
                self.drafts[name].block
                for name, reason in against.items()
                if alone[name] is None and reason is not None
            }
            if stuck:
                settled = self._beside_what_stands(stuck, changed)
        for name, draft in self.drafts.items():
            # While it is the same it is not forgotten either, hidden for another reason meanwhile.
            draft.is_weighed = name in self.weighed or self.seen.weighed[name[0]].get(draft.place) == draft.digest
            if name in settled:
                draft.reason = settled[name]
            else:
                draft.kept = True
        for kpi, drafts in self.family.items():
            if FORMULAS[kpi].is_part:
                self._look_at_rests(kpi, drafts)

    def _let_wait(self) -> None:
        """What was hidden because one person makes up most of it stays hidden until enough others have changed. Whoever
        gives four accounts larger and larger figures would else see at which the sum appears: that is where the one
        person's lies, and the sum is told with it."""
        for kpi, weighed in self.seen.weighed.items():
            drafts = [self.drafts.get((kpi, place)) for place in weighed]
            moved = [draft for draft in drafts if draft and draft.digest != weighed[draft.place]]
            atoms = self.seen.atoms(kpi, [draft.place for draft in moved]) if moved else {}
            for draft in moved:
                enough = disclosure.enough(self.by_month.get(draft.block, self.k))
                draft.waits = draft.people < enough or self.sources.changed(draft, atoms[draft.place]) < enough

    def _look_at_rests(self, kpi: str, drafts: list[Draft]) -> None:
        """A part tells what is missing as well: of 17 labelled posts of 18 one is not. So what is missing passes the
        gate, beside what readers know already; where it must not be known, nor be worked out from other groups and
        weeks, the figure does not say it."""
        exact, digests = self.seen.exact[kpi], self.seen.digests[kpi]
        same = {d.place for d in drafts if d.kept or (d.place in exact and d.digest == digests[d.place])}
        some = [draft for draft in drafts if draft.weeks and draft.place not in same]
        cells = [self._cell(draft, "rest") for draft in some]
        rests = Publication(
            cells,
            k=self.k,
            shown_before=self._rests_seen(kpi),
            hold_steps=False,
            complementary=self.complementary,
        )
        if kpi == ACTIVITY:  # people on both sides: few on either are told of nobody
            rests.primary = {
                cell.key: Reason.TOO_FEW
                for cell, draft in zip(cells, some, strict=True)
                if not share_is_exact(draft, k=self.by_month.get(draft.block, self.k))
            }
        hidden = {cell.key for cell, draft in zip(cells, some, strict=True) if draft.reason}
        for draft, each in zip(some, rests.decide(hidden, are_secret=False), strict=True):
            draft.is_coarse = not each.shown

    def _rests_seen(self, kpi: str) -> list[disclosure.Cell]:
        """What readers know to be missing: of every figure that they have seen exactly, as it was then."""
        places = sorted(self.seen.exact[kpi])
        same = {
            place
            for place in places
            if (draft := self.drafts.get((kpi, place))) and draft.digest == self.seen.digests[kpi][place]
        }
        atoms = self.seen.atoms(kpi, [place for place in places if place not in same])
        found = []
        for place in places:
            period, group, start = place
            if place in same:
                parts = self.sources.parts(self.drafts[kpi, place], "below")
            else:
                parts = self.sources.parts_seen(kpi, atoms.pop(place))["below"]
            cell = disclosure.Cell(group, start.isoformat(), parts, NOTHING, NOTHING, (), None, f"{period}|{kpi}|rest")
            found.append(cell)
        return found

    def _changed_blocks(self, alone: Reasons) -> set[date]:
        """Months in which a figure that readers have seen would change."""
        return {
            draft.block
            for (kpi, place), draft in self.drafts.items()
            if (digest := self.seen.digests[kpi].get(place)) is not None
            and (alone[kpi, place] is not None or digest != draft.digest)
        }

    def _beside_what_stands(self, stuck: set[date], changed: set[date]) -> Reasons:
        """In months that cannot be renewed the old figures stand; only periods nobody has seen come to them."""
        stands = {
            (draft.period, draft.start_on)
            for (kpi, place), draft in self.drafts.items()
            if draft.block in stuck and place in self.seen.digests[kpi]
        }
        fresh = {
            kpi: [d for d in drafts if (d.period, d.start_on) not in stands] for kpi, drafts in self.family.items()
        }
        return self._reasons(fresh, self._known(changed, only=False))

    def _known(self, changed: set[date], *, only: bool) -> Known:
        """Cells that readers have seen, in the changed months or in all: as they were then. In the other months they
        are what they were, so that nothing has to be looked up."""
        found: Known = {}
        for kpi in self.family:
            found[kpi] = []
            places = [
                place for place in sorted(self.seen.digests[kpi]) if not only or block_of(place[0], place[2]) in changed
            ]
            same = {
                place for place in places if block_of(place[0], place[2]) not in changed and (kpi, place) in self.drafts
            }
            atoms = self.seen.atoms(kpi, [place for place in places if place not in same])
            for place in places:
                if place in same:
                    draft = self.drafts[kpi, place]
                    found[kpi] += [(place, side, self.sources.parts(draft, side)) for side in sides(kpi)]
                else:
                    parts = self.sources.parts_seen(kpi, atoms.pop(place))
                    found[kpi] += [(place, side, parts[side]) for side in sides(kpi)]
        return found

    def _reasons(self, family: Family, known: Known | None) -> Reasons:
        """KPI and place -> why it stays hidden, or None. A rate is hidden when its numerator or denominator is."""
        tables: dict[str, list[disclosure.Cell]] = defaultdict(list)
        seen: dict[str, list[disclosure.Cell]] = defaultdict(list)
        found: Reasons = {}
        for kpi, drafts in family.items():
            circles = {draft.place: draft.cohort for draft in drafts}
            found |= {(kpi, draft.place): None if draft.weeks else Reason.TOO_FEW for draft in drafts}
            for side in sides(kpi):
                tables[quantity_of((kpi, side))] += [self._cell(draft, side) for draft in drafts if draft.weeks]
            for (period, group, start), side, parts in known[kpi] if known else ():
                series, circle = f"{period}|{kpi}|{side}", circles.get((period, group, start))
                seen[quantity_of((kpi, side))].append(
                    disclosure.Cell(group, start.isoformat(), parts, NOTHING, NOTHING, (), circle, series)
                )
        publications = [
            Publication(cells, k=self.k, shown_before=seen[quantity], complementary=self.complementary)
            for quantity, cells in tables.items()
        ]
        for publication in publications:
            for cell in publication.cells:
                period, kpi, _ = cell.series.split("|")
                name = (kpi, (period, cell.group, date.fromisoformat(cell.period)))
                # Of who was active few on either side are hidden, however much anybody does.
                if publication.primary.get(cell.key) == Reason.DOMINATED and kpi != ACTIVITY:
                    self.weighed.add(name)
                if self.drafts[name].waits:
                    publication.primary.setdefault(cell.key, Reason.DOMINATED)
        hidden: set[disclosure.Key] = set()
        while True:
            count = len(hidden)
            for publication in publications:
                for each in publication.decide(hidden, are_secret=False):
                    if each.shown:
                        continue
                    period, kpi, _ = each.series.split("|")
                    place = (period, each.group, date.fromisoformat(each.period))
                    found[kpi, place] = found[kpi, place] or each.reason
                    hidden |= {(f"{period}|{kpi}|{side}", each.group, each.period) for side in sides(kpi)}
            if len(hidden) == count:
                return found

    def _cell(self, draft: Draft, side: str) -> disclosure.Cell:
        """A sum as disclosure control looks at it."""
        numbers = {"above": draft.above, "below": draft.below, "rest": draft.rest}[side]
        return disclosure.Cell(
            draft.group,
            draft.start_on.isoformat(),
            self.sources.parts(draft, "below" if side == "rest" else side),
            Decimal(numbers.value),
            Decimal(numbers.volume),
            tuple(map(Decimal, numbers.tops)),
            draft.cohort,
            f"{draft.period}|{draft.kpi}|{side}",
            self.by_month.get(draft.block),
        )


TEN_HOURS = Decimal(600)  # minutes
ENOUGH_FOR_FINE = 20  # people: a share of fewer, said to the percent, tells how many they are
FINE, COARSE = Decimal("0.01"), Decimal("0.05")
STATES = {
    None: "shown",
    Reason.TOO_FEW: "too_few",
    Reason.DOMINATED: "too_few",  # as a reason of its own it would tell that somebody's figure made them k
    Reason.CHANGED_BY_FEW: "changed",
    Reason.PROTECTS_OTHER: "protects",
}


def released(draft: Draft, *, k: int) -> Released:
    """The row to store; a hidden cell holds nothing, and of one that was weighed whose figures these were."""
    row = _released(draft, k=k)
    rest_is_weighed = draft.is_coarse and draft.reason is None and draft.kpi != ACTIVITY
    is_weighed = row.state != "shown" and (draft.is_weighed or rest_is_weighed)
    return replace(row, digest=draft.digest) if is_weighed else row


def _released(draft: Draft, *, k: int) -> Released:
    place = (draft.kpi, draft.period, draft.group, draft.start_on)
    if draft.reason is not None:
        return Released(*place, state=STATES[draft.reason])
    formula = FORMULAS[draft.kpi]
    above, below = draft.above.total, draft.below.total
    value = value_of(formula, above, below)
    if value is None:
        return Released(*place, state="too_few")
    low, _ = people_band(draft.people, k=k, among=len(draft.cohort))
    is_floor = False
    if draft.kpi == ACTIVITY:
        share = share_band(above, below, k=k)
        if share is None or (share.exact is None and share.low == 0) or (share.exact is not None and draft.is_coarse):
            return Released(*place, state="too_few")
        is_floor = share.exact is None  # all but a few: the few would be known by name
        step = FINE if draft.people >= ENOUGH_FOR_FINE else COARSE
        value = Decimal(share.low) / 100 if is_floor else (value / step).quantize(Decimal(1)) * step
    elif draft.is_coarse or (formula.is_share and value in (0, 1)):
        # Whatever is said here must not depend on how much is missing: four accounts move that at will.
        least = disclosure.enough(k)
        most = sum(draft.below.tops[:least])
        floor = Decimal(at_least_without(most, below, among=len(draft.cohort), k=k)) / 100
        if not formula.is_share or draft.rest.people >= least or floor <= 0:
            return Released(*place, state="too_few")
        value, is_floor = floor, True
    if formula.divides:
        value = value.quantize(formula.places)
    elif formula.is_stock:
        # A step that only all of them make as fine would tell of each one that a number of theirs is known.
        value, is_floor = about(value, besides_nearly_all(draft.people, len(draft.cohort), k=k), k=k), True
        if not value:
            return Released(*place, state="too_few")
    says_parts = not (formula.tells_people or is_floor)
    told = Decimal(above) if says_parts else minutes_told(draft, value, k=k)
    return Released(
        *place,
        "shown",
        value,
        told,
        Decimal(below) if says_parts and formula.says_below else None,
        low,
        is_floor,
        draft.digest,
    )


def share_is_exact(draft: Draft, *, k: int) -> bool:
    """Of a share of people: enough of them stand on either side."""
    share = share_band(draft.above.total, draft.below.total, k=k)
    return share is not None and share.exact is not None


def about(value: Decimal, people: int, *, k: int) -> Decimal:
    """A stock, rounded down to steps in which k people of middle size disappear. Somebody's followers are nearly the
    same number each month: of two exact sums the second, for which one person's figure is missing, would tell it."""
    step = Decimal(1)
    while step * people < value * k:
        step *= Decimal("2.5") if step.normalize().as_tuple().digits == (2,) else 2
    return value // step * step


def minutes_told(draft: Draft, average: Decimal, *, k: int) -> Decimal | None:
    """Everybody's minutes of a month, rounded down to steps in which the time of 2k people disappears: divided by the
    average, they tell no more finely how many people there are than their number, which is said in steps as well."""
    if draft.kpi != "time_budget" or (draft.period, draft.group) != ("month", TOTAL) or average <= 0:
        return None
    step = (2 * k * len(weeks_of(draft.start_on)) * average // TEN_HOURS + 1) * TEN_HOURS
    return draft.above.total // step * step or None
