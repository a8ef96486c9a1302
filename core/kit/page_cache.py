"""Things that are the same for everybody who may see them, made once and kept until what they are made from changes.

A subject ("program:7", "cells:7") has an edition, and each thing carries the one it was made for. `clear` begins a new
one, so that nothing older is ever taken again; what was being made meanwhile is of the old edition and is forgotten.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import get_language

from core.kit.generic import T

KEPT = 3600  # seconds; a net under what nobody announces
PAGES_KNOWN = 1000
_usual: dict[str, tuple[str, ...]] = {}  # of each page, where the things lie that it takes
_ahead: ContextVar[tuple[dict[str, Any], frozenset[str], set[str]] | None] = ContextVar("ahead", default=None)


def taken(subject: str, name: str, make: Callable[[], T]) -> T:
    """`name` of a subject in the reader's language; made when nobody has asked since the subject changed."""
    mark, place = f"edition:{subject}", f"{subject}:{name}:{get_language()}"
    found = _found_ahead(mark, place)
    if found is None:
        found = cache.get_many([mark, place])  # both in one go
    edition = found.get(mark, 0)
    if place in found and found[place][0] == edition:
        return found[place][1]  # type: ignore[no-any-return]
    thing = make()
    found[place] = (edition, thing)
    cache.set(place, (edition, thing), KEPT)
    return thing


@contextmanager
def together(page: str) -> Iterator[None]:
    """For a page that takes several things: what it took the last time is fetched in one go when it begins."""
    page, took = f"{page}:{get_language()}", set[str]()
    usual = _usual.get(page, ())
    before = _ahead.set((cache.get_many(usual) if usual else {}, frozenset(usual), took))
    try:
        yield
    finally:
        _ahead.reset(before)
        _usual.pop(page, None)
        if len(_usual) >= PAGES_KNOWN:
            _usual.pop(next(iter(_usual)), None)  # the one that nobody has asked for the longest
        _usual[page] = tuple(took)


def _found_ahead(mark: str, place: str) -> dict[str, Any] | None:
    """What `together` fetched; nothing where it did not ask for both of them."""
    if (ahead := _ahead.get()) is None:
        return None
    found, asked, took = ahead
    took |= {mark, place}
    return found if {mark, place} <= asked else None


def changed(program_id: int | None) -> None:
    """A service changed what the start pages of a program show alike to everybody: forget it after the commit."""
    if program_id is not None:
        transaction.on_commit(lambda: clear(f"program:{program_id}"), robust=True)


def clear(subject: str) -> None:
    """The subject changed. A cache that is away hears of it once it is back, before anything is taken from it."""
    if ahead := _ahead.get():
        _ahead.set(({}, frozenset(), ahead[2]))  # what was fetched before is of the old edition
    cache.set_surely(f"edition:{subject}", uuid4().hex)  # type: ignore[attr-defined]  # a ForgivingCache
