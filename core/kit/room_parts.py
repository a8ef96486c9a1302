"""What a room can hand in: the parts of a `Room` that pages, search, log and newsletter are made of.

Person and program have their types here, though these lie above this module: only the type checker reads them, so that
a room which takes them the other way round does not pass `make check`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from celery import Task
from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from core.kit.compiled import Compiled, OneOf

if TYPE_CHECKING:
    from core.attachments.models import Attachment
    from core.kit.kept import Kept
    from core.people.models import User
    from programs.membership.models import Program

Label = str | Promise


@dataclass(frozen=True)
class Place:
    """An entry of the navigation. `address` is the name of a page that takes the program's slug."""

    key: str
    label: Label
    icon: str
    address: str
    ability: str
    order: int
    short_label: Label = ""  # under an icon on the phone
    not_on_phone_with: str = ""  # a place that stands for this one where room is scarce
    on_home_of: str = ""  # the role whose start page holds it, so that it needs no place of its own there


@dataclass(frozen=True)
class Tab:
    """A page beside others at the same place, e.g. the timeline beside the checklists."""

    place: str
    label: Label
    address: str
    ability: str
    order: int


@dataclass(frozen=True)
class Action:
    """Something one can go to or begin from the search: the page's name, and other words people type for it."""

    label: Label
    address: str
    ability: str
    order: int = 50
    synonyms: Label = ""
    icon: str = "arrow-right"


@dataclass(frozen=True)
class Act:
    """Something the search offers for what there is now, e.g. to invite into the generation that is open. It leads to
    `url`, or is sent there (`post`), or a script of the page does it (`press`)."""

    label: Label
    url: str = ""
    order: int = 50
    synonyms: Label = ""
    icon: str = "arrow-right"
    post: tuple[tuple[str, str], ...] | None = None  # what is sent
    press: str = ""
    only_when_asked: bool = False  # not among what is shown before anything is typed


@dataclass(frozen=True)
class Hit:
    title: str
    url: str
    meta: str = ""


@dataclass(frozen=True)
class Search:
    """`find(user, program, words, most)` returns hits that this person may see."""

    label: Label
    find: Callable[[User, Program, str, int], Iterable[Hit]]
    order: int


@dataclass(frozen=True)
class Every:
    """Work by the clock: the task is sent once in each period of so many seconds."""

    task: Task[..., Any]
    seconds: int
    label: Label
    keeps_promise: bool = False  # to people: nobody can switch it off
    queue: str = ""  # where it waits, when not where the room's other work does


@dataclass(frozen=True)
class FirstStep:
    """What a program manager of a fresh program does first. `look(program)` answers (is it done, where to do it)."""

    label: Label
    text: Label
    look: Callable[[Program], tuple[bool, str]]
    order: int


class DeedRows(Protocol):
    """Called by name: where a number or a place in a larger query stands for a person, their types tell nothing."""

    def __call__(self, *, program: Any, person: Any) -> QuerySet[Any]: ...


@dataclass(frozen=True)
class Deed:
    """What a person does in this room, and what thereby finishes a step of the onboarding without being ticked off.
    `rows(program, person)` selects what shows it, by their numbers or by their places in a larger query, so that the
    deeds of one person and of a whole generation are asked in one go. `address` is the page where it is done."""

    label: Label  # as somebody reads it who chooses what finishes a step: "logs a first activity"
    rows: DeedRows
    address: str
    counts_as: str = ""  # another deed, of whatever room, that this one is as well
    needs_a_date: bool = False  # nobody can do it before the program has set a day for it


@dataclass(frozen=True)
class Running:
    """Long work under way, as the start page shows it."""

    name: str
    text: str
    url: str
    done: int
    total: int
    at_work: bool = True

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total


@dataclass(frozen=True)
class Subject:
    """A kind of thing the log can name and lead to. Things that stand for a participant are not among them."""

    model: type[Model]
    label: Label
    address: str = ""  # of its page; without one the log has no link
    title: Callable[[Any], str] = str
    place: Callable[[Any], tuple[Any, ...]] = lambda row: (row.pk,)  # what the address takes after the program
    related: tuple[str, ...] = ()  # what its title is read from, fetched along
    reads: tuple[str, ...] = ()  # all that title and place are made from, where a row holds much besides

    def rows(self, keys: Iterable[int], manager: Any) -> list[Any]:
        """Things of this kind by their keys, with what naming them takes."""
        if manager not in self._questions:
            self._questions[manager] = Compiled(lambda: self._named(manager))
        return self._questions[manager].rows(keys=list(keys))

    @cached_property
    def _questions(self) -> dict[Any, Compiled[Any]]:
        """By manager."""
        return {}

    def _named(self, manager: Any) -> QuerySet[Any]:
        found: QuerySet[Any] = manager.filter(OneOf("pk", "keys")).order_by()
        if self.related:
            found = found.select_related(*self.related)
        return found.only(*self.reads) if self.reads else found


@dataclass(frozen=True)
class Tile:
    """A part of a start page. `build(user, program, today)` returns what its template shows as `tile`, or nothing."""

    template: str
    roles: frozenset[str]
    build: Callable[[User, Program, date], object | None]
    order: int
    is_wide: bool = False  # stands first, in the middle of the page, where that page has room for it


@dataclass(frozen=True)
class Spot:
    """One object on which files or comments hang, as one person may treat it. `people` are whom one may name here."""

    program_id: int
    title: str
    url: str
    may_write: bool
    may_moderate: bool = False  # take away what others wrote
    reads_comments: bool = False  # whether this person reads what is said about it; on most things nothing is
    people: Callable[[], Iterable[User]] = tuple
    # Whether this one, where not all are open to all who see it.
    opens: Callable[[Attachment], bool] = lambda attachment: True


@dataclass(frozen=True)
class Belonging:
    """What of a person hangs on consents. `kept` tells it before it goes, in rows with words; `erase` destroys it."""

    purposes: frozenset[str]  # withdrawing any of them lets it rest, and erases it in the end
    kept: Callable[[User, Program], Iterable[Kept]]
    erase: Callable[[User, Program], object]
    order: int


@dataclass(frozen=True)
class TakeAlong:
    """A file with what somebody built up here. `address` is the name of a page that takes the program's slug; it also
    answers to who has left, as long as anything of it is there."""

    label: Label
    text: Label
    address: str


@dataclass(frozen=True)
class ChapterTable:
    """What a part of the handbook says at this moment. Every number of people in it has passed the gate."""

    header: Sequence[Label]
    rows: Sequence[Sequence[str]]
    note: Label = ""


@dataclass(frozen=True)
class Chapter:
    """A part of the program's handbook that writes itself: `build(program)` makes it from what the room knows."""

    key: str
    label: Label
    address: str  # of the page where all of it stands; it takes the program's slug
    build: Callable[[Program], ChapterTable]
    ability: str = ""  # that this page asks for; without it the reader gets no link


@dataclass(frozen=True)
class PublicNumber:
    """A number made from people that others than these read. `made_in` is the file of the room and the function or
    class that hands the count to the gate, `gate` the call that lets it out: people, named, guarded, progress of
    `core.disclosure.gate`, or `steadily`. A test compares it with the code, both ways."""

    name: str  # for who reads the code: what is counted
    made_in: str  # "queries.agreed"
    gate: str
    shown_on: tuple[str, ...]  # addresses of pages, files and mails that say it
