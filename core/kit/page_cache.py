"""Things that are the same for everybody who may see them, made once and kept until what they are made from changes.

A subject ("program:7", "cells:7") has an edition, and each thing carries the one it was made for. `clear` begins a new
one, so that nothing older is ever taken again; what was being made meanwhile is of the old edition and is forgotten.

A page takes a dozen things. Within `visit` they are asked for in one go, by what the same person's last look at the
same page took, and what had to be made is kept in one go at the end: a trip to the cache takes longer than unpacking.
"""

import pickle
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import get_language

from core.kit.caching import UNREADABLE
from core.kit.generic import T

KEPT = 3600  # seconds; a net under what nobody announces
REMEMBERED = 512  # pages of persons, in this process


class Visit:
    """What one request found in the cache, and what it will leave there."""

    def __init__(self, page: Hashable) -> None:
        self.asked: dict[str, None] = {}  # in order, for the next time
        self.made: dict[str, bytes] = {}
        self._found: dict[str, Any] = {}
        self._known: set[str] = set()
        self._page = page

    def find(self, keys: Iterable[str]) -> dict[str, Any]:
        self.asked |= dict.fromkeys(keys)
        wanted = {*keys} if self._known else {*keys, *_last.get(self._page, ())}
        if missing := wanted - self._known:
            self._found |= cache.get_many(missing)
            self._known |= missing
        return self._found

    def forget(self) -> None:
        """Something changed while the page was made: what is taken from now on is asked for anew."""
        self._found, self._known = {}, set(self.made)
        self._found |= self.made

    def keep(self, place: str, packed: bytes) -> None:
        self.made[place] = self._found[place] = packed

    def end(self) -> None:
        if self.made:
            cache.set_many(self.made, KEPT)
        if self.asked:
            _last[self._page] = tuple(self.asked)
            _last.move_to_end(self._page)
            while len(_last) > REMEMBERED:
                _last.popitem(last=False)


_last: "OrderedDict[Hashable, tuple[str, ...]]" = OrderedDict()
_visit: ContextVar[Visit | None] = ContextVar("visit", default=None)


@contextmanager
def visit(page: Hashable) -> Iterator[None]:
    """While a page is made for somebody; `page` says which one and for whom."""
    began = _visit.set(Visit(page))
    try:
        yield
    finally:
        ended = _visit.get()
        _visit.reset(began)
        if ended:
            ended.end()


def taken(subject: str | tuple[str, ...], name: str, make: Callable[[], T]) -> T:
    """`name` of a subject, or of several, in the reader's language; made when nobody has asked since one changed."""
    subjects = (subject,) if isinstance(subject, str) else subject
    marks, place = [f"edition:{each}" for each in subjects], f"{'+'.join(subjects)}:{name}:{get_language()}"
    now = _visit.get()
    found = now.find((*marks, place)) if now else cache.get_many((*marks, place))
    edition = tuple(found.get(mark, 0) for mark in marks)
    kept = _unpacked(found.get(place))
    if kept is not None and kept[0] == edition:
        return kept[1]  # type: ignore[no-any-return]
    thing = make()
    packed = pickle.dumps((edition, thing), pickle.HIGHEST_PROTOCOL)  # now: the page may write on what it was given
    if now:
        now.keep(place, packed)
    else:
        cache.set(place, packed, KEPT)
    return thing


def _unpacked(packed: bytes | None) -> tuple[Any, Any] | None:
    """Each taker gets a thing of its own; one that another version of the site has packed is not there."""
    try:
        return pickle.loads(packed) if packed else None  # noqa: S301  # our own cache, as Django unpacks it
    except UNREADABLE:
        return None


def changed(program_id: int | None) -> None:
    """A service changed what the start pages of a program show alike to everybody: forget it after the commit."""
    if program_id is not None:
        transaction.on_commit(lambda: clear(f"program:{program_id}"), robust=True)


def clear(subject: str) -> None:
    """The subject changed. A cache that is away hears of it once it is back, before anything is taken from it."""
    if now := _visit.get():
        now.forget()
    cache.set_surely(f"edition:{subject}", uuid4().hex)  # type: ignore[attr-defined]  # a ForgivingCache
