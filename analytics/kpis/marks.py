"""Whose contributions stand behind a figure, without their values: what is kept of a cell that was shown.

A contribution is marked by a keyed hash of its value: when the value changes, it is another contribution. A digest
over all of them tells whether a cell has changed at all, so that marks are made only where it has.
"""

import hashlib
import struct
from array import array
from collections.abc import Iterator, Mapping
from datetime import date

from analytics.kpis.columns import Column, Numbers, Roll
from core.disclosure.crowd import Crowd

PACKED = struct.Struct(">QI4s4s")  # person, week, and the marks of numerator and denominator
WIDTH = 4
Mark = tuple[int, int, bytes, bytes]


def mark(person: int, week: date, value: int, key: bytes) -> bytes:
    return hashlib.blake2b(f"{person}|{week}|{value}".encode(), key=key, digest_size=WIDTH).digest()


def digest_of_week(column: Column, places: list[int], roll: Roll, key: bytes) -> bytes:
    """Over the contributions of these people; who has none is not in it."""
    hashed = hashlib.blake2b(key=key, digest_size=16)
    known = [place for place in places if column.above[place] is not None]
    hashed.update(array("q", [roll.ids[place] for place in known]).tobytes())
    for side in (column.above, column.below):
        if side is not None:
            hashed.update(array("q", [side[place] or 0 for place in known]).tobytes())
    return hashed.digest()


def digest_of_month(weeks: dict[date, bytes], key: bytes) -> bytes:
    hashed = hashlib.blake2b(key=key, digest_size=16)
    for week, digest in weeks.items():
        hashed.update(week.toordinal().to_bytes(4) + digest)
    return hashed.digest()


class Marks:
    """The marks of columns, made when they are first asked for."""

    def __init__(self, roll: Roll, key: bytes) -> None:
        self.roll, self.key = roll, key
        self.made: dict[tuple[int, date], list[bytes]] = {}

    def of(self, numbers: Numbers | None, week: date) -> list[bytes]:
        """By place; empty where nothing is known. A plain count has zero below."""
        name = (id(numbers), week)
        if name not in self.made:
            values = [0] * self.roll.size if numbers is None else numbers
            self.made[name] = [
                b"" if value is None else mark(person, week, value, self.key)
                for person, value in zip(self.roll.ids, values, strict=True)
            ]
        return self.made[name]

    def forget(self) -> None:
        """They are as large as the figures themselves."""
        self.made.clear()

    def packed(self, columns: Mapping[date, Column], weeks: Mapping[date, Crowd]) -> bytes:
        """What is stored of a cell over these weeks."""
        rows: list[Mark] = []
        for week, crowd in weeks.items():
            above, below = self.of(columns[week].above, week), self.of(columns[week].below, week)
            ids, ordinal = self.roll.ids, week.toordinal()
            rows += [(ids[place], ordinal, above[place], below[place]) for place in crowd]
        if len(weeks) > 1:
            rows.sort()
        return b"".join([PACKED.pack(*row) for row in rows])


def unpacked(atoms: bytes) -> Iterator[Mark]:
    return PACKED.iter_unpack(atoms)
