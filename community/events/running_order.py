"""The agenda of an event with its times: each line begins with its minutes, and the clock follows from when it begins,
so that a moved start moves every time. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

MINUTES_OF_A_DAY = 24 * 60
LONGEST_LINE = 300
# "10 Welcome", "- 10 min Welcome", "10 Min. Begrüßung"
LINE = re.compile(r"(?:[-*•]\s+)?(\d{1,3})(?:\s*(?:min|minuten|minutes|minute)\b\.?)?:?\s+(\S.*)", re.I)


@dataclass(frozen=True)
class Point:
    words: str
    minutes: int | None  # a line without them has no time of its own
    at: time | None


def points(text: str, begins: time | None) -> list[Point]:
    """The lines with when each starts; without a start they keep their minutes."""
    found, passed = [], 0
    for words, minutes in _lines(text):
        at = _later(begins, passed) if begins is not None and minutes is not None else None
        found.append(Point(words, minutes, at))
        passed += minutes or 0
    return found


def minutes_of(text: str) -> int:
    return sum(minutes or 0 for _words, minutes in _lines(text))


def in_words(text: str, begins: time | None) -> str:
    """For calendars, which show plain lines."""
    return "\n".join(f"{point.at:%H:%M} {point.words}" if point.at else point.words for point in points(text, begins))


def speakers(text: str) -> list[tuple[str, str]]:
    """One a line: the name, and after the first comma what they do."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [(name.strip(), rest.strip()) for name, _comma, rest in (line.partition(",") for line in lines)]


def _lines(text: str) -> Iterator[tuple[str, int | None]]:
    for line in text.splitlines():
        if line := line.strip()[:LONGEST_LINE]:
            found = LINE.fullmatch(line)
            yield (found[2], int(found[1])) if found else (line.removeprefix("- "), None)


def _later(begins: time, minutes: int) -> time:
    hours, rest = divmod((begins.hour * 60 + begins.minute + minutes) % MINUTES_OF_A_DAY, 60)
    return time(hours, rest)
