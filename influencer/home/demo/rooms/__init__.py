"""The demo of rooms that need people and phases only: each module fills its room, found by being here."""

import importlib
import pkgutil
from dataclasses import dataclass
from datetime import date

from core.people.models import User
from programs.membership.models import Program


@dataclass(frozen=True)
class Demo:
    """What there is already when the rooms are filled."""

    program: Program
    company: str  # whose texts
    manager: User
    today: date


def load(demo: Demo) -> None:
    for module in sorted(each.name for each in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}").load(demo)
