"""The set-up word: an empty site makes its first administrator only of who can read the console or the environment.

It follows from the site's key, so that every process knows it and nothing is stored. With the first account it has done
its work."""

import base64
import re
import unicodedata

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "people.first_word"


def first_word() -> str:
    """As it is printed: four groups of four letters, or what the operator chose (`SETUP_WORD`)."""
    if settings.SETUP_WORD:
        return str(settings.SETUP_WORD)
    digest = salted_hmac(SALT, "", algorithm="sha256").digest()
    letters = base64.b32encode(digest).decode().lower()[:16]
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def is_first_word(typed: str) -> bool:
    """However it was typed: capitals, spaces and dashes do not matter."""
    return constant_time_compare(_plain(typed), _plain(first_word()))


def _plain(word: str) -> str:
    return re.sub(r"[\s\-_]", "", unicodedata.normalize("NFKC", word)).casefold()
