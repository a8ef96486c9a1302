"""What is made from published cells and is the same for everybody who may see it: kept until the next publication."""

import time
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.utils.translation import get_language

KEPT = 3600  # seconds; a publication ends it earlier


def taken(program_id: int, name: str, make: Callable[[], Any]) -> Any:
    """`name` in the reader's language, made anew after each publication of the program's cells."""
    edition = cache.get(_edition(program_id), 0)
    return cache.get_or_set(f"cells:{program_id}:{edition}:{name}:{get_language()}", make, KEPT)


def clear(program_id: int) -> None:
    """New cells stand: nothing made from the old ones is shown any more."""
    cache.set(_edition(program_id), time.time_ns(), None)


def _edition(program_id: int) -> str:
    return f"cells:{program_id}"
