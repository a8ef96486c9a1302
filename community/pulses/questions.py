"""What a pulse can ask: `data/items.yaml`, and a question of one's own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from core.kit.words import Words, written

FILE = Path(__file__).with_name("data") / "items.yaml"
SCALE, LIKELY = "scale", "likely"
VALUES = {SCALE: tuple(range(1, 6)), LIKELY: tuple(range(11))}
OWN = "own"
MOST_IN_BETWEEN, MOST = 3, 7


@dataclass(frozen=True)
class Question:
    """As it is asked; `name` is what a result calls it."""

    key: str
    kind: str
    name: Words
    text: Words

    @property
    def values(self) -> tuple[int, ...]:
        return VALUES[self.kind]

    @property
    def kept(self) -> dict[str, Any]:
        return {"key": self.key, "kind": self.kind, "name": written(self.name), "text": written(self.text)}


def offered() -> tuple[Question, ...]:
    """In the reader's language."""
    return tuple(map(asked, _file()["items"]))


def usual(moment: str) -> list[str]:
    return list(_file()["usual"][moment])


def asked(row: Mapping[str, Any]) -> Question:
    """One as a pulse or the file keeps it."""
    return Question(row["key"], row["kind"], Words(row["name"]), Words(row["text"]))


def own(text: Words | Mapping[str, str]) -> Question:
    """A statement that people agree to or not."""
    return Question(OWN, SCALE, Words(written(text)), Words(written(text)))


def chosen(keys: Iterable[str]) -> list[Question]:
    wanted = set(keys)
    return [each for each in offered() if each.key in wanted]


@cache
def _file() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found
