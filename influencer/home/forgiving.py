"""How well a name fits what somebody typed, typing errors included.

A word is found where it begins a word of the name; a longer one also when a letter or two are wrong or missing.
"""

import unicodedata
from difflib import SequenceMatcher

SHORTEST, ALIKE = 4, 0.74  # letters from which on errors are forgiven; how alike two words must be
RESEMBLES, NOT_AT_ALL = 4, 9


def plain(text: str) -> str:
    """Without marks and case: Muller finds Müller."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def misfit(typed: str, *names: str) -> int:
    """0 begins with it, 1 a word does, 2 contains it, 4 resembles it, `NOT_AT_ALL`. The best of the names counts."""
    wanted = plain(typed).strip()
    return min((_misfit(wanted, plain(name)) for name in names if name), default=NOT_AT_ALL)


def _misfit(wanted: str, name: str) -> int:
    if name.startswith(wanted):
        return 0
    words = name.split()
    if all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return 1
    if wanted in name:
        return 2
    is_alike = all(any(_resembles(part, word) for word in words) for part in wanted.split())
    return RESEMBLES if is_alike else NOT_AT_ALL


def _resembles(part: str, word: str) -> bool:
    if word.startswith(part):
        return True
    if len(part) < SHORTEST:
        return False
    return any(SequenceMatcher(None, part, form).ratio() >= ALIKE for form in (word, word[: len(part)]))
