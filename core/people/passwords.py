"""Refuses passwords made of what somebody who knows the person or the product would try first."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.kit.characters import LONG_FORMS

FILE = Path(__file__).parent / "data/obvious_words.txt"
SHORTEST_WORD = 3  # "AG" and "Li" stand in too many words
ENOUGH = 8  # characters that must be left without obvious words, with at least
DIFFERENT = 5  # different ones among them
DISGUISES = str.maketrans("013457@$!€", "oieastasie")


class ObviousWordsValidator:
    """The own name, the own address, words of the product and of keyboard and calendar may stand in a password, but
    do not count: what is left must be a password still."""

    def validate(self, password: str, user: Any = None) -> None:
        words = {spelling for word in self.words_around(user) for spelling in _spellings(word)} | _obvious_words()
        known = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
        for spelling in {*_spellings(password), *(s.translate(DISGUISES) for s in _spellings(password))}:
            if not _is_enough(known.sub(" ", spelling)):
                raise ValidationError(self.get_help_text(), code="password_obvious")

    def words_around(self, user: Any) -> Iterable[str]:
        """The name, and the address without its ending."""
        if user is None:
            return set()
        local, _at, domain = user.email.partition("@")
        return _words(f"{user.name} {local} {domain.rpartition('.')[0]}")

    def get_help_text(self) -> str:
        return _(
            "This password is easy to guess: without your name, your company's name and other obvious words, too "
            "little is left. Add a few words of your own."
        )


def words_of(*texts: str) -> set[str]:
    return {word for text in texts for word in _words(text)}


def _words(text: str) -> set[str]:
    return {word for word in re.split(r"[\W\d_]+", text) if len(word) >= SHORTEST_WORD}


def _spellings(text: str) -> set[str]:
    """As people type it: Müller, mueller, muller."""
    small = unicodedata.normalize("NFC", text).casefold()
    return {_plain(small), _plain(unicodedata.normalize("NFC", text).lower().translate(LONG_FORMS))}


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _is_enough(rest: str) -> bool:
    """Numbers and signs at the ends are what people add to a word that was refused."""
    kept = "".join(character for character in re.sub(r"^[\W\d_]+|[\W\d_]+$", "", rest) if character.isalnum())
    return len(kept) >= ENOUGH and len(set(kept)) >= DIFFERENT


@cache
def _obvious_words() -> frozenset[str]:
    lines = FILE.read_text().splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
