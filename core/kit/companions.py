"""Who goes along with a person, because both agreed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from core.people.models import User


@dataclass(frozen=True)
class Companion:
    """Somebody who goes along with a person, and as what; or whom the person goes along with (`is_led`)."""

    person: "User"
    words: str | Promise
    is_led: bool = False
