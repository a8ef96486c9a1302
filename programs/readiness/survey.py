"""What is asked, and what a result means: `data/readiness.yaml`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from core.kit.words import Words

FILE = Path(__file__).with_name("data") / "readiness.yaml"
SCALE = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class SurveyStatement:
    """People agree to it from 1 to 5, or choose one of some sentences that stand for such a number."""

    key: str
    text: Words
    choices: tuple[tuple[int, Words], ...] = ()


@dataclass(frozen=True)
class SurveyField:
    key: str
    title: Words
    statements: tuple[SurveyStatement, ...]
    advice: dict[str, Words]  # by level


def fields() -> tuple[SurveyField, ...]:
    """In the reader's language."""
    return tuple(map(_field, _file()["fields"]))


def verdict(key: str) -> Words:
    return Words(_file()["verdicts"][key])


@cache
def _file() -> dict[str, Any]:
    return dict(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def _field(row: dict[str, Any]) -> SurveyField:
    asked = tuple(SurveyStatement(each["key"], Words(each["text"])) for each in row.get("statements", ()))
    if question := row.get("question"):
        choices = tuple((each["value"], Words(each["text"])) for each in question["choices"])
        asked += (SurveyStatement(question["key"], Words(question["text"]), choices),)
    return SurveyField(
        row["key"], Words(row["title"]), asked, {level: Words(row[level]) for level in ("low", "middle", "high")}
    )
