"""Reading a list of people without a heading: addresses pasted in any shape. Pure: no Django here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from programs.generations.roster_entries import Entry, addresses_in, one_line, straight

PIECES = re.compile(r'(?P<quoted>"[^"]*")|(?P<separator>[,;\t|])|(?P<text>[^,;\t|"]+|")')
#: What mail programs write before a line of recipients.
FIELD = re.compile(r"^\s*(?:to|cc|bcc|an|kopie|from|von|teilnehmer|attendees|required|optional)\s*:\s*", re.IGNORECASE)
#: `Name <address>`, `Name [address]`, `Name (address)`: what stands before the bracket is the name, commas included.
BRACKETED = re.compile(r"[<\[(]\s?([^<>\[\]()\s]{1,320}@[^<>\[\]()\s]{1,320})\s?[>\])]")


def people_in(number: int, line: str) -> Iterator[Entry]:
    """The people of one line: names with an address in brackets, addresses with any separator, a name beside one."""
    line = FIELD.sub("", one_line(line if "<" in line else line.replace("\t", ";")))
    found = list(BRACKETED.finditer(line))
    if found:
        yield from _bracketed(number, line, found)
    else:
        yield from _plain(number, line)


def _bracketed(number: int, line: str, found: list[re.Match[str]]) -> Iterator[Entry]:
    place, quote = 0, '"'
    for match in found:
        between, place = line[place : match.start()], match.end()
        *others, name = _outside_quotes(between)
        for other in others:
            yield from _plain(number, other)
        addresses = addresses_in(name)
        if addresses and not name.count(quote):  # Outlook repeats the address where it knows no name
            same = [address.casefold() for address in addresses] == [addresses_in(match[1])[0].casefold()]
            if not same:
                yield from (Entry(number, address) for address in addresses)
            name = "" if same else re.sub(r"\S+@\S+", "", name)
        yield Entry(number, addresses_in(match[1])[0], straight(name))
    rest = line[place:].strip(" ,;")
    if rest:
        yield from _plain(number, rest)


def _outside_quotes(text: str) -> list[str]:
    """Parts between semicolons; one within quotation marks separates nothing."""
    parts = [""]
    for piece in PIECES.finditer(text):
        if piece.lastgroup == "separator" and piece[0] in ";|\t":
            parts.append("")
        else:
            parts[-1] += piece[0]
    return [part for part in parts[:-1] if part.strip()] + parts[-1:]


def _plain(number: int, line: str) -> Iterator[Entry]:
    entries: list[Entry] = []
    names: list[str] = []
    for segment in _segments(line):
        words = segment.split()
        entries += [Entry(number, address) for word in words if "@" in word for address in _address(word)]
        name = " ".join(word for word in words if "@" not in word).strip("\"'()<>[] ")
        if name:
            names.append(name)
    if len(entries) == 1:
        yield Entry(number, entries[0].email, " ".join(names))
    elif not entries:
        yield from [Entry(number, " ".join(names))] if names else []
    else:
        yield from entries
        yield from (Entry(number, name) for name in names)


def _address(word: str) -> list[str]:
    return addresses_in(word) or [word.strip("\"'()<>[]")]


def _segments(line: str) -> list[str]:
    """The parts between separators; a separator within quotation marks is none."""
    parts = [""]
    for piece in PIECES.finditer(line):
        if piece.lastgroup == "separator":
            parts.append("")
        else:
            parts[-1] += piece[0]
    return parts
