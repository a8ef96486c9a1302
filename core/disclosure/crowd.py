"""People as the bits of one whole number: person number n of a list is bit n.

Comparing two circles of eight thousand people takes a microsecond, and a circle a kilobyte. Plain frozensets do as
well; the cells of one publication use one or the other.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Any, Protocol


class Who(Hashable, Protocol):
    """What the rules need of a set of people: a frozenset of numbers, or a `Crowd`."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[int]: ...
    def __and__(self, other: Any, /) -> Any: ...
    def __or__(self, other: Any, /) -> Any: ...
    def __sub__(self, other: Any, /) -> Any: ...
    def __xor__(self, other: Any, /) -> Any: ...
    def __le__(self, other: Any, /) -> bool: ...


class Crowd:
    """A set of people that cannot be changed."""

    __slots__ = ("bits",)

    def __init__(self, bits: int = 0) -> None:
        self.bits = bits

    @classmethod
    def of(cls, places: Iterable[int]) -> Crowd:
        """The people with these numbers."""
        flags = bytearray()
        for place in places:
            if len(flags) <= place >> 3:
                flags.extend(bytes((place >> 3) + 1 - len(flags)))
            flags[place >> 3] |= 1 << (place & 7)
        return cls(int.from_bytes(flags, "little"))

    @classmethod
    def where(cls, flags: Iterable[object]) -> Crowd:
        """The people whose flag is true; one flag each, in order."""
        digits = "".join(["1" if flag else "0" for flag in flags])
        return cls(int(digits[::-1], 2) if digits else 0)

    @property
    def packed(self) -> bytes:
        return self.bits.to_bytes((self.bits.bit_length() + 7) // 8, "little")

    def __len__(self) -> int:
        return self.bits.bit_count()

    def __bool__(self) -> bool:
        return self.bits != 0

    def __iter__(self) -> Iterator[int]:
        """Their numbers, smallest first."""
        return iter([place for place, digit in enumerate(reversed(f"{self.bits:b}")) if digit == "1"])

    def __contains__(self, place: int) -> bool:
        return bool(self.bits >> place & 1)

    def __and__(self, other: Crowd) -> Crowd:
        return Crowd(self.bits & other.bits)

    def __or__(self, other: Crowd) -> Crowd:
        return Crowd(self.bits | other.bits)

    def __xor__(self, other: Crowd) -> Crowd:
        return Crowd(self.bits ^ other.bits)

    def __sub__(self, other: Crowd) -> Crowd:
        return Crowd(self.bits & ~other.bits)

    def __le__(self, other: Crowd) -> bool:
        return not self.bits & ~other.bits

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Crowd) and self.bits == other.bits

    def __hash__(self) -> int:
        return hash(self.bits)

    def __repr__(self) -> str:
        return f"Crowd.of({list(self)})"
