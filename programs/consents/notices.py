"""The versioned texts a person agrees to. They ship with the product; a changed text is a new version."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from core.kit.languages import localised, shown_in

FILE = Path(__file__).with_name("data") / "notices.yaml"


@dataclass(frozen=True)
class PurposeText:
    """One consent as the person reads it."""

    key: str
    _title: Any
    _text: Any
    is_required: bool

    @property
    def title(self) -> str:
        return localised(self._title)

    @property
    def text(self) -> str:
        return localised(self._text)

    @property
    def language(self) -> str:
        """The language in which it is read."""
        return shown_in(self._text)

    def sha256(self, language: str) -> str:
        """What exactly was agreed to: the hash of title and text in the language that was read."""
        shown = f"{self._title[language]}\n{self._text[language]}"
        return hashlib.sha256(shown.encode()).hexdigest()


@cache
def _file() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text())
    return found


def version() -> int:
    return int(_file()["version"])


def participation() -> list[tuple[str, str]]:
    """What taking part means and what is stored: headings and Markdown in the reader's language."""
    return [(localised(row["title"]), localised(row["text"])) for row in _file()["participation"]]


def purposes() -> list[PurposeText]:
    """What members decide on."""
    return _texts("purposes")


def every() -> list[PurposeText]:
    """The same, and what people are asked who leave."""
    return _texts("purposes") + _texts("afterwards")


def purpose(key: str) -> PurposeText:
    return next(text for text in every() if text.key == key)


def _texts(part: str) -> list[PurposeText]:
    return [PurposeText(row["key"], row["title"], row["text"], bool(row.get("required"))) for row in _file()[part]]
