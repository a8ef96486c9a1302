"""Blocks: what a line `[[contacts]]`, `[[successes]]` or `[[dates]]` becomes. Other rooms fill them and say so in
their `room.py`, so that nothing is imported upwards.

A function answers to `fn(program, language, on)` with rows `(label, text)`, or with sentences (successes).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from core.kit import rooms
from programs.membership.models import Program

LINE = re.compile(r"^[ \t]*\[\[\s*([\w-]+)\s*\]\][ \t]*$", re.MULTILINE)
GAP = re.compile(r"\[\[[^\[\]\n:]*:([^\[\]\n]*)\]\]")


@dataclass
class Block:
    """One block of an issue, filled. `fault` says why it cannot be shown."""

    name: str
    rows: list[tuple[str, str]] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    fault: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.sentences)


def _blocks() -> dict[str, Callable[..., Iterable[Any]]]:
    return {name: function for room in rooms.every() for name, function in room.newsletter_blocks.items()}


def gaps_in(text: str) -> list[str]:
    """What the writer still has to write: `[[to write: two or three sentences]]`, anywhere in a text."""
    return [gap.strip() for gap in GAP.findall(text)]


def without_gaps(text: str) -> str:
    return GAP.sub("", text)


def split(text: str) -> list[tuple[str, str]]:
    """The text in order: ("text", Markdown) and ("block", name)."""
    parts = LINE.split(text)
    ordered = [("block" if index % 2 else "text", part) for index, part in enumerate(parts)]
    return [(kind, part) for kind, part in ordered if part.strip()]


def fill(name: str, program: Program, language: str, on: date) -> Block:
    """The block as it stands on a day, in a language."""
    function = _blocks().get(name)
    if function is None:
        known = " ".join(f"[[{each}]]" for each in sorted(_blocks()))
        return Block(
            name, fault=_("There is no block [[%(name)s]]. You can use %(known)s.") % {"name": name, "known": known}
        )
    with override(language):
        found = function(program, language, on)
    block = Block(name)
    for item in found:
        if isinstance(item, str):
            block.sentences.append(item)
        else:
            block.rows.append((str(item[0]), str(item[1])))
    return block
