"""What changed between two texts, word by word."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Difference = tuple[str, int, int, int, int]

MOST_PAIRS = 100_000  # of the same word in both texts: matching them is cubic where little else is alike
PARTS = re.compile(r"\s*\w+|\s*[^\w\s]|\s+$")  # a space belongs to the word behind it: phrases stay whole


def differences(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Pieces in reading order: ("", or the HTML element "del" or "ins", and the text)."""
    old, new = PARTS.findall(before), PARTS.findall(after)
    for what, i, j, k, end in opcodes(old, new):
        if what == "equal":
            yield "", "".join(old[i:j])
            continue
        if i < j:
            yield "del", "".join(old[i:j])
        if k < end:
            yield "ins", "".join(new[k:end])


def pairs(before: str, after: str) -> int:
    """How often a word of the one is the same as a word of the other: what comparing them costs."""
    old, new = PARTS.findall(before), PARTS.findall(after)
    start, end = _alike(old, new)
    return _pairs(old[start : len(old) - end], new[start : len(new) - end])


def opcodes(old: Sequence[str], new: Sequence[str]) -> list[Difference]:
    """As those of `difflib`, in well under a second: of texts that say the same word thousands of times only what is
    alike at both ends is told apart from what lies between."""
    start, end = _alike(old, new)
    i, k = len(old) - end, len(new) - end
    one, other = old[start:i], new[start:k]
    found: list[Difference] = [("equal", 0, start, 0, start)] if start else []
    if _pairs(one, other) > MOST_PAIRS:
        found.append(("replace", start, i, start, k))
    else:
        within = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
        found += [(what, start + a, start + b, start + c, start + d) for what, a, b, c, d in within]
    return [*found, ("equal", i, len(old), k, len(new))] if end else found


def _alike(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many parts are the same at the beginning, and of the others at the end."""
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    left = shorter - start
    return start, next((at for at in range(left) if old[-1 - at] != new[-1 - at]), left)


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    there = Counter(new)
    return sum(count * there[part] for part, count in Counter(old).items())
