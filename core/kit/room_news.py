"""The kinds of news a room can tell of (`Room.news`), and one piece as its reader sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from core.kit.room_parts import Label

if TYPE_CHECKING:
    from core.news.models import Notification
    from core.people.models import User


@dataclass(frozen=True)
class Told:
    """One piece of news as its reader may see it at this moment."""

    title: str  # of what it is about
    url: str
    name: str = ""  # who did it
    person: Mapping[str, Any] | None = None  # for the face beside it: id, name, initials
    program: str = ""
    place: str = ""  # which part of it, e.g. a board: how news of one place are told together
    is_answered: bool = False  # what the news asks for is done: they need the person no more


@dataclass(frozen=True)
class PageInMail:
    """A page that a mail brings along, in its reader's language: as plain text, and as HTML for the mail's sheet."""

    text: str
    html: SafeString


@dataclass(frozen=True)
class News:
    """A kind of news that people are told of, a row of the page on which they choose how.

    What is kept is who, which kind and about what, never words: `look(person, rows)` finds them when they are read, by
    each row's key. A row without an answer is neither shown nor mailed: its object is gone, or not for them any more.
    """

    kind: str  # begins with the room's name, e.g. "forum.answer"
    label: Label  # the row's words, e.g. "Answers to my questions"
    group: Label
    order: int
    sentence: Any  # ngettext_lazy over `count`; one with `name` and `title`, several with `count`, `title`, `place`
    reason: Label  # why a mail about it comes
    look: Callable[[User, Sequence[Notification]], Mapping[int, Told]]
    mail: str = "daily"  # unless the person chose otherwise: now, daily, weekly, never
    note: Label = ""
    button: Label = ""  # of the mail
    says: Callable[[], str] | None = None  # a sentence more in a mail about one
    # Above the button of a mail about one: answers, each with what stands behind the address. They lead to the page
    # with the answer chosen; saying it is a press there.
    answers: tuple[tuple[Label, str], ...] = ()
    icon: str = "bell"
    each: bool = False  # a mail for every one; else the next waits until the person has looked
    asks: bool = False  # needs an answer, so it stands first
    has_own_mail: bool = False  # its mail is a letter of its own and comes always, at once
    concerns: Callable[[User], bool] = lambda person: True  # whether this person ever hears of it
    calendar: Callable[[User, Notification], str] | None = None  # the file a mail about it carries, or ""
    page: Callable[[User, Notification], PageInMail | None] | None = None  # that a mail about it brings along
    # When what it tells of takes place: a mail at once does not wait for the reader's hours until it is late.
    begins: Callable[[Notification], datetime | None] | None = None  # of a row: a moment or None
    # Nothing more about this one thing: `hush(person, about, "")` answers what was so before; undo hands that in.
    hush: Callable[[User, str, str], str] | None = None
    hush_label: Label = ""  # instead of "Mute this topic"
