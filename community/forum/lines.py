"""A text in one line, as lists show it."""

import re

from core.kit.markdown import MENTION, plain_text

LIST_MARK = re.compile(r"^[ ]*- ", re.MULTILINE)
SNIPPET = 150


def in_a_line(text: str) -> str:
    """A text without its marks: items of a list are told apart by a dot, rulers are left out. People stay numbers."""
    people = {int(number): f"[{number}]" for number in MENTION.findall(text)}
    plain = LIST_MARK.sub("· ", plain_text(text, people))
    return " ".join(word for word in plain.split() if word.strip("-") or len(word) < 3).removeprefix("· ")


def shortened(line: str) -> str:
    return line if len(line) <= SNIPPET else f"{line[:SNIPPET].rsplit(' ', 1)[0]} …"
