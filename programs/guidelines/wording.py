"""Texts of the product that a guideline is made with: suggestions per question, a starter, words that mean the same."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from core.kit.characters import folded
from core.kit.languages import localised
from core.kit.words import Words

DATA = Path(__file__).with_name("data")


@dataclass(frozen=True)
class Suggestion:
    key: str
    title: Words
    text: Words


@cache
def file_of(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DATA / name).read_text())
    return found


def starter() -> dict[str, Any]:
    """A whole guideline to begin with; the program changes its own copy."""
    return file_of("starter.yaml")


def help_for(question: str) -> str:
    """What the answer to a question should say, in the reader's language."""
    return localised(file_of("suggestions.yaml")["questions"][question]["help"])


def suggestions(question: str) -> list[Suggestion]:
    """Wordings for a question, to be taken over and changed."""
    rows = file_of("suggestions.yaml")["questions"][question]["suggestions"]
    return [Suggestion(row["key"], Words(row["title"]), Words(row["text"])) for row in rows]


@cache
def same_words() -> list[list[str]]:
    """Groups of words that mean the same to who asks, as they are compared."""
    return [[folded(word) for word in group] for group in file_of("same_words.yaml")["groups"]]
