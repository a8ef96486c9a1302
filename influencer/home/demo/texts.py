"""The demo's texts, from the data files."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parents[1] / "data/demo"


@cache
def read(name: str) -> dict[str, Any]:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text())


def company(key: str) -> dict[str, Any]:
    return next(row for row in read("companies")["companies"] if row["key"] == key)


def people(key: str) -> list[dict[str, Any]]:
    return [row for row in read("people")["people"] if row["company"] == key]


def cast(key: str) -> dict[str, dict[str, Any]]:
    return read("people")["cast"][key]


def posts(key: str) -> list[dict[str, Any]]:
    return [row for row in read("posts")["posts"] if row["company"] == key]
