"""A reader with everything that was published and a lot of patience.

Written apart from the product's audit on purpose: one column per atom, plain fractions, and every
small circle of people is tried one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations

from core.disclosure.publication import Atom, Cell

Matrix = list[list[Fraction]]


def rank(rows: Iterable[Sequence[int | Fraction]]) -> int:
    matrix: Matrix = [[Fraction(v) for v in row] for row in rows]
    found = 0
    for column in range(len(matrix[0]) if matrix else 0):
        pivot = next((r for r in range(found, len(matrix)) if matrix[r][column]), None)
        if pivot is None:
            continue
        matrix[found], matrix[pivot] = matrix[pivot], matrix[found]
        top = matrix[found]
        for r in range(found + 1, len(matrix)):
            if matrix[r][column]:
                factor = matrix[r][column] / top[column]
                matrix[r] = [a - factor * b for a, b in zip(matrix[r], top, strict=True)]
        found += 1
    return found


def atoms_of(cell: Cell) -> set[Atom]:
    return {(person, str(base)) for base, people in cell.parts.items() for person in people}


def exposed_circles(shown: Sequence[Cell], *, k: int) -> list[tuple[int, ...]]:
    """Circles of fewer than k people about whom a sum (or any weighing of figures) follows."""
    sums = [atoms_of(cell) for cell in shown]
    atoms = sorted(set().union(*sums))
    people = sorted({p for p, _ in atoms})
    rows = [[int(a in each) for a in atoms] for each in sums]
    everything = rank(rows)
    exposed = []
    for circle in combinations(people, min(k - 1, len(people))):
        # Something follows about the circle alone exactly if leaving its columns out costs rank.
        others = [[v for a, v in zip(atoms, row, strict=True) if a[0] not in circle] for row in rows]
        if rank(others) < everything:
            exposed.append(circle)
    return exposed


def recovered_cells(shown: Sequence[Cell], hidden: Sequence[Cell]) -> list[Cell]:
    """Hidden cells whose value follows from the shown ones."""
    sums = [atoms_of(cell) for cell in shown]
    secrets = [(cell, atoms_of(cell)) for cell in hidden]
    atoms = sorted(set().union(*sums, *(secret for _, secret in secrets)))
    rows = [[int(a in each) for a in atoms] for each in sums]
    base = rank(rows)
    return [cell for cell, secret in secrets if secret and rank([*rows, [int(a in secret) for a in atoms]]) == base]
