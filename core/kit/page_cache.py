"""Things that are the same for everybody who may see them, made once and kept until what they are made from changes.

A subject ("program:7", "cells:7") has an edition, and each thing carries the one it was made for. `clear` begins a new
one, so that nothing older is ever taken again; what was being made meanwhile is of the old edition and is forgotten.
"""

from collections.abc import Callable
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import get_language

from core.kit.generic import T

KEPT = 3600  # seconds; a net under what nobody announces


def taken(subject: str, name: str, make: Callable[[], T]) -> T:
    """`name` of a subject in the reader's language; made when nobody has asked since the subject changed."""
    mark, place = f"edition:{subject}", f"{subject}:{name}:{get_language()}"
    found = cache.get_many([mark, place])  # both in one go: a page takes several things
    edition = found.get(mark, 0)
    if place in found and found[place][0] == edition:
        return found[place][1]  # type: ignore[no-any-return]
    thing = make()
    cache.set(place, (edition, thing), KEPT)
    return thing


def changed(program_id: int | None) -> None:
    """A service changed what the start pages of a program show alike to everybody: forget it after the commit."""
    if program_id is not None:
        transaction.on_commit(lambda: clear(f"program:{program_id}"), robust=True)


def clear(subject: str) -> None:
    """The subject changed. A cache that is away hears of it once it is back, before anything is taken from it."""
    cache.set_surely(f"edition:{subject}", uuid4().hex)  # type: ignore[attr-defined]  # a ForgivingCache
