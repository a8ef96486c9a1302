"""Numbers that are drawn, not counted: two of them say nothing about what was made in between."""

from secrets import randbelow

HIGHEST = 2**53  # what scripts and spreadsheets still tell apart


def drawn() -> int:
    return randbelow(HIGHEST - 1) + 1
