"""What rooms put into newsletters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from core.kit.room_parts import Label

if TYPE_CHECKING:
    from programs.membership.models import Program


@dataclass(frozen=True)
class Picture:
    """A picture in a mail: its whole address, and in words what it shows, for who does not see it."""

    address: str
    words: str
    width: int
    height: int


@dataclass(frozen=True)
class Voice:
    """What one person said and can take back: it stands apart from the rest of an issue, also after that went out."""

    key: str  # "kudos-17", one of its own on the whole site
    text: str
    who: str


@dataclass(frozen=True)
class BlockRow:
    """A line of a table. `path`: of the page where the reader goes on. `ways`: answers in words, each with the path of
    a page where one press gives it; opening that page changes nothing, for mail scanners open every link."""

    label: str
    text: str
    path: str = ""
    ways: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class NewsletterBlock:
    """What a line `[[name]]` of a newsletter becomes. `fill(program, language, on)` gives sentences, or rows of
    (label, text), or `BlockRow`s, or a `Picture`, or a `Voice`. It reaches everybody who subscribed, so nothing is in
    it that only some may see, unless it `needs` an ability. One of several to choose from is `[[name-17]]`:
    `choices(program)` gives their numbers and names, `fill_one` takes it. `stands_alone`: the name without a number
    is one of the choices too."""

    name: str
    label: Label  # in the writer's menu
    text: Label  # what it shows
    fill: Callable[[Program, str, date], Iterable[Any]]
    choices: Callable[[Program], Iterable[tuple[int, str]]] | None = None
    fill_one: Callable[[Program, str, date, int], Iterable[Any]] | None = None
    stands_alone: bool = False
    icon: str = "puzzle"
    needs: str = ""  # the ability of its readers: an issue with it goes only to roles and generations that have it
