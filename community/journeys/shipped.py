"""The journey that is ready to use: welcome, over the first 30 days."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("data") / "welcome.yaml"


@cache
def welcome() -> dict[str, Any]:
    """Title, start and letters, each with its days, what it is left out for, and its texts in every language."""
    found: dict[str, Any] = yaml.safe_load(FILE.read_text())
    return found
