"""A checklist as it is shown: what is late first, then what is open, then what is closed, the latest first."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _

from core.kit import cldr
from core.kit.templatetags.ui import day as as_day
from programs.checklists import access, own_fields, things
from programs.checklists.models import Evidence, Item, ItemState
from programs.membership.models import Program
from programs.phases.models import Phase

if TYPE_CHECKING:
    from core.people.models import User

ICONS = {
    Evidence.Kind.NOTE: "note",
    Evidence.Kind.LINK: "link",
    Evidence.Kind.FILE: "paperclip",
    Evidence.Kind.THING: "file-text",
}
SHORT = 70
HALF_A_YEAR = 180  # days; further away the year is said as well


@dataclass
class Proof:
    """One piece of evidence on a row."""

    icon: str
    label: str
    url: str = ""
    is_gone: bool = False  # what it points at is no longer there


@dataclass
class Row:
    """What `ui/_checklist_item.html` shows."""

    pk: int
    title: str
    state: str
    url: str
    owner: dict[str, Any] | None
    due: str
    late: bool
    tick_url: str = ""
    note: str = ""
    meta: str = ""
    evidence: list[Proof] = field(default_factory=list)
    item: Any = None
    cell_urls: dict[str, str] = field(default_factory=dict)  # for who may change who, when and how far
    is_today: bool = False
    own: list[tuple[Any, str]] = field(default_factory=list)  # own fields that are columns, in words

    def __str__(self) -> str:
        return self.title

    @property
    def own_cells(self) -> Iterator[tuple[Any, str, str]]:
        """Own fields with what stands in them, and where who works on the item changes it."""
        for each, words in self.own:
            yield each, words, f"{self.url}own/{each.key}/" if self.tick_url else ""

    @property
    def state_words(self) -> str:
        return str(self.item.get_state_display())


@dataclass
class Board:
    """One phase's checklist."""

    phase: Phase
    todo: list[Row]
    done: list[Row]
    na: list[Row]


def boards(phases: Iterable[Phase], items: Iterable[Item], user: "User", program: Program, *, on: date) -> list[Board]:
    items = list(items)
    found = things.looked_up(user, program, (each for item in items for each in getattr(item, "proofs", [])))
    by_phase: dict[int, list[Item]] = {}
    for item in items:
        by_phase.setdefault(item.phase_id, []).append(item)
    return [_board(phase, by_phase.get(phase.pk, []), user, program, on, found) for phase in phases]


def _board(
    phase: Phase, items: list[Item], user: "User", program: Program, on: date, things_found: things.FoundThings
) -> Board:
    items = sorted(items, key=lambda item: (not item.is_overdue(on=on), item.position, item.pk))
    found: dict[str, list[Row]] = {state: [] for state in ItemState.values}
    for item in items:
        found[item.state].append(row(item, user, program, on=on, found=things_found))
    found[ItemState.DONE].sort(key=lambda row: str(row.item.closed_at or ""), reverse=True)
    return Board(phase, found[ItemState.OPEN], found[ItemState.DONE], found[ItemState.NOT_APPLICABLE])


def row(
    item: Item,
    user: "User",
    program: Program,
    *,
    on: date,
    with_phase: bool = False,
    manages: bool = False,
    here: Set[int] | None = None,
    own: Sequence[Any] = (),
    found: things.FoundThings | None = None,
) -> Row:
    """People who may work on an item get its tick box, its evidence and its delay; everybody else reads. `here`: who
    is in the team, so that the row says of an owner who is not."""
    may_work = access.can_work_on(user, program, item)
    is_late = may_work and item.is_overdue(on=on)
    verb = "item_tick" if item.is_open else "item_untick"
    is_na = item.state == ItemState.NOT_APPLICABLE
    return Row(
        pk=item.pk,
        title=item.title,
        state=item.state,
        url=address("item_detail", program.slug, item.pk),
        owner=_person(item, here),
        due=due_words(item, on, is_late=is_late),
        late=is_late,
        tick_url=address(verb, program.slug, item.pk) if may_work else "",
        note=_("Not applicable.") if is_na else "",
        meta=item.reason if is_na else item.phase.title if with_phase else "",
        evidence=[_brief(each, program, found or {}) for each in getattr(item, "proofs", [])] if may_work else [],
        item=item,
        cell_urls=_cell_urls(item, program) if manages else {},
        is_today=item.is_open and item.due_on == on,
        own=own_fields.shown_of(item, own),
    )


def address(name: str, slug: str, pk: int, *more: str) -> str:
    before, after = _around(name, slug, *more)
    return f"{before}/{pk}/{after}"


@lru_cache(1000)
def _around(name: str, slug: str, *more: str) -> tuple[str, str]:
    """What stands before and after an item's number: the hundreds of addresses of a timeline differ in nothing else."""
    before, _number, after = reverse(f"programs:{name}", args=[slug, 0, *more]).rpartition("/0/")
    return before, after


def _cell_urls(item: Item, program: Program) -> dict[str, str]:
    return {name: address("item_cell", program.slug, item.pk, name) for name in ("owner", "due", "state")}


def _brief(evidence: Evidence, program: Program, found: things.FoundThings) -> Proof:
    """In a list of many items a thing has its former title, for who may see it, and leads to the item."""
    if evidence.kind != Evidence.Kind.THING:
        return proof(evidence, program, found)
    _icon, words, url = found.get(evidence.thing, ("", evidence.text, ""))
    item = reverse("programs:item_detail", args=[program.slug, evidence.item_id])
    return Proof(ICONS[Evidence.Kind.THING], _short(evidence.text if url else words), f"{item}#h-evidence")


def proof(evidence: Evidence, program: Program, found: things.FoundThings) -> Proof:
    """`found`: what the things are called now."""
    if evidence.kind == Evidence.Kind.THING:
        if evidence.thing in found:
            return Proof(*found[evidence.thing])
        return Proof(ICONS[Evidence.Kind.THING], evidence.text, is_gone=True)
    if evidence.kind == Evidence.Kind.FILE:
        url = reverse("programs:evidence_file", args=[program.slug, evidence.pk])
        return Proof(ICONS[Evidence.Kind.FILE], evidence.text, url)
    if evidence.kind == Evidence.Kind.LINK:
        parts = urlsplit(evidence.text)
        return Proof(ICONS[Evidence.Kind.LINK], _short(parts.netloc + parts.path.rstrip("/")), evidence.text)
    return Proof(ICONS[Evidence.Kind.NOTE], _short(evidence.text))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1].rstrip() + "…"


def _person(item: Item, here: Set[int] | None = None) -> dict[str, Any] | None:
    if item.owner is None:
        return None
    user = item.owner.user
    gone = here is not None and user.pk not in here
    return {"name": str(user), "initials": user.initials, "id": user.pk, "gone": gone}


class Dated(Protocol):
    @property
    def is_open(self) -> bool: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def closed_at(self) -> datetime | None: ...


def due_words(item: Dated, on: date, *, is_late: bool) -> str:
    """When it is due, since when it has been, or when it was closed. A delay is said to who can end it."""
    if not item.is_open:
        return as_day(item.closed_at) if item.closed_at else ""
    if item.due_on is None:
        return ""
    if item.due_on == on:
        return _("today")
    is_near = abs((item.due_on - on).days) < HALF_A_YEAR
    if not is_late:
        return as_day(item.due_on, "weekday" if is_near else "short")
    return _("since %(day)s") % {"day": cldr.written(item.due_on, "near" if is_near else "far")}
