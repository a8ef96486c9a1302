"""Several items moved by the same number of days: the distances between them stay."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.kit.forms import validate_within_reason
from programs.checklists.batch_services import change_each
from programs.checklists.models import Batch, Item
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


# How many days each is, and what it is called.
SHIFT_BY = {
    "days": (1, gettext_lazy("days later")),
    "weeks": (7, gettext_lazy("weeks later")),
    "-days": (-1, gettext_lazy("days earlier")),
    "-weeks": (-7, gettext_lazy("weeks earlier")),
}


@dataclass(frozen=True)
class Shifted:
    """What was moved, and how many stay where they are, by the reason."""

    batch: Batch
    closed: int = 0
    undated: int = 0
    too_far: int = 0

    @property
    def stay(self) -> str:
        """Why some were not moved; nothing where all were."""
        no_day = ngettext("%(count)s item has no due date.", "%(count)s items have no due date.", self.undated)
        far = ngettext(
            "%(count)s item would land too far away.", "%(count)s items would land too far away.", self.too_far
        )
        closed = ngettext("%(count)s item is closed.", "%(count)s items are closed.", self.closed)
        said = ((self.closed, closed), (self.undated, no_day), (self.too_far, far))
        words = " ".join(text % {"count": count} for count, text in said if count)
        return _("Not moved: %(reasons)s") % {"reasons": words} if words else ""


def distance(number: int, unit: str) -> timedelta:
    """2, "-weeks": fourteen days back"""
    days, _label = SHIFT_BY[unit]
    return timedelta(days=number * days)


@transaction.atomic
def shift_items(program: Program, items: Iterable[Item], *, by: "User", distance: timedelta) -> Shifted:
    """Open items with a due date move; all others stay and are counted by the reason."""
    chosen = [item.pk for item in items]
    there = Item.objects.present().filter(program=program, pk__in=chosen)
    wanted, closed, undated, too_far = [], 0, 0, 0
    for item in there.select_for_update(of=("self",)).order_by("pk"):
        if not item.is_open:
            closed += 1
        elif item.due_on is None:
            undated += 1
        else:
            day = item.due_on + distance
            try:
                validate_within_reason(day)
            except ValidationError:
                too_far += 1
            else:
                wanted.append((item, {"due_on": day}))
    return Shifted(change_each(program, wanted, by=by), closed, undated, too_far)
