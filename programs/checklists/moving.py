"""A phase is moved on the timeline, with what hangs on it, and back again exactly as it was."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core.kit import page_cache
from programs.checklists import services
from programs.checklists.models import Item
from programs.consents.models import today_in
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
        moved["items"] = list(items.values_list("pk", flat=True))
        moved["dates"] = list(dates.filter(phase=row, on__gte=today_in(phase.program)).values_list("pk", flat=True))
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
    back = timedelta(days=moved["days"])
    Item.objects.filter(pk__in=moved.get("items", []), phase=row, due_on__isnull=False).update(
        due_on=F("due_on") - back
    )
    Milestone.objects.filter(pk__in=moved.get("dates", []), phase=row).update(
        on=F("on") - back, until_on=F("until_on") - back, revision=F("revision") + 1, changed_at=timezone.now()
    )
    page_cache.changed(row.program_id)


def _plain(span: FromTo) -> list[str]:
    return [day.isoformat() for day in span]
