"""Who goes along with a person, because both agreed."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Companion:
    """Somebody who goes along with a person, and as what."""

    person: Any
    words: str | Promise
