"""The items as a board: a column per state, and each card can be moved by dragging, with keys and with its buttons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet
from django.utils.text import capfirst

from core.kit.rooms import Label
from programs.checklists import queries, rows
from programs.checklists.models import Item, ItemState
from programs.checklists.rows import Row
from programs.membership.access import Ability, can
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MOST_CARDS = 60  # in a column; the list has them all


@dataclass(frozen=True)
class Lane:
    """A column: its state, its cards, and how many more only the list shows."""

    state: str
    label: Label
    cards: list[Row]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


def lanes(user: "User", program: Program, items: QuerySet[Item], *, on: date) -> Iterable[Lane]:
    """What is open by its date, what is closed with the newest first."""
    manages = can(user, Ability.MANAGE_PROGRAM, program)
    here = {row.user_id for row in queries.possible_owners(program)} if manages else None
    for state, label in ItemState.choices:
        found: Any = items.open() if state == ItemState.OPEN else items.filter(state=state)  # type: ignore[attr-defined]
        order = (
            [F("due_on").asc(nulls_last=True)] if state == ItemState.OPEN else [F("closed_at").desc(nulls_last=True)]
        )
        shown = found.order_by(*order, "phase__position", "position", "pk")[:MOST_CARDS]
        cards = [rows.row(item, user, program, on=on, manages=manages, here=here) for item in shown]
        yield Lane(state, capfirst(label), cards, found.order_by().count())
