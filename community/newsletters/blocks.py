"""Blocks: what a line `[[contacts]]`, `[[successes]]` or `[[dates]]` becomes. Other rooms fill them and say so in
their `room.py`, so that nothing is imported upwards.

`core.kit.newsletter_blocks` says what they give.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.kit import rooms
from core.kit.newsletter_blocks import BlockRow, NewsletterBlock, Picture, Voice
from programs.membership.models import Membership, Program
from programs.membership.queries import contacts_of, team_of

LINE = re.compile(r"^[ \t]*\[\[\s*([\w-]+)\s*\]\][ \t]*$", re.MULTILINE)
LONGEST_NUMBER = 19
SLOT_OPENS = re.compile(r"\{(?=\{)")
Fill = Callable[[Program, str, date], Iterable[Any]]
COLUMNS, NEXT_COLUMN, COLUMNS_END = "columns", "next-column", "columns-end"
GAP = re.compile(r"\[\[[^\[\]\n:]*:([^\[\]\n]*)\]\]")


@dataclass
class Block:
    """One block of an issue, filled. `fault` says why it cannot be shown."""

    name: str
    rows: list[BlockRow] = field(default_factory=list)  # with whole addresses
    sentences: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)
    fault: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.sentences or self.pictures or self.voices)


@dataclass(frozen=True)
class MenuLine:
    """A line of the writer's menu."""

    name: str
    label: str
    text: str
    icon: str


def signature(program: Program, language: str, on: date) -> list[tuple[str, str]]:
    """Who signs where nobody is chosen: the contact person of the program who reads the answers, if there is one."""
    row = contacts_of(program).filter(user__is_active=True).first()
    return [_signed(row, reads=True)] if row else []


def signers(program: Program) -> list[tuple[int, str]]:
    """Who of the team can sign."""
    return [(row.pk, str(row.user)) for row in team_of(program).filter(user__is_active=True)]


def signature_of(program: Program, language: str, on: date, number: int) -> list[tuple[str, str]]:
    """Nobody who is no longer in the team."""
    row = team_of(program).filter(user__is_active=True, pk=number).first()
    first = contacts_of(program).filter(user__is_active=True).first()
    return [_signed(row, reads=row == first)] if row else []


def _signed(row: Membership, *, reads: bool) -> tuple[str, str]:
    role = capfirst(row.get_role_display())
    words = [_("%(role)s. Reads your reply to this email.") % {"role": role}] if reads else [role]
    return str(row.user), " ".join([*words, *([str(row.contact_for)] if row.contact_for and not reads else [])])


def known() -> list[NewsletterBlock]:
    """Every block that a writer can put in, in the order of their names on the menu."""
    found = (block for room in rooms.every() for block in room.newsletter_blocks)
    return sorted(found, key=lambda block: str(block.label))


def offered(program: Program | None) -> list[MenuLine]:
    """The same for a program: of a block that is one of several, each of them; without a program none."""
    found: list[MenuLine] = []
    for block in known():
        if block.choices is None or block.stands_alone:
            found.append(MenuLine(block.name, str(block.label), str(block.text), block.icon))
        if block.choices is None:
            continue
        for number, name in block.choices(program) if program else ():
            found.append(MenuLine(f"{block.name}-{number}", f"{block.label}: {name}", str(block.text), block.icon))
    return found


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


def columns_in(parts: list[tuple[str, str]]) -> set[int]:
    """The places of lines that begin, part and end two columns. One that has not all of them is a block that is not
    known, which the writer is told of."""
    marks = (COLUMNS, NEXT_COLUMN, COLUMNS_END)
    lines = [(place, name) for place, (kind, name) in enumerate(parts) if kind == "block" and name in marks]
    found: set[int] = set()
    for first in range(len(lines) - 2):
        three = lines[first : first + 3]
        if tuple(name for _place, name in three) == marks:
            found.update(place for place, _name in three)
    return found


def needed_by(texts: Iterable[str]) -> dict[str, str]:
    """Blocks that not every reader may see, and the ability it takes."""
    needs = {block.name: block.needs for block in known() if block.needs}
    used = {name for text in texts for kind, name in split(text) if kind == "block"}
    return {name: need for name, need in needs.items() if name in used}


def fill(name: str, program: Program, language: str, on: date) -> Block:
    """The block as it stands on a day, in a language."""
    ask = _asked(name)
    if ask is None:
        names = " ".join(sorted(f"[[{each.name}]]" for each in offered(program)))
        return Block(
            name, fault=_("There is no block [[%(name)s]]. You can use %(known)s.") % {"name": name, "known": names}
        )
    with override(language):
        found = ask(program, language, on)
    block = Block(name)
    for item in found:
        if isinstance(item, str):
            block.sentences.append(item)
        elif isinstance(item, Picture):
            block.pictures.append(item)
        elif isinstance(item, Voice):
            said, who = (SLOT_OPENS.sub("{ ", each) for each in (item.text, item.who))  # nobody else fills these in
            block.voices.append(Voice(item.key, said, who))
        else:
            block.rows.append(_row(item if isinstance(item, BlockRow) else BlockRow(*item)))
    return block


def _row(row: BlockRow) -> BlockRow:
    """A row as it stands in a mail."""
    path = settings.SITE_URL + row.path if row.path else ""
    ways = tuple((str(words), settings.SITE_URL + way) for words, way in row.ways)
    return BlockRow(str(row.label), str(row.text), path, ways)


def _asked(name: str) -> Fill | None:
    """What fills the block of a name; nothing where there is none."""
    for block in known():
        if block.name == name and (block.choices is None or block.stands_alone):
            return block.fill
        stem, _dash, number = name.rpartition("-")
        one = block.fill_one
        if one and stem == block.name and number.isdecimal() and len(number) <= LONGEST_NUMBER:
            return _choosing(one, int(number[:LONGEST_NUMBER]))
    return None


def _choosing(one: Callable[[Program, str, date, int], Iterable[Any]], number: int) -> Fill:
    return lambda program, language, on: one(program, language, on, number)
