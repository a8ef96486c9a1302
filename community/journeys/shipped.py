"""The journey that is ready to use: welcome, over the first 30 days."""

from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import yaml

WELCOME = "welcome"
FILE = Path(__file__).with_name("data") / "welcome.yaml"


@cache
def welcome() -> dict[str, Any]:
    """Title, start and letters, each with its days, what it is left out for, and its texts in every language."""
    found: dict[str, Any] = yaml.safe_load(FILE.read_text())
    return found


def key_of(program_id: int, step: str) -> UUID:
    """The same for a letter of the welcome each time it is made in a program."""
    return uuid5(NAMESPACE_OID, f"{program_id}:{WELCOME}:{step}")
