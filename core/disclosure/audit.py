"""What a reader with paper and pencil can compute from a set of sums.

Every shown cell is an equation over the atoms (one person's figure in one base period).  Atoms that
always occur together are one column.  Exact integer elimination tells which further sums follow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import gcd
from operator import or_

from .crowd import Who
from .publication import Cell

Vector = dict[int, int]
#: More combinations of small columns than this are not tried one by one; the audit then errs on
#: the safe side and takes any sum over small columns for a leak.
MAX_COMBINATIONS = 2_000


@dataclass(slots=True)
class Equation:
    """A sum that follows from shown cells, and the cells (with factors) it follows from."""

    sums: Vector
    parts: Vector


@dataclass(frozen=True, slots=True)
class Block:
    """Cells that share atoms with each other, and with no cell outside."""

    cells: dict[int, frozenset[int]]
    people: dict[int, Who]


def blocks_of(cells: Sequence[Cell]) -> list[Block]:
    """Split a publication into parts that cannot tell anything about each other."""
    people = _columns_of(cells)
    root = list(range(len(cells)))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for owners in people:
        for other in owners[1:]:
            root[find(other)] = find(owners[0])
    columns_of: dict[int, set[int]] = defaultdict(set)
    block_columns: dict[int, dict[int, Who]] = defaultdict(dict)
    # In a fixed order, so that the same cells always come to the same end.
    for column, owners in enumerate(sorted(people)):
        block_columns[find(owners[0])][column] = people[owners]
        for i in owners:
            columns_of[i].add(column)
    members: dict[int, dict[int, frozenset[int]]] = defaultdict(dict)
    for i in range(len(cells)):
        members[find(i)][i] = frozenset(columns_of[i])
    return [Block(cells=m, people=block_columns[r]) for r, m in members.items()]


def _columns_of(cells: Sequence[Cell]) -> dict[tuple[int, ...], Who]:
    """The cells that share atoms -> the people these are of: in each base period people are split by the cells they
    are in, until all of one part are in the same ones."""
    where: dict[Hashable, list[tuple[int, Who]]] = defaultdict(list)
    for i, cell in enumerate(cells):
        for base, who in cell.parts.items():
            where[base].append((i, who))
    found: dict[tuple[int, ...], Who] = {}
    for owners in where.values():
        parts: list[tuple[tuple[int, ...], Who]] = []
        for i, who in owners:
            split: list[tuple[tuple[int, ...], Who]] = []
            rest = who
            for before, part in parts:
                inside = part & rest
                if not inside:
                    split.append((before, part))
                    continue
                rest = rest - inside
                split.append(((*before, i), inside))
                if outside := part - inside:
                    split.append((before, outside))
            if rest:
                split.append(((i,), rest))
            parts = split
        for key, part in parts:
            found[key] = found[key] | part if key in found else part
    return found


def leaks(block: Block, shown: Iterable[int], targets: Iterable[int], *, k: int) -> Iterator[Vector]:
    """Combinations of shown cells that give away a hidden cell or a sum over fewer than k people."""
    # Large columns come first, so what is left over at the end speaks of small ones only.
    order = sorted(block.people, key=lambda c: (len(block.people[c]) < k, c))
    rank = {column: n for n, column in enumerate(order)}
    first_small = sum(len(block.people[c]) >= k for c in order)
    people = {rank[c]: who for c, who in block.people.items()}
    known = eliminated(Equation({rank[c]: 1 for c in block.cells[i]}, {i: 1}) for i in shown)
    for i in targets:
        goal = Equation({rank[c]: 1 for c in block.cells[i]}, {})
        if goal.sums and not reduced(goal, known).sums:
            yield goal.parts
    yield from small_sums([e for lead, e in known.items() if lead >= first_small], people, k=k)


def small_sums(equations: list[Equation], people: Mapping[int, Who], *, k: int) -> Iterator[Vector]:
    """Those sums over small columns alone that concern fewer than k people."""
    for e in equations:
        if len(reduce(or_, (people[c] for c in e.sums))) < k:
            yield e.parts
    if len(equations) < 2:
        return
    columns = sorted({c for e in equations for c in e.sums})
    circles = small_circles({people[c] for c in columns}, k=k)
    if circles is None:
        yield min(equations, key=lambda e: len(e.sums)).parts
        return
    for circle in sorted(circles, key=lambda who: (len(who), sorted(who))):
        # With the columns outside the circle in front, an equation that leads inside stays inside.
        place = {c: n for n, c in enumerate(sorted(columns, key=lambda c: people[c] <= circle))}
        outside = sum(not people[c] <= circle for c in columns)
        again = eliminated(Equation({place[c]: v for c, v in e.sums.items()}, dict(e.parts)) for e in equations)
        for lead, e in again.items():
            if lead >= outside:
                yield e.parts


def small_circles(columns: Collection[Who], *, k: int) -> set[Who] | None:
    """Every circle of fewer than k people made of whole columns; None when there are too many."""
    circles: set[Who] = set()
    frontier = {c for c in columns if len(c) < k}
    while frontier:
        circles |= frontier
        if len(circles) > MAX_COMBINATIONS:
            return None
        frontier = {a | b for a in frontier for b in columns if len(a | b) < k} - circles
    return circles


def eliminated(equations: Iterable[Equation]) -> dict[int, Equation]:
    """Independent equations by their leading column."""
    known: dict[int, Equation] = {}
    for equation in equations:
        reduced(equation, known)
        if equation.sums:
            known[min(equation.sums)] = equation
    return known


def reduced(equation: Equation, known: Mapping[int, Equation]) -> Equation:
    """Take away (in place) everything that is already known."""
    done = -1
    while ahead := [c for c in equation.sums if c > done]:
        lead = min(ahead)
        done = lead
        if (base := known.get(lead)) is not None:
            a, b = equation.sums[lead], base.sums[lead]
            shared = gcd(a, b)
            combine(equation.sums, b // shared, base.sums, -a // shared)
            combine(equation.parts, b // shared, base.parts, -a // shared)
    return equation


def combine(into: Vector, factor: int, other: Vector, times: int) -> None:
    """into = factor * into + times * other, without zeros."""
    if factor != 1:
        for c in into:
            into[c] *= factor
    for c, v in other.items():
        if (new := into.get(c, 0) + times * v) != 0:
            into[c] = new
        else:
            into.pop(c, None)
