"""Which companies a title speaks of: by their names as whole words, whatever the case."""

import re
from collections.abc import Iterable

from analytics.listening.models import ListenedName


def named_in(title: str, names: Iterable[ListenedName]) -> list[int]:
    return [each.pk for each in names if any(has_word(title, word) for word in each.words)]


def has_word(text: str, word: str) -> bool:
    """A whole word: "Nord" is not in "Nordlicht"."""
    return re.search(rf"(?<!\w){re.escape(word.casefold())}(?!\w)", text.casefold()) is not None


def words_of(said: str) -> list[str]:
    return [word for part in said.split(",") if (word := part.strip())]


def is_wanted_title(title: str, words: Iterable[str]) -> bool:
    """Without words everything that a feed carries is kept."""
    wanted = list(words)
    return not wanted or any(has_word(title, word) for word in wanted)
