"""What a room tells the rest of the site about itself, and the list of all rooms.

Each room has a `room.py` with one `Room`. The roof lists them (`influencer/rooms.py`) and hands the list over when the
site starts; whoever needs something of all rooms asks here, so that no import goes upwards. `influencer.rooms.problems`
says at the start and in `make check` what is missing or told twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.http import Http404

from core.kit.room_news import News, PageInMail, Told
from core.kit.room_parts import (
    Act,
    Action,
    Belonging,
    Chapter,
    ChapterTable,
    Deed,
    Every,
    FirstStep,
    Hit,
    Label,
    Place,
    PublicNumber,
    Running,
    Search,
    Spot,
    Subject,
    Tab,
    TakeAlong,
    Tile,
)

if TYPE_CHECKING:
    from core.kit.alumni import OpenToAlumni
    from core.kit.calendars import Appointment
    from core.kit.companions import Companion
    from core.kit.handing_over import Charges, Engagements
    from core.kit.mergers import Merger
    from core.kit.named_figures import NamedFigure
    from core.kit.newsletter_blocks import NewsletterBlock
    from core.kit.pages_of_people import PartOfPerson, WayToAsk
    from core.kit.records import Did
    from core.kit.references import Reference
    from core.kit.signs import Sign
    from core.notify.letters import Sender
    from core.notify.models import OutgoingMail
    from core.people.models import User
    from programs.generations.models import Generation
    from programs.membership.models import Program

    OfPersonAndProgram = Callable[[User, Program], object]
    # Called with the reader, the program and the person (nobody: anybody who knows); nothing: there is no such way.
    AsksPerson = Callable[[User, Program, User | None], WayToAsk | None]
    ShowsOfPerson = Callable[[User, Program, User], PartOfPerson | None]
    # Called with the reader, the program's id and people's ids: the addresses of those who have a page for this reader.
    PagesOfPeople = Callable[[User, int, Set[int]], Mapping[int, str]]

__all__ = [  # the parts, so that a room imports all from here
    "Act", "Action", "Belonging", "Chapter", "ChapterTable", "Deed", "Every", "FirstStep", "Hit", "Label", "News",
    "PageInMail", "Place", "PublicNumber", "Running", "Search", "Spot", "Subject", "Tab", "TakeAlong", "Tile", "Told",
]  # fmt: skip


@dataclass(frozen=True)
class Room:
    """Everything a room gives to the pages and jobs that all rooms share."""

    name: str  # its package, e.g. "programs.phases"
    verbs: type[TextChoices] | None = None  # what the journal may say of it
    concerns: Mapping[TextChoices, Label] = field(
        default_factory=dict
    )  # by verb: mailed to the council; %(thing)s, %(until)s
    on_concern: Callable[[int, Callable[[], str], User | None], object] | None = None  # mails it; called with its id
    belongs_to: tuple[str, ...] = ()  # places that its pages mark as current, the first one the person has
    places: tuple[Place, ...] = ()
    tabs: tuple[Tab, ...] = ()
    actions: tuple[Action, ...] = ()
    acts: tuple[Callable[[User, Program], Iterable[Act]], ...] = ()
    searches: tuple[Search, ...] = ()
    tiles: tuple[Tile, ...] = ()
    subjects: tuple[Subject, ...] = ()
    first_steps: tuple[FirstStep, ...] = ()
    steps: Mapping[str, Deed] = field(default_factory=dict)  # what finishes a step of the onboarding, by a short name
    companions: tuple[Callable[[User, Program], Iterable[Companion]], ...] = ()  # who goes along, both having agreed
    charges: tuple[Charges, ...] = ()  # what people look after here, and can hand over
    engagements: tuple[Engagements, ...] = ()  # what people do here and others have to arrange anew
    records: tuple[Callable[[User, Program], Iterable[Did]], ...] = ()  # what a person did here, by their own word
    take_along: tuple[TakeAlong, ...] = ()  # what somebody can have of this room before they leave, made for them alone
    for_alumni: tuple[Callable[[User, Program], Iterable[OpenToAlumni]], ...] = ()  # to who left and stays in touch
    # Whom somebody meets on a page of the onboarding: a name, or nothing; called with the person's and program's id.
    meeting_names: Mapping[str, Callable[[int, int], str]] = field(default_factory=dict)
    running: Callable[[Program], Iterable[Running]] | None = None
    timetable: tuple[Every, ...] = ()
    queue: str = ""  # of its tasks; without one they wait with the rest
    at_once: tuple[Any, ...] = ()  # those of its tasks that somebody waits for: a worker takes them before all others
    stays_inside: bool = False  # its tasks send and fetch nothing: they go on while a restored database is looked at
    on_restored: tuple[Callable[[], object], ...] = ()  # the database was restored: stop what was on its way
    numbers: tuple[PublicNumber, ...] = ()  # made from people, and let out by the gate
    retention: tuple[Callable[[], int], ...] = ()  # each removes what is kept no longer, and says how many rows
    on_withdrawal: Mapping[str, tuple[OfPersonAndProgram, ...]] = field(default_factory=dict)  # by purpose
    on_pause: tuple[OfPersonAndProgram, ...] = ()  # somebody takes no part for a while
    on_role_end: tuple[OfPersonAndProgram, ...] = ()  # a role in the team was taken away; others may be left
    on_return: tuple[OfPersonAndProgram, ...] = ()  # and takes part again
    on_merger: tuple[Merger, ...] = ()  # a generation becomes part of another one
    # Why an empty generation cannot be deleted, each in a sentence with what to do first.
    keeps_generation: tuple[Callable[[Generation], Iterable[Label]], ...] = ()
    on_consent: Mapping[str, tuple[OfPersonAndProgram, ...]] = field(default_factory=dict)  # given or taken back
    belongings: tuple[Belonging, ...] = ()
    on_person_changed: tuple[Callable[[int], object], ...] = ()  # name or language; called with the person's id
    ways_to_ask: tuple[AsksPerson, ...] = ()
    parts_of_person: tuple[ShowsOfPerson, ...] = ()
    pages_of_people: PagesOfPeople | None = None
    told_apart: Callable[[int, Set[int]], Mapping[int, str]] | None = None  # in a program: marks of those of one name
    on_erasure: tuple[Callable[[User], object], ...] = ()  # called with somebody whose account is about to be erased
    keeps_account: tuple[Callable[[User], bool], ...] = ()  # of somebody without a role: whether the account stays
    # Called with a person's and the program's id, and links: what the person called them. For that person's eyes only.
    titles_of_links: Callable[[int, int, Set[str]], Mapping[str, str]] | None = None
    on_figures_changed: tuple[Callable[[int], object], ...] = ()  # called with the program's id
    news: tuple[News, ...] = ()
    silent: Callable[[int, Set[int]], Iterable[int]] | None = None  # of these people, who left or pause: told nothing
    # See `core.kit.date_pages`.
    pages_of_dates: Callable[[User | None, Program, Sequence[int]], Mapping[int, str]] | None = None
    appointments: tuple[Callable[[User, Program], Iterable[Appointment]], ...] = ()  # a person's own dates in a program
    # The same between two moments, for a page to draw.
    diary: tuple[Callable[[User, Program, datetime, datetime], Iterable[Appointment]], ...] = ()
    reads_answers: Callable[[int, int | None], str] | None = None  # to a program's mails to a person: an address
    writes_as: Callable[[int], Sender | None] | None = None  # a program's mails
    signs: tuple[Sign, ...] = ()  # what the group does here, as the first 90 days look at it
    # A mail came back: (its Message-ID, hard/soft/complaint, the code) to the address, "" if it is none of this room's.
    on_bounce: Callable[[str, str, str], str] | None = None
    # Somebody at an address complained about a mail that cannot be told: whether something they get regularly ended.
    on_complaint: Callable[[str], bool] | None = None
    on_address_rests: Callable[[User, int], object] | None = None  # (person, number): mails to the person are stopped
    withholds: Mapping[str, Callable[[OutgoingMail], bool]] = field(default_factory=dict)  # by reason: it stays here
    chapters: tuple[Chapter, ...] = ()
    references: tuple[Reference, ...] = ()
    goal_figures: Callable[[Program], Iterable[NamedFigure]] | None = None
    newsletter_blocks: tuple[NewsletterBlock, ...] = ()
    # What files and comments may hang on: `spots["item"](user, pk)` answers 404 to who may not know of it.
    spots: Mapping[str, Callable[[User, int], Spot]] = field(default_factory=dict)
    # Whether a person may read a row now, by its table: an export of what they did in it calls it by its words, or not.
    may_read: Mapping[str, Callable[[User, Any], bool]] = field(default_factory=dict)
    unlogged_spots: tuple[str, ...] = ()  # of them, where people act for themselves: the log says nothing of who did


_rooms: tuple[Room, ...] = ()
_verbs: dict[str, TextChoices] = {}


def use(rooms: tuple[Room, ...]) -> None:
    """Called once, when the site starts."""
    global _rooms, _verbs  # the one list of the process
    _rooms, _verbs = rooms, {verb.value: verb for room in rooms if room.verbs is not None for verb in room.verbs}


@contextmanager
def using(*rooms: Room) -> Iterator[None]:
    """For tests: other rooms for a while."""
    before = _rooms
    use(rooms)
    try:
        yield
    finally:
        use(before)


def every() -> tuple[Room, ...]:
    return _rooms


def named(module: str) -> Room | None:
    """The room that a module such as `programs.phases.views` lies in."""
    return next((each for each in _rooms if module == each.name or module.startswith(f"{each.name}.")), None)


def spot(kind: str, user: User, pk: int) -> Spot:
    """The object that files or comments hang on: its room says whether this person may know of it, else 404."""
    for room in _rooms:
        if kind in room.spots:
            return room.spots[kind](user, pk)
    raise Http404


def may_read(user: User, row: Any) -> bool:
    """Whether this person may read a row now; what no room speaks of may be named as long as it was not deleted."""
    label = row._meta.label
    judges = [room.may_read[label] for room in _rooms if label in room.may_read]
    return all(judge(user, row) for judge in judges) if judges else getattr(row, "deleted_at", None) is None


def is_logged(kind: str) -> bool:
    return not any(kind in room.unlogged_spots for room in _rooms)


def words_of(verb: str) -> str:
    """A verb of the journal in the reader's language."""
    return str(_verbs[verb].label) if verb in _verbs else verb
