"""What every network is asked for, and how its answers are read. Pure but for the asking, which is handed in.

A network module knows addresses and names of fields. What came is never trusted: a figure that is none, a post without
a date or of somebody else is left out and counted, so that the page can say so.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html import unescape
from typing import Any, Protocol

from django.utils.html import strip_tags

LARGEST = 2**53  # what JSON carries exactly
LONGEST_TITLE = 300
LONGEST_ID = 200

JSON = ("application/json",)

Ask = Callable[[str], Any]  # an address of the network -> what `read` made of its answer; raises `Trouble`


class Trouble(Exception):
    """Why a network gave no figures: `gone`, `refused`, `busy`, `silent`, `odd`, `ended` (the permission), `denied`
    (something the permission lacks), `too_old` (our version of its interface), or a code of `core.kit.fetch`."""

    def __init__(self, code: str, *, pause_seconds: int | None = None, is_for_all: bool = True) -> None:
        super().__init__(code)
        self.code = code
        self.pause_seconds = pause_seconds
        self.is_for_all = is_for_all  # `busy`: the limit of this site, or only of the account that was asked about


@dataclass(frozen=True)
class Handle:
    """An account as somebody writes it: on which server, under which name."""

    network: str
    host: str
    handle: str


@dataclass(frozen=True)
class Profile:
    """An account as its network knows it. The number stays when the name changes."""

    number: str
    handle: str
    name: str
    url: str
    followers: int | None
    network: str = ""  # where that shows only in the answer


@dataclass(frozen=True)
class Tally:
    """A post and what it has been given since it was published."""

    number: str
    url: str
    published_at: datetime
    title: str
    figures: Mapping[str, int]  # by the store's names of metrics
    scheme: str = ""  # where a network knows its posts by several kinds of numbers


@dataclass(frozen=True)
class DayFigure:
    """What an account had on a day."""

    metric: str
    on: date
    value: int


@dataclass(frozen=True)
class KnownPost:
    """A post that the store knows already, for networks that do not list what somebody posted."""

    scheme: str
    number: str
    url: str
    published_at: datetime
    title: str


@dataclass
class Told:
    """What a network told of an account at one look."""

    profile: Profile
    posts: list[Tally] = field(default_factory=list)
    left_out: int = 0  # posts or figures that could not be read
    is_whole: bool = True  # whether everything since the day asked for is there
    days: list[DayFigure] = field(default_factory=list)
    segment: str = ""  # `organic` where the network leaves out what was paid for
    older_from: str = ""  # where its list of posts goes on, when the pages were over before the day asked for


class Answer(Protocol):
    """What came back (`core.kit.fetch.Fetched`)."""

    @property
    def url(self) -> str: ...
    @property
    def status(self) -> int: ...
    @property
    def content_type(self) -> str: ...
    @property
    def body(self) -> bytes: ...


class NetworkSource(Protocol):
    scheme: str  # by which the store knows the numbers of its posts
    seconds_between: float  # two requests to one of its servers, by all workers together

    @property
    def types(self) -> Sequence[str]:
        """Content types that make sense."""

    def is_ready(self) -> bool:
        """Whether the operator gave what it needs."""

    def headers(self, access: str) -> Mapping[str, str]:
        """What goes along with every request, such as the operator's key, or what its owner let the site read with."""

    def read(self, answer: Answer) -> Any:
        """What a good answer says. Raises `Trouble`."""

    def trouble(self, answer: Answer) -> Trouble | None:
        """What an answer means that says no, where this network means something of its own by it."""

    def place(self, said: str) -> Handle | None:
        """The account that somebody typed or pasted, or nothing when it is none of this network."""

    def find(self, place: Handle, ask: Ask) -> Profile:
        """The account as the network knows it."""

    def tell(self, host: str, number: str, ask: Ask, *, since: datetime, pages: int, start: str = "") -> Told:
        """Followers, and the posts since then, in at most so many pages; from where an earlier answer ended."""

    def of_known(self, number: str, ask: Ask, known: Sequence[KnownPost]) -> list[Tally]:
        """Figures of posts that are known from elsewhere, where the network lists none itself."""

    def of_owner(self, number: str, ask: Ask, told: Told, *, since: datetime) -> None:
        """What only the owner's permission shows as well, added to what everybody is told."""


def read_json(answer: Answer) -> Any:
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        raise Trouble("odd") from None


def nothing_needed() -> bool:
    return True


def no_headers(_access: str) -> dict[str, str]:
    return {}


def lists_its_posts(_number: str, _ask: Ask, _known: Sequence[KnownPost]) -> list[Tally]:
    return []


def shows_no_more(_number: str, _ask: Ask, _told: Told, *, since: datetime) -> None:
    """The same is told to everybody, or nothing is."""


def usual_trouble(_answer: Answer) -> Trouble | None:
    return None


def count(value: object) -> int | None:
    """A number of times: whole, not negative, not absurd."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < LARGEST:
        return None
    return value


def moment(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return found if 1990 <= found.year < 2200 else None


def words(value: object, most: int = LONGEST_TITLE) -> str:
    """The text of a post without its markup, on one line."""
    text = unescape(strip_tags(value.replace("<br", " <br").replace("</p>", " </p>"))) if isinstance(value, str) else ""
    return " ".join(text.replace("\x00", "").split())[:most]


def text(value: object, most: int = LONGEST_ID) -> str:
    return value.replace("\x00", "").strip()[:most] if isinstance(value, str) else ""


def part(value: object, *names: str) -> Any:
    """What lies so deep in an answer, or nothing."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def added(*values: object) -> int | None:
    """The sum of what is told; nothing when none of it is."""
    known = [number for number in map(count, values) if number is not None]
    return sum(known) if known else None


def known(figures: Iterable[tuple[str, int | None]]) -> dict[str, int]:
    return {metric: value for metric, value in figures if value is not None}
