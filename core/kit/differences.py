"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

PARTS = re.compile(r"\s*\w+|\s*[^\w\s]|\s+$")  # a space belongs to the word behind it: phrases stay whole


def differences(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Pieces in reading order: ("", or the HTML element "del" or "ins", and the text)."""
    old, new = PARTS.findall(before), PARTS.findall(after)
    for what, i, j, k, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield "", "".join(old[i:j])
            continue
        if i < j:
            yield "del", "".join(old[i:j])
        if k < end:
            yield "ins", "".join(new[k:end])
