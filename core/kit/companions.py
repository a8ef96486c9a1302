"""Who goes along with a person, because both agreed."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Companion:
    """Somebody who goes along with a person, and as what."""

    person: Any
    words: str | Promise


@dataclass(frozen=True)
class PartOfPerson:
    """What a room shows on a person's page: nothing but what everybody who reads that page may see."""

    title: Label
    template: str  # its rows are `part.shown`
    shown: object


# Called with the reader, the program and the person (nobody: anybody who knows); nothing where there is no such way.
AsksPerson = Callable[[Any, Any, Any], WayToAsk | None]
ShowsOfPerson = Callable[[Any, Any, Any], PartOfPerson | None]
