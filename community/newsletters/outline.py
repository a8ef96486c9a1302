"""The parts of a letter in their order: what can be moved, in all its languages at once.

A part is a heading with its text, or with the block right below it; or a block alone; or the text between. Two columns
are never taken apart. A text that is split and joined says the same, with one empty line between its parts. Where parts
meet that belong together, such as a heading and a text, they are one from then on; so a move is undone by its lines.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from community.newsletters import blocks, sections
from community.newsletters.models import Issue
from core.kit import languages, markdown

HEADING, FENCE = re.compile(r"#{1,2}\s+(\S.*)"), re.compile(r"\s*(```|~~~)")
LONGEST_LABEL = 48  # characters


@dataclass(frozen=True)
class Piece:
    text: str
    heading: str = ""
    block: str = ""  # the name of the first block in it

    @property
    def first_words(self) -> str:
        return " ".join(markdown.plain_text(blocks.without_gaps(self.text)).split())[:LONGEST_LABEL]


def pieces_of(text: str) -> list[Piece]:
    """In order. What is inside of code is text, whatever it looks like."""
    found: list[list[str]] = [[]]
    is_code = in_columns = is_full = False
    for line in text.splitlines():
        name = match[1] if (match := blocks.LINE.fullmatch(line)) and not is_code else ""
        is_heading = not is_code and HEADING.match(line) is not None
        before = [each for each in found[-1] if each.strip()]
        is_bare = len(before) == 1 and HEADING.match(before[0]) is not None
        opens = is_heading or is_full or name == blocks.COLUMNS or name.startswith(sections.LOCKED)
        if line.strip() and not in_columns and (opens or (name and not is_bare)) and before:
            found.append([])
        found[-1].append(line)
        if line.strip():
            is_full = bool(name) and name != blocks.COLUMNS if not in_columns else name == blocks.COLUMNS_END
        is_code ^= FENCE.match(line) is not None
        in_columns = name == blocks.COLUMNS or (in_columns and name != blocks.COLUMNS_END)
    texts = ["\n".join(lines).strip("\n") for lines in found]
    return [_piece(each) for each in texts if each.strip()]


def _piece(text: str) -> Piece:
    heading = HEADING.match(text)
    block = next((name for kind, name in blocks.split(text) if kind == "block"), "")
    return Piece(text, heading[1].strip() if heading else "", block)


def shape(pieces: list[Piece]) -> list[tuple[bool, str]]:
    """What has to be the same in two languages for their parts to belong to each other."""
    return [(bool(piece.heading), piece.block) for piece in pieces]


def mark(pieces: list[Piece]) -> str:
    """Of an order: a page knows by it what it showed. What is typed inside of a part leaves it as it is."""
    return sha256(repr([(piece.heading, piece.block) for piece in pieces]).encode()).hexdigest()[:12]


Parts = dict[str, list[str]]  # by language


def parts_of(texts: Mapping[str, str], language: str) -> Parts:
    """Of this language, and of each that has the same parts."""
    pieces = {code: pieces_of(text) for code, text in texts.items()}
    alike = shape(pieces[language])
    return {code: [piece.text for piece in own] for code, own in pieces.items() if shape(own) == alike}


def moved(parts: Parts, start: int, to: int) -> Parts:
    return {code: _elsewhere(own, start, to) for code, own in parts.items()}


def _elsewhere(own: list[str], start: int, to: int) -> list[str]:
    rest = own[:start] + own[start + 1 :]
    return [*rest[:to], own[start], *rest[to:]]


def joined(parts: Parts) -> dict[str, str]:
    return {code: "\n\n".join(own) for code, own in parts.items()}


def way_back(parts: Parts, start: int, to: int) -> str:
    """What undoes a move: from where to where, the mark of the texts, and how many lines each part has."""
    sizes = ";".join(f"{code}={'.'.join(str(len(part.splitlines())) for part in own)}" for code, own in parts.items())
    return f"{to}:{start}:{_mark_of(joined(parts))}:{sizes}"


def parts_by(texts: Mapping[str, str], sizes: str, seen: str) -> Parts:
    """As `way_back` told them; nothing where the texts are others by now."""
    wanted = dict(each.split("=") for each in sizes.split(";"))
    if _mark_of({code: texts.get(code, "") for code in wanted}) != seen:
        return {}
    found: Parts = {}
    for code, counts in wanted.items():
        lines, found[code] = texts[code].splitlines(), []
        for count in map(int, counts.split(".")):
            found[code].append("\n".join(lines[:count]))
            lines = lines[count + 1 :]
    return found


def _mark_of(texts: Mapping[str, str]) -> str:
    return sha256(repr(sorted(texts.items())).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class PartLine:
    """A part as a line of the list."""

    label: str
    icon: str
    up: str  # what its buttons ask for; nothing where it is the first or the last
    down: str


@dataclass(frozen=True)
class Outline:
    language: str
    mark: str
    rows: list[PartLine]
    apart: list[str]  # the names of languages that have other parts

    @classmethod
    def of(cls, issue: Issue, wanted: str) -> "Outline":
        """In a language, or the one that is written most like it."""
        texts = issue.body.texts
        language = wanted if wanted in texts else next(iter(texts), wanted)
        pieces = pieces_of(texts.get(language, ""))
        known = {block.name: block for block in blocks.offered(issue.program)}
        here, last = mark(pieces), len(pieces) - 1
        rows = []
        for at, piece in enumerate(pieces):
            block, label, icon = known.get(piece.block), piece.heading, "align-left"
            if block:
                label, icon = label or block.label, block.icon
            elif piece.block.startswith(sections.LOCKED):
                section = issue.locked.get(piece.block.removeprefix(sections.LOCKED), {}).get(language, "")
                label, icon = label or _piece(section).heading or piece.block, "lock"
            elif piece.heading:
                icon = "h-2"
            up = f"{language}:{at}:{at - 1}:{here}" if at else ""
            down = f"{language}:{at}:{at + 1}:{here}" if at < last else ""
            rows.append(PartLine(label or piece.first_words or piece.block, icon, up, down))
        alike = shape(pieces)
        apart = [languages.name_of(code) for code, text in texts.items() if shape(pieces_of(text)) != alike]
        return cls(language, here, rows, apart)

    @property
    def language_name(self) -> str:
        return languages.name_of(self.language)
