"""Sections of a text: what stands under one heading of the second level. They are what is locked and what is reused."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from community.newsletters import blocks
from community.newsletters.models import Issue

NEXT = re.compile(r"^(?=#{1,2} )", re.MULTILINE)
LOCKED = "locked-"

Locked = Mapping[str, Mapping[str, str]]  # by number, then by language


@dataclass(frozen=True)
class Section:
    heading: str
    text: str  # with its heading


def sections_of(text: str) -> list[Section]:
    """In order; what stands before the first heading, or under the title, is none."""
    parts = [part for part in NEXT.split(text) if part.startswith("## ")]
    return [Section(part.splitlines()[0].removeprefix("## ").strip(), part.strip()) for part in parts]


def with_section(text: str, old: str, new: str) -> str:
    """A text in which each section that says exactly `old` says `new`; one that only begins like it stays."""
    return "".join(part.replace(old, new, 1) if part.strip() == old else part for part in NEXT.split(text))


def of_each_language(texts: Mapping[str, str], number: int) -> dict[str, str]:
    """The section with this number, from 0 on, in every language that has as many."""
    found = {language: sections_of(text) for language, text in texts.items()}
    return {language: parts[number].text for language, parts in found.items() if number < len(parts)}


def lock(texts: Mapping[str, str], numbers: Iterable[int], locked: Locked) -> tuple[dict[str, str], Locked]:
    """The texts with a line in the place of each of these sections, and what the lines stand for."""
    kept, changed = dict(locked), dict(texts)
    first = max((int(each) for each in kept), default=0) + 1
    for key, number in reversed([*enumerate(sorted(numbers), first)]):  # from the end: the places before it stay
        kept[str(key)] = of_each_language(texts, number)
        for language, text in kept[str(key)].items():
            parts = NEXT.split(changed[language])
            place = [place for place, part in enumerate(parts) if part.startswith("## ")][number]
            parts[place] = parts[place].replace(text, f"[[{LOCKED}{key}]]", 1)
            changed[language] = "".join(parts)
    return changed, kept


def lines_of(locked: Locked) -> list[str]:
    return [f"[[{LOCKED}{key}]]" for key in locked]


def unlocked(text: str, locked: Locked, language: str) -> str:
    """A text as it is read: each line that stands for a locked section is that section."""

    def shown(line: re.Match[str]) -> str:
        section = locked.get(line[1].removeprefix(LOCKED)) if line[1].startswith(LOCKED) else None
        return section.get(language, "") if section else line[0]

    return blocks.LINE.sub(shown, text)


def is_whole(text: str, locked: Locked, language: str) -> bool:
    """No locked section of this language was removed."""
    there = {name for kind, name in blocks.split(text) if kind == "block"}
    return all(f"{LOCKED}{key}" in there for key, section in locked.items() if language in section)


def bodies_of(issue: Issue) -> list[str]:
    """What an issue says in each language, with its locked sections."""
    return [unlocked(text, issue.locked, language) for language, text in issue.body.texts.items()]
