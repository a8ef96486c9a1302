"""What a forum begins with, from the data file."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from community.forum.models import Board
from core.kit.languages import in_language
from programs.membership.models import Program

FILE = Path(__file__).with_name("data") / "boards.yaml"


@dataclass(frozen=True)
class Welcome:
    board: str
    title: str
    text: str


@cache
def _read() -> dict[str, Any]:
    return dict(yaml.safe_load(FILE.read_text()))


def boards(program: Program) -> list[Board]:
    """The boards of a program to be, in all languages, not stored yet."""
    return [
        Board(
            program=program,
            key=row["key"],
            icon=row["icon"],
            position=place,
            asks=row.get("asks", False),
            is_for_hosts=row.get("hosts", False),
            title=row["title"],
            about=row["about"],
        )
        for place, row in enumerate(_read()["boards"])
    ]


def welcome(language: str) -> Welcome:
    """The topic that teaches, in the language of who opens the forum."""
    row = _read()["welcome"]
    return Welcome(row["board"], in_language(row["title"], language), in_language(row["text"], language).strip())
