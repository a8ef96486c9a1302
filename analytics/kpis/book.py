"""The published cells of a program as they are stored, and writing what differs; unchanged rows are not touched."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from analytics.kpis.already_seen import Seen
from analytics.kpis.definitions import definitions
from analytics.kpis.drafts import Place, block_of
from analytics.kpis.formulas import FORMULAS
from analytics.kpis.models import Backing, Cell, CellDecision
from analytics.kpis.publish import Released
from core.disclosure.publication import TOTAL, enough
from programs.membership.models import Program

Key = tuple[str, str, int | None, str, date]  # kpi, series, generation, period, first day
FIELDS = ("state", "value", "numerator", "denominator", "people", "is_floor", "formula_version", "published_at")
PEOPLE = "people"  # the series that the gate decides about
AT_ONCE = 1 << 20  # bytes of marks that wait in memory


def generation_of(group: str) -> int | None:
    return None if group == TOTAL else int(group)


def key_of(row: Released, series: str = "people") -> Key:
    return (row.kpi, series, generation_of(row.group), row.period, row.start_on)


class Book:
    """Cells from some day on, without the marks behind them: these are many, and asked for where they are needed."""

    def __init__(self, program: Program, week: date, month: date, now: datetime) -> None:
        self.program, self.now = program, now
        self.versions = {key: definition.formula_version for key, definition in definitions().items()}
        cells = (
            Cell.objects.filter(program=program)
            .filter(Q(period="week", start_on__gte=week) | Q(period="month", start_on__gte=month))
            .select_related("backing")
            .defer("backing__atoms")
        )
        self.stored = {(c.kpi, c.series, c.generation_id, c.period, c.start_on): c for c in cells}
        self.rows: dict[Key, Released] = {}
        self.written = 0

    def seen(self) -> Seen:
        """What readers have seen of the people's figures."""
        seen = Seen(atoms=self._atoms)
        for (kpi, series, generation, period, start), cell in self.stored.items():
            if series == "people" and (backing := _backing(cell)) is not None:
                place: Place = (period, TOTAL if generation is None else str(generation), start)
                found = seen.digests if cell.state == Cell.State.SHOWN else seen.weighed
                found[kpi][place] = bytes(backing.digest)
                if cell.state == Cell.State.SHOWN and not cell.is_floor:
                    seen.exact[kpi].add(place)
        return seen

    def has_shown(self, key: Key) -> bool:
        """Whether readers have seen this figure of people."""
        is_of_people = key[1] == PEOPLE and key[0] in FORMULAS
        return is_of_people and key in self.stored and self.stored[key].state == Cell.State.SHOWN

    def stays(self, key: Key) -> bool:
        """What readers have seen: one that goes, because somebody takes an own account off or gives it a large figure,
        is forgotten, and comes back with what one other person changed. Not so what was told of fewer people once."""
        return self.has_shown(key) and (self.stored[key].people or 0) >= enough()

    def months_shown(self) -> set[date]:
        """Months of which readers have seen a figure of people."""
        return {block_of(key[3], key[4]) for key in self.stored if self.has_shown(key)}

    def _atoms(self, kpi: str, places: list[Place]) -> dict[Place, bytes]:
        cells = {
            self.stored[kpi, "people", generation_of(group), period, start].pk: (period, group, start)
            for period, group, start in places
        }
        rows = Backing.objects.filter(cell__in=cells).values_list("cell_id", "atoms") if cells else ()
        return {cells[pk]: bytes(atoms) for pk, atoms in rows}

    def keep(self, keys: Iterable[Key]) -> None:
        """Figures that stand as they are; where there is none, there is none."""
        self.rows |= {key: _as_stored(self.stored[key]) for key in keys if key in self.stored}

    def write(self, rows: dict[Key, Released]) -> list[Key]:
        """Store these cells; answer for which of them the contributions behind have to be stored."""
        new: list[Cell] = []
        decided: list[CellDecision] = []
        changed: list[Cell] = []
        bare: list[int] = []
        moved: list[Key] = []
        for key, row in rows.items():
            cell = self.stored.get(key) or Cell(
                program=self.program, kpi=key[0], series=key[1], generation_id=key[2], period=key[3], start_on=key[4]
            )
            if _is_of_before(cell, row, self.versions[key[0]]):
                continue
            values: dict[str, Any] = {
                "state": row.state,
                "value": row.value,
                "numerator": row.above,
                "denominator": row.below,
                "people": row.people,
                "is_floor": row.is_floor,
                "formula_version": self.versions[key[0]],
            }
            backing = _backing(cell) if cell.pk else None
            if row.digest != (bytes(backing.digest) if backing else b""):
                moved += [key] if row.digest else []
                bare += [cell.pk] if not row.digest else []
            if cell.pk is None or any(getattr(cell, name) != value for name, value in values.items()):
                if key[1] == PEOPLE:
                    decided.append(self._decided(key, before=cell.state if cell.pk else "", since=row.state))
                for name, value in values.items():
                    setattr(cell, name, value)
                cell.published_at = self.now
                (new if cell.pk is None else changed).append(cell)
                self.stored[key] = cell
        Cell.objects.bulk_create(new, batch_size=1000)
        Cell.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["pk"], update_fields=FIELDS, batch_size=1000
        )
        CellDecision.objects.bulk_create(decided, batch_size=1000)
        if bare:
            Backing.objects.filter(cell__in=bare).delete()
        self.rows |= rows
        self.written += len(new) + len(changed)
        return moved

    def write_backings(self, found: Iterable[tuple[Key, bytes]]) -> None:
        """Whose contributions stand behind these cells."""
        rows: list[Backing] = []
        size = 0
        for key, atoms in found:
            rows.append(Backing(cell=self.stored[key], atoms=atoms, digest=self.rows[key].digest))
            size += len(atoms)
            if size > AT_ONCE:
                _store(rows)
                rows, size = [], 0
        _store(rows)

    def close(self) -> int:
        """Remove what is no longer said; answer how many cells changed."""
        # A phase's progress is a fact of its day: earlier days keep theirs.
        gone = {key: cell for key, cell in self.stored.items() if key not in self.rows and key[0] != "phase_progress"}
        if gone:
            CellDecision.objects.bulk_create(
                [self._decided(key, before=cell.state, since="") for key, cell in gone.items() if key[1] == PEOPLE],
                batch_size=1000,
            )
            Cell.objects.filter(pk__in=[cell.pk for cell in gone.values()]).delete()
        return self.written + len(gone)

    def _decided(self, key: Key, *, before: str, since: str) -> CellDecision:
        kpi, _series, generation, period, start = key
        place = {"kpi": kpi, "generation_id": generation, "period": period, "start_on": start}
        return CellDecision(program=self.program, **place, before=before, since=since, decided_on=self.now.date())


def _is_of_before(cell: Cell, row: Released, version: int) -> bool:
    """A figure by a formula of before is what it was: a changed formula counts from its first month on."""
    is_shown = cell.state == row.state == Cell.State.SHOWN
    return bool(cell.pk) and is_shown and cell.formula_version < version


def _backing(cell: Cell) -> Backing | None:
    return getattr(cell, "backing", None)


def _store(rows: list[Backing]) -> None:
    Backing.objects.bulk_create(rows, update_conflicts=True, unique_fields=["cell"], update_fields=["atoms", "digest"])


def _as_stored(cell: Cell) -> Released:
    backing = _backing(cell)
    return Released(
        kpi=cell.kpi,
        period=cell.period,
        group=TOTAL if cell.generation_id is None else str(cell.generation_id),
        start_on=cell.start_on,
        state=cell.state,
        value=cell.value,
        above=cell.numerator,
        below=cell.denominator,
        people=cell.people,
        is_floor=cell.is_floor,
        digest=bytes(backing.digest) if backing else b"",
    )
