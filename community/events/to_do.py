"""What is to be prepared for an event and done afterwards, as a list one ticks. A line is known by its words in all
languages, so that a changed line is open again and one colleague's tick is the other's, whatever they read."""

from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest

from community.events.models import Event
from core.kit.languages import in_language

PARTS = ("tasks", "after_tasks")


@dataclass(frozen=True)
class ToDo:
    mark: str
    words: str
    is_done: bool


def of(event: Event, part: str) -> list[ToDo]:
    texts: dict[str, str] = getattr(event, part).texts
    lines = {code: _lines(text) for code, text in sorted(texts.items())}
    found = []
    for row in zip_longest(*lines.values(), fillvalue=""):
        mark = sha256("\n".join((part, *row)).encode()).hexdigest()[:12]
        words = in_language({code: words for code, words in zip(lines, row, strict=True) if words})
        found.append(ToDo(mark, words, mark in event.ticked))
    return found


def marks(event: Event) -> set[str]:
    return {row.mark for part in PARTS for row in of(event, part)}


def _lines(text: str) -> list[str]:
    return [line.strip().removeprefix("- ").removeprefix("* ") for line in text.splitlines() if line.strip()]
