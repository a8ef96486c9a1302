"""What a room tells the rest of the site about itself, and the list of all rooms.

Each room has a `room.py` with one `Room`. The roof lists them (`influencer/rooms.py`) and hands the list over when the
site starts; whoever needs something of all rooms asks here, so that no import goes upwards. `influencer.rooms.problems`
says at the start and in `make check` what is missing or told twice.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from celery import Task
from django.db.models import Model, QuerySet, TextChoices
from django.http import Http404
from django.utils.functional import Promise

if TYPE_CHECKING:
    from core.kit.alumni import OpenToAlumni
    from core.kit.calendars import Appointment
    from core.kit.companions import Companion
    from core.kit.handing_over import Charges, Engagements
    from core.kit.kept import Kept
    from core.kit.named_figures import NamedFigure
    from core.kit.newsletter_blocks import NewsletterBlock
    from core.kit.pages_of_people import PartOfPerson, WayToAsk
    from core.kit.records import Did
    from core.kit.references import Reference
    from core.kit.signs import Sign

Label = str | Promise
# The types of people and programs lie above this module: functions say themselves what they take.
OfPersonAndProgram = Callable[[Any, Any], object]


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
    find: Callable[[Any, Any, str, int], Iterable[Hit]]
    order: int


@dataclass(frozen=True)
class Every:
    """Work by the clock: the task is sent once in each period of so many seconds."""

    task: Task[..., Any]
    seconds: int
    label: Label
    keeps_promise: bool = False  # to people: nobody can switch it off


@dataclass(frozen=True)
class FirstStep:
    """What a program manager of a fresh program does first. `look(program)` answers (is it done, where to do it)."""

    label: Label
    text: Label
    look: Callable[[Any], tuple[bool, str]]
    order: int


@dataclass(frozen=True)
class Deed:
    """What a person does in this room, and what thereby finishes a step of the onboarding without being ticked off.
    `rows(program, person)` selects what shows it, by their numbers or by their places in a larger query, so that the
    deeds of one person and of a whole generation are asked in one go. `address` is the page where it is done."""

    label: Label  # as somebody reads it who chooses what finishes a step: "logs a first activity"
    rows: Callable[[Any, Any], "QuerySet[Any]"]
    address: str


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


@dataclass(frozen=True)
class Tile:
    """A part of a start page. `build(user, program, today)` returns what its template shows as `tile`, or nothing."""

    template: str
    roles: frozenset[str]
    build: Callable[[Any, Any, Any], object | None]
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
    reads_comments: bool = True  # whether this person reads what is said about it
    people: Callable[[], Iterable[Any]] = tuple
    opens: Callable[[Any], bool] = lambda attachment: True  # whether this one, where not all are open to all who see it


@dataclass(frozen=True)
class Told:
    """One piece of news as its reader may see it at this moment."""

    title: str  # of what it is about
    url: str
    name: str = ""  # who did it
    person: Mapping[str, Any] | None = None  # for the face beside it: id, name, initials
    program: str = ""
    place: str = ""  # which part of it, e.g. a board: how news of one place are told together


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
    look: Callable[[Any, Sequence[Any]], Mapping[int, Told]]
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
    concerns: Callable[[Any], bool] = lambda person: True  # whether this person ever hears of it
    calendar: Callable[[Any, Any], str] | None = None  # (person, row): the file a mail about it carries, or ""
    # When what it tells of takes place: a mail at once does not wait for the reader's hours until it is late.
    begins: Callable[[Any], Any] | None = None  # of a row: a moment or None
    # Nothing more about this one thing: `hush(person, about, "")` answers what was so before; undo hands that in.
    hush: Callable[[Any, str, str], str] | None = None
    hush_label: Label = ""  # instead of "Mute this topic"


@dataclass(frozen=True)
class Belonging:
    """What of a person hangs on consents. `kept` tells it before it goes, in rows with words; `erase` destroys it."""

    purposes: frozenset[str]  # withdrawing any of them lets it rest, and erases it in the end
    kept: Callable[[Any, Any], Iterable["Kept"]]
    erase: OfPersonAndProgram
    order: int


# Called with the reader, the program and the person (nobody: anybody who knows); nothing where there is no such way.
AsksPerson = Callable[[Any, Any, Any], "WayToAsk | None"]
ShowsOfPerson = Callable[[Any, Any, Any], "PartOfPerson | None"]
# Called with the reader, the program's id and people's ids: the addresses of those who have a page for this reader.
PagesOfPeople = Callable[[Any, int, Set[int]], Mapping[int, str]]


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
    build: Callable[[Any], ChapterTable]
    ability: str = ""  # that this page asks for; without it the reader gets no link


@dataclass(frozen=True)
class Room:
    """Everything a room gives to the pages and jobs that all rooms share."""

    name: str  # its package, e.g. "programs.phases"
    verbs: type[TextChoices] | None = None  # what the journal may say of it
    concerns: Mapping[TextChoices, Label] = field(default_factory=dict)  # by verb: mailed to the council; %(thing)s
    on_concern: Callable[[int, Callable[[], str], Any], object] | None = None  # mails it: program's id, sentence, by
    belongs_to: tuple[str, ...] = ()  # places that its pages mark as current, the first one the person has
    places: tuple[Place, ...] = ()
    tabs: tuple[Tab, ...] = ()
    actions: tuple[Action, ...] = ()
    acts: tuple[Callable[[Any, Any], Iterable[Act]], ...] = ()  # called with person and program
    searches: tuple[Search, ...] = ()
    tiles: tuple[Tile, ...] = ()
    subjects: tuple[Subject, ...] = ()
    first_steps: tuple[FirstStep, ...] = ()
    steps: Mapping[str, Deed] = field(default_factory=dict)  # what finishes a step of the onboarding, by a short name
    companions: tuple[Callable[[Any, Any], "Iterable[Companion]"], ...] = ()  # who goes along, both having agreed
    charges: tuple["Charges", ...] = ()  # what people look after here, and can hand over
    engagements: tuple["Engagements", ...] = ()  # what people do here and others have to arrange anew
    records: tuple[Callable[[Any, Any], "Iterable[Did]"], ...] = ()  # what a person did here, by their own word
    for_alumni: tuple[Callable[[Any, Any], "Iterable[OpenToAlumni]"], ...] = ()  # to who left and stays in touch
    # Whom somebody meets on a page of the onboarding: a name, or nothing; called with the person's and program's id.
    meeting_names: Mapping[str, Callable[[int, int], str]] = field(default_factory=dict)
    running: Callable[[Any], Iterable[Running]] | None = None
    timetable: tuple[Every, ...] = ()
    queue: str = ""  # of its tasks; without one they wait with the rest
    stays_inside: bool = False  # its tasks send and fetch nothing: they go on while a restored database is looked at
    on_restored: tuple[Callable[[], object], ...] = ()  # the database was restored: stop what was on its way
    retention: tuple[Callable[[], int], ...] = ()  # each removes what is kept no longer, and says how many rows
    on_withdrawal: Mapping[str, tuple[OfPersonAndProgram, ...]] = field(default_factory=dict)  # by purpose
    on_pause: tuple[OfPersonAndProgram, ...] = ()  # somebody takes no part for a while
    on_role_end: tuple[OfPersonAndProgram, ...] = ()  # a role in the team was taken away; others may be left
    on_return: tuple[OfPersonAndProgram, ...] = ()  # and takes part again
    on_consent: Mapping[str, tuple[OfPersonAndProgram, ...]] = field(default_factory=dict)  # given or taken back
    belongings: tuple[Belonging, ...] = ()
    on_person_changed: tuple[Callable[[int], object], ...] = ()  # name or language; called with the person's id
    ways_to_ask: tuple[AsksPerson, ...] = ()
    parts_of_person: tuple[ShowsOfPerson, ...] = ()
    pages_of_people: PagesOfPeople | None = None
    told_apart: Callable[[int, Set[int]], Mapping[int, str]] | None = None  # in a program: marks of those of one name
    on_erasure: tuple[Callable[[Any], object], ...] = ()  # called with somebody whose account is about to be erased
    keeps_account: tuple[Callable[[Any], bool], ...] = ()  # of somebody without a role: whether the account stays
    on_figures_changed: tuple[Callable[[int], object], ...] = ()  # called with the program's id
    news: tuple[News, ...] = ()
    silent: Callable[[int, Set[int]], Iterable[int]] | None = None  # of these people, who left or pause: told nothing
    pages_of_dates: Callable[..., Mapping[int, str]] | None = None  # see `core.kit.date_pages`
    appointments: tuple[Callable[[Any, Any], "Iterable[Appointment]"], ...] = ()  # a person's own dates in a program
    diary: tuple[Callable[..., "Iterable[Appointment]"], ...] = ()  # the same between two moments, for a page to draw
    reads_answers: Callable[[int, int | None], str] | None = None  # to a program's mails to a person: an address
    writes_as: Callable[[int], Any] | None = None  # a program's mails: the `core.notify.letters.Sender`
    signs: tuple["Sign", ...] = ()  # what the group does here, as the first 90 days look at it
    # A mail came back: (its Message-ID, hard/soft/complaint, the code) to the address, "" if it is none of this room's.
    on_bounce: Callable[[str, str, str], str] | None = None
    on_address_rests: Callable[[Any, int], object] | None = None  # (person, number): mails to the person are stopped
    withholds: Mapping[str, Callable[[Any], bool]] = field(default_factory=dict)  # by reason: whether a mail stays here
    chapters: tuple[Chapter, ...] = ()
    references: "tuple[Reference, ...]" = ()
    goal_figures: Callable[[Any], "Iterable[NamedFigure]"] | None = None  # called with the program
    newsletter_blocks: "tuple[NewsletterBlock, ...]" = ()
    # What files and comments may hang on: `spots["item"](user, pk)` answers 404 to who may not know of it.
    spots: Mapping[str, Callable[[Any, int], Spot]] = field(default_factory=dict)
    # Whether a person may read a row now, by its table: an export of what they did in it calls it by its words, or not.
    may_read: Mapping[str, Callable[[Any, Any], bool]] = field(default_factory=dict)
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


def spot(kind: str, user: Any, pk: int) -> Spot:
    """The object that files or comments hang on: its room says whether this person may know of it, else 404."""
    for room in _rooms:
        if kind in room.spots:
            return room.spots[kind](user, pk)
    raise Http404


def may_read(user: Any, row: Any) -> bool:
    """Whether this person may read a row now; what no room speaks of may be named as long as it was not deleted."""
    label = row._meta.label
    judges = [room.may_read[label] for room in _rooms if label in room.may_read]
    return all(judge(user, row) for judge in judges) if judges else getattr(row, "deleted_at", None) is None


def is_logged(kind: str) -> bool:
    return not any(kind in room.unlogged_spots for room in _rooms)


def words_of(verb: str) -> str:
    """A verb of the journal in the reader's language."""
    return str(_verbs[verb].label) if verb in _verbs else verb
