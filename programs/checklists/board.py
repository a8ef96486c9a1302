"""The items as a board: a column per state, and each card can be moved by dragging, with keys and with its buttons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, F, Q
from django.utils.text import capfirst

from core.kit.compiled import Blank, Compiled
from core.kit.languages import in_language
from core.kit.rooms import Label
from core.lists.listing import Listing
from core.people.models import name_shown
from programs.checklists import access, rows
from programs.checklists.models import Item, ItemState
from programs.membership.access import Ability, can
from programs.membership.models import Program
from programs.phases.models import Phase, PhaseState

if TYPE_CHECKING:
    from core.people.models import User

MOST_CARDS = 60  # in a column; the list has them all
#: Bare values: an object for each item, its phase and its owner takes longer than drawing the cards.
OF_A_CARD = ("pk", "title", "state", "phase_id", "owner__user_id", "owner__user__name", "due_on", "closed_at", "reason")
PLACE = ("phase__position", "position")


class Kept(NamedTuple):
    """An item as the question for cards has it."""

    pk: int
    texts: dict[str, str]
    state: str
    phase: int
    owner: int | None
    owner_name: str | None
    due_on: date | None
    closed_at: datetime | None
    reason: str
    phase_place: int
    place: int

    @property
    def order(self) -> tuple[Any, ...]:
        """What is open by its date, what is closed with the newest first; without a day at the end."""
        day = self.due_on if self.is_open else self.closed_at
        since = 0.0 if day is None else day.toordinal() if self.is_open else -self.closed_at.timestamp()  # type: ignore[union-attr]
        return day is None, since, self.phase_place, self.place, self.pk

    @property
    def is_open(self) -> bool:
        return self.state == ItemState.OPEN


@dataclass(frozen=True)
class LaneCard:
    """An item as its card shows it. Without `tick_url` it is only read."""

    pk: int
    title: str
    state: str
    url: str
    phase: str
    owner: str
    due: str
    late: bool
    reason: str
    tick_url: str = ""
    na_url: str = ""


@dataclass(frozen=True)
class Lane:
    """A column: its state, its cards, and how many more only the list shows."""

    state: str
    label: Label
    cards: list[LaneCard]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


def lanes(
    user: "User", program: Program, listing: Listing, phases: Sequence[Phase], *, on: date
) -> tuple[list[Lane], int]:
    """What is open by its date, what is closed with the newest first; and how many items there are in all."""
    known = {} if listing.is_filtered else {"program": program.pk}
    counts = COUNTS.rows(**known) if known else list(_counted(listing.rows))
    titles = {phase.pk: phase.title for phase in phases}
    manages = can(user, Ability.MANAGE_PROGRAM, program)

    def card(kept: Kept) -> LaneCard:
        works, tick = (
            access.can_work_on_one_of(user, program, kept.owner),
            "item_tick" if kept.is_open else "item_untick",
        )
        late = works and kept.is_open and kept.due_on is not None and kept.due_on < on
        return LaneCard(
            pk=kept.pk,
            title=in_language(kept.texts),
            state=kept.state,
            url=rows.address("item_detail", program.slug, kept.pk),
            phase=titles[kept.phase],
            owner=name_shown(kept.owner_name or "") if kept.owner else "",
            due=rows.due_words(kept, on, is_late=late),
            late=late,
            reason=kept.reason,
            tick_url=rows.address(tick, program.slug, kept.pk) if works else "",
            na_url=rows.address("item_na", program.slug, kept.pk) if works and manages else "",
        )

    kept = [Kept(*row) for row in (FIRST.rows(**known) if known else _all_cards(listing.rows))]
    found = [
        Lane(
            state,
            capfirst(label),
            [card(each) for each in sorted((row for row in kept if row.state == state), key=lambda row: row.order)],
            sum(going if state == ItemState.OPEN else every for of, every, going in counts if of == state),
        )
        for state, label in ItemState.choices
    ]
    return found, sum(every for _state, every, _going in counts)


def _all_cards(items: Any) -> Any:
    """The first ones of every state, in one question; in no order."""
    first, *others = (_cards(items, state) for state in ItemState.values)
    return first.union(*others, all=True)


def _cards(items: Any, state: str) -> Any:
    is_open = state == ItemState.OPEN
    found = items.open() if is_open else items.filter(state=state)
    first = F("due_on").asc(nulls_last=True) if is_open else F("closed_at").desc(nulls_last=True)
    ordered = found.select_related(None).order_by(first, "phase__position", "position", "pk")
    return ordered.values_list(*OF_A_CARD, *PLACE)[:MOST_CARDS]


def _counted(items: Any) -> Any:
    """By state: all, and those whose phase is not skipped."""
    going = Count("pk", filter=~Q(phase__state=PhaseState.SKIPPED))
    return items.select_related(None).order_by().values_list("state").annotate(every=Count("pk"), going=going)


def _all() -> Any:
    return Item.objects.filter(program=Blank("program")).present()


COUNTS = Compiled(lambda: _counted(_all()))
FIRST = Compiled(lambda: _all_cards(_all()))
