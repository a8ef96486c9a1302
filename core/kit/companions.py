"""Who goes along with a person, because both agreed."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Companion:
    """Somebody who goes along with a person, and as what; or whom the person goes along with (`is_led`)."""

    person: Any
    words: str | Promise
    is_led: bool = False
