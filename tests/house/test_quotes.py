"""What is quoted stands between “these” in English and between „these“ in German, in every text that people read."""

import re

import pytest

from tests.house.test_words import of_catalogues, of_files

MARKUP = re.compile(r"<[^>]*>|\{\{?[^}]*\}|`[^`]*`")
PAIRS = {"en": ("“", "”"), "de": ("„", "“")}
FOREIGN = {"en": "„«»", "de": "”«»"}


def misquoted(text: str, language: str) -> bool:
    """A straight mark, one of another language, or one without its partner; addresses in markup keep theirs."""
    said = MARKUP.sub("", text)
    opening, closing = PAIRS[language]
    marks = "".join(each for each in said if each in opening + closing)
    return any(each in said for each in '"' + FOREIGN[language]) or marks != (opening + closing) * (len(marks) // 2)


def test_quotation_marks_are_those_of_the_language() -> None:
    texts = [*of_catalogues(), *of_files()]
    assert [(at, text[:90]) for at, language, text in texts if misquoted(text, language)] == []


@pytest.mark.parametrize(
    ("text", "language", "is_wrong"),
    [
        ("“Kick-off” is ready.", "en", False),
        ('"Kick-off" is ready.', "en", True),
        ("„Kick-off“ is ready.", "en", True),
        ("„Auftakt“ ist angelegt.", "de", False),
        ("“Auftakt” ist angelegt.", "de", True),
        ("„Auftakt ist angelegt.", "de", True),
        ('<a href="/x/">Zum „Auftakt“</a>', "de", False),
    ],
)
def test_a_wrong_mark_is_seen(text: str, language: str, is_wrong: bool) -> None:
    assert misquoted(text, language) is is_wrong
