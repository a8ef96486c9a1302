"""A phase is moved on the timeline, with what hangs on it, and back again as far as nobody has moved it since."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.db import transaction

from programs.checklists import services
from programs.checklists.models import Item
from programs.consents.models import today_in
from programs.phases import services as phases
from programs.phases.models import Milestone, Phase, PhaseState

if TYPE_CHECKING:
    from core.people.models import User

SALT = "programs.checklists.moving"
MOVABLE = (PhaseState.PLANNED, PhaseState.ACTIVE)
FromTo = tuple[date, date]


class MovedSince(Exception):
    """It lies elsewhere than the picture showed: somebody else moved it."""


class CannotMove(Exception):
    """It is over, or would end before it begins."""


@transaction.atomic
def move_phase(phase: Phase, *, seen: FromTo, to: FromTo, by: "User") -> tuple[int, str]:
    """Its open items and coming dates move by as many days as its start. How many moved, and what undo needs."""
    row = Phase.objects.select_for_update().get(pk=phase.pk)
    if (row.start_on, row.end_on) != seen:
        raise MovedSince
    if row.state not in MOVABLE or to[1] < to[0]:
        raise CannotMove
    days = (to[0] - row.start_on).days
    items, dates = Item.objects.open().filter(phase=row, due_on__isnull=False), Milestone.objects.present()
    moved: dict[str, Any] = {"phase": row.pk, "days": days, "from": _plain(seen), "to": _plain(to)}
    if days:
        ahead = dates.filter(phase=row, on__gte=today_in(phase.program))
        moved["items"] = _by_new_day(items.values_list("pk", "due_on"), days)
        moved["dates"] = _by_new_day(ahead.values_list("pk", "on"), days)
    count = services.edit_phase(phase, start_on=to[0], end_on=to[1], by=by, move_along=True)
    return count, signing.dumps(moved, salt=SALT, compress=True)


@transaction.atomic
def move_back(phase: Phase, said: str, *, by: "User") -> None:
    """Raises MovedSince when it has been moved once more, or what was said is not ours."""
    try:
        moved = signing.loads(said, salt=SALT)
    except signing.BadSignature as error:
        raise MovedSince from error
    row = Phase.objects.select_for_update().get(pk=phase.pk)
    if row.pk != moved["phase"] or _plain((row.start_on, row.end_on)) != moved["to"]:
        raise MovedSince
    start, end = (date.fromisoformat(day) for day in moved["from"])
    services.edit_phase(phase, start_on=start, end_on=end, by=by)
    services.move_items_back(phase, moved["days"], items=moved.get("items", {}), by=by)
    phases.move_milestones_back(phase, moved["days"], dates=moved.get("dates", {}), by=by)


def _by_new_day(rows: Iterable[tuple[int, Any]], days: int) -> dict[str, list[int]]:
    """What undo looks for: these, as long as they have the day that the move gave them."""
    found: dict[str, list[int]] = {}
    for pk, day in rows:
        found.setdefault((day + timedelta(days=days)).isoformat(), []).append(pk)
    return found


def _plain(span: FromTo) -> list[str]:
    return [day.isoformat() for day in span]
