"""Characters that nobody sees and that do harm: refused with the place where they stand. Words as they are compared."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LINE_BREAKS = re.compile("[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
WORD = re.compile(r"\w+")
# in an address: what a browser would read differently than a person
HIDDEN = re.compile("[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\\\\]")
# change the direction of reading
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# counted as letters or marks, and still nothing to see
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {chr(code) for code in range(0xFE00, 0xFE10)}
LONG_FORMS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def folded(text: str) -> str:
    """Small letters without marks, umlauts in their long form: how words are compared that people type."""
    text = unicodedata.normalize("NFC", text).lower().translate(LONG_FORMS)
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def visible(text: str) -> str:
    """Search words as they look: what nobody sees is left out, and any white space is one space."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())


def shows_something(text: str) -> bool:
    """Whether a reader sees anything of it: neither spaces nor characters without a width do."""
    return any(unicodedata.category(each)[0] not in "ZC" and each not in BLANK for each in text)


def validate_one_line(text: str) -> None:
    """A subject or a name is one line that looks like what it is; a break in it could smuggle a header into a mail."""
    if LINE_BREAKS.search(text):
        raise ValidationError(_("This must be a single line without line breaks."), code="newline")
    validate_visible(text, allowed="")
    validate_shows_something(text)


def validate_text(text: str) -> None:
    """A text of several lines shows something, as a line does: an empty one is empty and not full of nothing."""
    validate_visible(text)
    if text.strip(" \t\r\n"):  # an empty one is the field's own business
        validate_shows_something(text)


def validate_shows_something(text: str) -> None:
    if text and not shows_something(text):
        raise ValidationError(_("There are only invisible characters here. Please type something."), code="required")


def validate_visible(text: str, allowed: str = "\t\r\n") -> None:
    """No control characters and none that turn the reading direction. Tab and line break are fine."""
    for place, character in enumerate(text, start=1):
        hidden = unicodedata.category(character) in ("Cc", "Cs") and character not in allowed
        if hidden or character in TURNING:
            before = visible(text[max(0, place - 25) : place - 1])
            words = _("There is an invisible control character at position %(place)s. Please type this part again.")
            if before:
                words = _("There is an invisible control character after “%(before)s”. Please type this part again.")
            raise ValidationError(words, code="bad_characters", params={"place": place, "before": before})
