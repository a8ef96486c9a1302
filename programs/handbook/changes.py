"""What changed between two versions of a page: by paragraph, and by word within those that were changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.kit.differences import MOST_PAIRS, differences, opcodes, pairs


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
    left = MOST_PAIRS  # for the page as a whole: many long paragraphs cost as much as one
    for what, i, j, k, end in opcodes(old, new):
        if what == "equal":
            yield from (Paragraph([("", text)]) for text in old[i:j])
            continue
        both = min(j - i, end - k)
        for before, after in zip(old[i : i + both], new[k : k + both], strict=True):
            left -= pairs(before, after)
            parts = [("del", before), ("ins", after)] if left < 0 else list(differences(before, after))
            yield Paragraph(parts)
        yield from (Paragraph([("del", text)]) for text in old[i + both : j] if text)
        yield from (Paragraph([("ins", text)]) for text in new[k + both : end] if text)
