"""The series that a program can begin with, from the data file."""

from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from core.kit.languages import in_language

FILE = Path(__file__).with_name("data") / "rituals.yaml"


@dataclass(frozen=True)
class RitualTemplate:
    key: str
    board: str
    weekday: int
    at: time
    name: str
    texts: tuple[tuple[str, str], ...]  # title and text


@cache
def _read() -> list[dict[str, Any]]:
    return list(yaml.safe_load(FILE.read_text())["rituals"])


def ritual_templates(language: str) -> dict[str, RitualTemplate]:
    """By their key, in the language of who begins the series."""
    return {
        row["key"]: RitualTemplate(
            row["key"],
            row["board"],
            row["weekday"],
            time.fromisoformat(row["at"]),
            in_language(row["name"], language),
            tuple((in_language(each["title"], language), in_language(each["text"], language)) for each in row["texts"]),
        )
        for row in _read()
    }
