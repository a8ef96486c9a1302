"""May I? Words somebody types lead to the cases and sections that answer them.

"Fotos vom Kollegen" finds a case about "Kolleginnen im Bild": umlauts are written out, a word is compared by its stem,
parts of compounds count, and what means the same stands in a file. Words that stand everywhere weigh nothing, so no
list of empty words is needed. A guideline is some dozens of rows: they are compared here, without the database.
"""

from dataclasses import dataclass
from math import log

from core.kit.characters import WORD, folded, visible
from core.kit.markdown import plain_text
from programs.guidelines import wording
from programs.guidelines.documents import Answer, Case

MOST_WORDS = 12
SHORTEST = 3  # letters of a word that is compared
STEM = 4  # letters that stay when an ending is taken off
MOST = 8
NEAR = 0.5  # of the best one's weight
OF_SECTION = 0.4  # what a word counts in a section, which is long and says much
OF_PART = 0.45  # what it counts when it is only a part of a longer one: "Bild" of "Ausbildung"
OF_SHORT = 0.25  # what a word of three letters counts, "der" or "may"


@dataclass(frozen=True)
class Hit:
    """A case, or a section as a whole."""

    part: Answer
    case: Case | None

    @property
    def title(self) -> str:
        return str(self.case.situation) if self.case else self.part.title


def search(parts: list[Answer], words: str) -> list[Hit]:
    """The best first; cases before sections that fit as well."""
    rows = [(Hit(part, case), _words_of(part, case)) for part in parts for case in [*part.cases, None]]
    weights = [0.0] * len(rows)
    for word in _words(visible(words))[:MOST_WORDS]:
        meanings = _meanings(word)
        fits = [index for index, (_hit, said) in enumerate(rows) if _is_said(meanings, said)]
        for index in fits:
            weight = log((len(rows) + 1) / len(fits)) * (OF_SHORT if len(word) == SHORTEST else 1)
            weight *= OF_PART if meanings.isdisjoint(rows[index][1]) else 1
            weights[index] += weight if rows[index][0].case else weight * OF_SECTION
    best = max(weights, default=0.0)
    order = sorted(range(len(rows)), key=lambda index: (-weights[index], rows[index][0].case is None, index))
    return [rows[index][0] for index in order if weights[index] > 0 and weights[index] >= NEAR * best][:MOST]


def _words_of(part: Answer, case: Case | None) -> set[str]:
    """The stems of all of its words, in every language it is written in."""
    texts = [*case.situation.texts.values(), *case.because.texts.values()] if case else [*part.text.texts.values()]
    titles = [] if case else [part.title]
    return {_stem(word) for text in [*titles, *map(plain_text, texts)] for word in _words(text)}


def _words(text: str) -> list[str]:
    return [word for word in WORD.findall(folded(text)) if len(word) >= SHORTEST]


def _meanings(word: str) -> set[str]:
    """Its stem, and the stems of what means the same."""
    stem = _stem(word)
    alike = [group for group in wording.same_words() if any(_is_part(_stem(each), stem) for each in group)]
    return {stem, *(_stem(each) for group in alike for each in group)}


def _stem(word: str) -> str:
    """Without the endings of German and English: "Kolleginnen" and "Kollege" begin alike."""
    for ending in ("innen", "ungen", "ung", "ing", "ies", "en", "er", "es", "em", "in", "e", "s", "n", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= STEM:
            return word[: -len(ending)]
    return word


def _is_said(meanings: set[str], said: set[str]) -> bool:
    if not meanings.isdisjoint(said):
        return True
    whole = " ".join(said)
    return any(_is_within(meaning, said) or (meaning in whole and _holds(meaning, said)) for meaning in meanings)


def _is_within(meaning: str, said: set[str]) -> bool:
    """A word that is said is the beginning of what is meant, or a later part of it."""
    size = len(meaning)
    starts = (0, *range(SHORTEST, size))
    return any(meaning[start:end] in said for start in starts for end in range(start + STEM, _end(start, size)))


def _end(start: int, size: int) -> int:
    return size + 1 if start else size


def _holds(meaning: str, said: set[str]) -> bool:
    return any(_is_part(meaning, word) for word in said)


def _is_part(one: str, other: str) -> bool:
    """One is the other, its beginning, or a later part of a compound: "namen" of "kundennamen"."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= STEM and (long.startswith(short) or long.find(short) >= SHORTEST))
