"""The demo's texts, from the data files."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parents[1] / "data/demo"


@cache
def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text())
    return found


def company(key: str) -> dict[str, Any]:
    return next(row for row in read("companies")["companies"] if row["key"] == key)


def people(key: str) -> list[dict[str, Any]]:
    return [row for row in read("people")["people"] if row["company"] == key]


def cast(key: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = read("people")["cast"][key]
    return found


def posts(key: str) -> list[dict[str, Any]]:
    return [row for row in read("posts")["posts"] if row["company"] == key]
