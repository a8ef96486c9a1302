"""The chapters that a handbook starts with, in all languages: a data file."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("data") / "chapters.yaml"


@cache
def starter() -> list[dict[str, Any]]:
    """Chapters with their pages; each has a title, a text and, where it writes itself, the key of its part."""
    chapters: list[dict[str, Any]] = yaml.safe_load(FILE.read_text())["chapters"]
    return chapters
