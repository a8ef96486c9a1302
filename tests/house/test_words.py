"""The words of the product: what CONTRIBUTING says of English and German holds for every text that people read."""

import re
from collections.abc import Iterator

import pytest
import yaml
from babel.messages.pofile import read_po

from core.kit.product import PACKAGES
from tests.house.code import ROOT, place
from tests.house.test_texts import FILES, texts

AVOIDED = {
    "en": re.compile(
        r"\b(whoever|meanwhile|once more|anew|is gone|are gone|goes on|go on|one['’]s own|begins?\b|began"
        r"|taken? back|takes it back"
        r"|[Aa] mail\b|mails\b|comes along|it stands\b|stands (here|there|beside|below|above|on))",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(Kont(o|os|en)\b|Webseite|Leitlinien?\b|Zeitachse"
        r"|am Telefon\b|Mailadresse|Benachrichtigungen?\b|stillgelegt|User\b)"
    ),
}
# Where a word is right: what others call it, or what people type.
RIGHT = {
    "Microsoft calls it so": "in Ihrem Konto unter",
    "typed into the search": "Account Konto",
    "typed into the search, too": "Accounts Konten",
    "a consent keeps its words": "Ihre Konten bleiben Ihre Konten",
    "said on the phone": "Minuten am Telefon",
    "said on the phone, too": "Person, am Telefon",
    "those of a device": "Benachrichtigungen aus, Telefon weg",
    "names of what is filled in": "%(begins)s",
}


def wrong(text: str, language: str) -> str:
    """The word to avoid, or nothing."""
    for right in RIGHT.values():
        text = text.replace(right, "")
    found = AVOIDED[language].search(text)
    return found[0] if found else ""


def of_catalogues() -> Iterator[tuple[str, str, str]]:
    for package in PACKAGES:
        with (ROOT / package / "locale/de/LC_MESSAGES/django.po").open("rb") as file:
            for message in read_po(file):
                for language, said in (("en", message.id), ("de", message.string)):
                    for text in said if isinstance(said, (tuple, list)) else [said]:
                        yield package, language, text


def of_files() -> Iterator[tuple[str, str, str]]:
    for path in FILES:
        for _at, node in texts(yaml.safe_load(path.read_text())):
            for language in AVOIDED:
                if isinstance(said := node.get(language), str):
                    yield place(path), language, said


def test_no_text_uses_a_word_to_avoid() -> None:
    found = [
        (at, word, text[:90])
        for at, language, text in [*of_catalogues(), *of_files()]
        if (word := wrong(text, language))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "language", "word"),
    [
        ("Whoever signs up sees it.", "en", "Whoever"),
        ("The file stands here once more.", "en", "stands here"),
        ("What the team stands for.", "en", ""),
        ("Mein Konto löschen", "de", "Konto"),
        ("Das Kontor bleibt, Ihr Konto nicht.", "de", "Konto"),
        ("Das geht in Ihrem Konto unter „Apps“.", "de", ""),
    ],
)
def test_a_word_to_avoid_is_seen(text: str, language: str, word: str) -> None:
    assert wrong(text, language) == word


ALIAS = re.compile(r"from django\.utils\.translation import ([^\n(]+)")
COLLECTED = {"_", "_lazy"}  # besides Django's own names; what is called otherwise is in no catalogue


def uncollected(text: str) -> list[str]:
    parts = (each.split(" as ") for line in ALIAS.findall(text) for each in line.split(","))
    return [part[1].strip() for part in parts if len(part) > 1 and part[1].split("#")[0].strip() not in COLLECTED]


def test_texts_are_called_by_names_that_are_collected() -> None:
    ours = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    assert {place(path): found for path in ours if (found := uncollected(path.read_text()))} == {}
    assert uncollected("from django.utils.translation import gettext as _now\n") == ["_now"]
