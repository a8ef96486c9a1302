"""What somebody looks after in a program, and handing it over: by choice, to people who can have it, and undone with
one press. Nothing of it is asked of who leaves; what stays behind is shown to the management as without an owner."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.kit import rooms
from core.kit.forms import Form
from core.kit.handing_over import Charge, Charges, Engagements
from programs.membership.models import Membership, Program
from programs.membership.news import no_longer_handed_over, tell_handed_over

if TYPE_CHECKING:
    from core.people.models import User

MOST_IN_CARE = 100  # of each kind on the page


@dataclass(frozen=True)
class InCare:
    """One kind with what somebody has of it, and who could have it instead."""

    of: Charges
    rows: list[Charge]
    takers: list[Membership]
    more: int = 0  # beyond what the page shows at once


def held_by(user: "User", program: Program) -> list[InCare]:
    """Kinds of which somebody has none are left out. In an archived program nobody takes anything."""
    if program.archived_at is not None:
        return []
    found = []
    for charges in _kinds():
        if rows := list(charges.of(user, program)):
            takers = [each for each in charges.takers(program).select_related("user") if each.user_id != user.pk]
            found.append(InCare(charges, rows[:MOST_IN_CARE], takers, max(0, len(rows) - MOST_IN_CARE)))
    return found


@dataclass(frozen=True)
class Ahead:
    """One kind of what somebody does here and nobody gets by a choice, with what lies ahead of it."""

    of: Engagements
    rows: list[Charge]


def ahead_of(user: "User", program: Program) -> list[Ahead]:
    """What of somebody's is to be arranged anew before they go, on pages of its own."""
    if program.archived_at is not None:
        return []
    kinds = [kind for room in rooms.every() for kind in room.engagements]
    found = [Ahead(kind, list(islice(kind.of(user, program), MOST_IN_CARE))) for kind in kinds]
    return [each for each in found if each.rows]


def how_many(user: "User", program: Program) -> int:
    return sum(len(list(charges.of(user, program))) for charges in _kinds()) if program.archived_at is None else 0


def has_anything(user: "User", program: Program) -> bool:
    return bool(how_many(user, program) or ahead_of(user, program))


class HandOverForm(Form):
    """For each thing, and for all of a kind, who has it from now on. Nothing chosen: it stays where it is."""

    def __init__(self, *args: Any, held: list[InCare], **more: Any) -> None:
        super().__init__(*args, **more)
        self.held = held
        for each in held:
            choices = [
                ("", str(_("keep"))),
                *((str(row.pk), f"{row.user} ({row.get_role_display()})") for row in each.takers),
            ]
            names = [(_all_of(each), str(each.of.label)), *((_name(each, row), row.title) for row in each.rows)]
            for name, label in names:
                self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)

    def groups(self) -> Iterator[tuple[InCare, forms.BoundField, list[tuple[Charge, forms.BoundField]]]]:
        for each in self.held:
            yield each, self[_all_of(each)], [(row, self[_name(each, row)]) for row in each.rows]

    def wanted(self) -> Iterator[tuple[Charges, int, Membership]]:
        """One's own choice for a thing counts before the choice for all of its kind."""
        for each in self.held:
            takers = {str(row.pk): row for row in each.takers}
            for row in each.rows:
                chosen = self.cleaned_data[_name(each, row)] or self.cleaned_data[_all_of(each)]
                if chosen:
                    yield each.of, row.pk, takers[chosen]


@transaction.atomic
def hand_over(
    program: Program, wanted: Iterable[tuple[Charges, int, Membership]], *, by: "User"
) -> tuple[str, list[tuple[str, int, int]]]:
    """What is still this person's goes to whom they chose, and those people are told. Returns the occasion and what
    went to whom, for the undo."""
    went, told = [], {}
    for charges, pk, to in wanted:
        if charges.give(program, pk, whose=by.pk, to=to, by=by):
            went.append((charges.key, pk, to.pk))
            told[to.user_id] = to.user
    occasion = f"{by.pk}-{int(timezone.now().timestamp())}"
    tell_handed_over(program, told.values(), occasion)
    return occasion, went


@transaction.atomic
def take_back(program: Program, occasion: str, went: Iterable[tuple[str, int, int]], *, by: "User") -> int:
    """Undo: what the other one still has comes back, as long as this person can have it. Returns how many."""
    kinds: Mapping[str, Charges] = {charges.key: charges for charges in _kinds()}
    returned = 0
    for key, pk, to in went:
        taker = Membership.objects.filter(program=program, pk=to).first()
        mine = kinds[key].takers(program).filter(user=by).first()
        if taker is not None and mine is not None:
            returned += kinds[key].give(program, pk, whose=taker.user_id, to=mine, by=by)
    no_longer_handed_over(occasion)
    return returned


def _kinds() -> Iterator[Charges]:
    return (charges for room in rooms.every() for charges in room.charges)


def _all_of(held: InCare) -> str:
    return f"all_{held.of.key}"


def _name(held: InCare, row: Charge) -> str:
    return f"{held.of.key}_{row.pk}"
