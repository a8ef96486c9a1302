"""The templates that come with the product: data files in the form of an export."""

from functools import cache
from pathlib import Path

import yaml

from programs.library import shape
from programs.library.shape import Content
from programs.phases.template import seven_phases_file

FOLDER = Path(__file__).with_name("data")


@cache
def shipped() -> dict[str, Content]:
    """By key, the plan of a whole program first."""
    rows = [seven_phases_file(), *(yaml.safe_load(file.read_text()) for file in sorted(FOLDER.glob("*.yaml")))]
    return {row["key"]: shape.completed(row) for row in rows}
