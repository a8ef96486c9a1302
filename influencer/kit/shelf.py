"""Things that are the same for everybody who may see them, made once and kept until what they are made from changes.

A subject ("program:7", "cells:7") has an edition. `clear` begins a new one, so that nothing older is ever taken again;
a thing that was being made meanwhile goes to the old edition and is forgotten.
"""

import time
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.utils.translation import get_language

KEPT = 3600  # seconds; a net under what nobody announces
T = TypeVar("T")


def taken(subject: str, name: str, make: Callable[[], T]) -> T:
    """`name` of a subject in the reader's language; made when nobody has asked since the subject changed."""
    edition = cache.get(f"edition:{subject}", 0)
    return cache.get_or_set(f"{subject}:{edition}:{name}:{get_language()}", make, KEPT)  # type: ignore[return-value]


def clear(subject: str) -> None:
    """The subject changed."""
    cache.set(f"edition:{subject}", time.time_ns(), None)
