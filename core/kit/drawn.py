"""Numbers that are not counted: two of one's own say nothing about how much others made in between."""

from secrets import randbelow
from threading import Lock
from time import time_ns

from django.db.models import Model
from django.utils.crypto import salted_hmac

HIGHEST = 2**53  # what scripts and spreadsheets still tell apart
BEGIN = 1_577_836_800_000_000  # 2020, in microseconds: what is given until 2300 stays below HIGHEST

_one_at_a_time = Lock()
_last = 0


def drawn() -> int:
    """For what somebody makes for themselves: it tells nothing at all."""
    return randbelow(HIGHEST - 1) + 1


def in_turn() -> int:
    """For rows whose order matters and of whom everybody who sees the number reads who made them and when: it follows
    the clock, in microseconds. Two processes in the same one are not expected; the key would refuse the second."""
    global _last
    with _one_at_a_time:
        _last = max(_last + 1, time_ns() // 1000 - BEGIN)
        return _last


def is_stored(row: Model) -> bool:
    """Whether a row is in the database: its number says nothing of that, it has one before."""
    return not row._state.adding


def mark(of: str, number: int | None) -> str | None:
    """In place of a counted number of rows we cannot number ourselves: the same row has the same mark wherever it is
    named, and two marks tell nothing."""
    return (
        None if number is None else salted_hmac("core.kit.drawn", f"{of}.{number}", algorithm="sha256").hexdigest()[:24]
    )
