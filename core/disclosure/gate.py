"""The one door for a number of people on its way to a page, a file, a mail, a log or an answer.

A count comes out as a `People`: exact where that tells nothing, else a range. It says "fewer than five" and "all but a
few" the same way at both ends: who knows the group learns from "everybody" as much about each one as from a list.

    gate.people(len(consenting), among=len(members), k=program.group_minimum)

What a reader sees by name anyway (the members of a generation, for its program manager) is counted with `gate.named`.
What people agreed to or refused is counted with `gate.guarded`: it holds against somebody with several accounts.
"""

from __future__ import annotations

from dataclasses import dataclass

from .publication import DEFAULT, FLOOR
from .publication import enough as enough
from .shares import STEP


@dataclass(frozen=True, slots=True)
class People:
    """So many people as may be said: from `low` to `high` (None: or more)."""

    low: int
    high: int | None

    @property
    def is_exact(self) -> bool:
        return self.low == self.high


def named(count: int) -> People:
    """People whom the reader of this page sees one by one, by name: counting them tells nothing new."""
    return People(count, count)


def people(count: int, *, k: int = DEFAULT, among: int | None = None) -> People:
    """How many people did or chose something, of `among` who could have: in steps of five, with at least k people
    in the first step and in the last one. Of a group too small for two such steps only its size is said."""
    k = max(k, FLOOR)
    first = -(-k // STEP) * STEP  # where the second step begins
    if among is not None:
        last = _down(among - k + 1)
        if last < first:
            return People(0, among)
        if count >= last:
            return People(last, among)
    if count < first:
        return People(0, first - 1)
    return People(_down(count), _down(count) + STEP - 1)


def guarded(count: int, *, k: int = DEFAULT, among: int | None = None) -> People:
    """As `people`, with at least `enough(k)` in the first step and in the last one: whoever adds k - 1 accounts of
    their own to "nobody" or takes them off "everybody" still reads a range in which k others stand on either side."""
    return people(count, k=enough(k), among=among)


WHOLE = 100
FEWEST_TO_WATCH = 20


def progress(done: int, total: int) -> int:
    """How far work on people has come, of `WHOLE`: in steps of five per cent, and of fewer than twenty people only
    whether it is done. Finer steps would tell how many they are."""
    if done >= total:
        return WHOLE
    return 0 if total < FEWEST_TO_WATCH else _down(done * WHOLE // total)


def _down(count: int) -> int:
    return count - count % STEP
