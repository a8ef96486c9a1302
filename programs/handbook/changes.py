"""What changed between two versions of a page: by paragraph, and by word within those that were changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from core.kit.differences import PARTS, differences

MOST_COMPARED = 4_000_000  # pairs of words; two long paragraphs with nothing in common would take seconds


@dataclass(frozen=True)
class Paragraph:
    """As `core.kit.differences`: pieces, each "", "del" or "ins" with its text."""

    parts: list[tuple[str, str]]

    @property
    def is_changed(self) -> bool:
        return any(element for element, _text in self.parts)


@dataclass(frozen=True)
class Changes:
    paragraphs: list[Paragraph]

    @property
    def added(self) -> int:
        return self._words("ins")

    @property
    def removed(self) -> int:
        return self._words("del")

    def _words(self, element: str) -> int:
        return sum(len(text.split()) for each in self.paragraphs for kind, text in each.parts if kind == element)


def changes(before: str, after: str) -> Changes:
    return Changes(list(_paragraphs(before.split("\n\n"), after.split("\n\n"))))


def _paragraphs(old: list[str], new: list[str]) -> Iterator[Paragraph]:
    for what, i, j, k, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield from (Paragraph([("", text)]) for text in old[i:j])
            continue
        pairs = min(j - i, end - k)
        yield from (Paragraph(_within(old[i + at], new[k + at])) for at in range(pairs))
        yield from (Paragraph([("del", text)]) for text in old[i + pairs : j] if text)
        yield from (Paragraph([("ins", text)]) for text in new[k + pairs : end] if text)


def _within(before: str, after: str) -> list[tuple[str, str]]:
    if len(PARTS.findall(before)) * len(PARTS.findall(after)) > MOST_COMPARED:
        return [("del", before), ("ins", after)]
    return list(differences(before, after))
