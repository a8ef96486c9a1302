"""What rests since somebody took a consent back."""

from typing import Any

from programs.consents import erasures
from programs.consents.models import Purpose

ORDER = 70


def furnish(world: Any) -> None:
    world.rest = erasures.begin(world.leaver, world.program, Purpose.PARTICIPATION)
