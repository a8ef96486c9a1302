"""Who has which place in the plan. A change says what the plan was when it was made: where somebody else has changed
the same place or the same session in the meantime, nothing is done and the plan of now is shown."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from community.barcamp.models import CampRoom, CampSession, CampSlot, Proposal
from community.barcamp.services import locked
from community.barcamp.verbs import BarcampVerb
from community.events.models import Event
from core.journal import services as journal

if TYPE_CHECKING:
    from core.people.models import User

CellKey = tuple[int, int]  # room, slot
Places = Mapping[int, CellKey]  # by proposal
Moves = Mapping[int, CellKey | None]
WRITTEN = re.compile(r"(\d{1,18}):(?:(\d{1,18})\.(\d{1,18}))?", re.ASCII)


class PlanChangedError(Exception):
    """Somebody else has changed this part of the plan in the meantime."""


def places_of(event: Event) -> dict[int, CellKey]:
    """What stands in the plan."""
    rows = CampSession.objects.filter(
        proposal__event=event, proposal__deleted_at=None, room__deleted_at=None, slot__deleted_at=None, slot__title=""
    )
    return {proposal: (room, slot) for proposal, room, slot in rows.values_list("proposal", "room", "slot")}


def written(moves: Moves) -> str:
    """12:3.4 where the proposal 12 is in the room 3 at the time 4, and 12: where it has no place."""
    return " ".join(f"{key}:" + (f"{cell[0]}.{cell[1]}" if cell else "") for key, cell in sorted(moves.items()))


def read(text: str) -> dict[int, CellKey | None]:
    """What is not written so is left out."""
    found: dict[int, CellKey | None] = {}
    for part in text.split()[:400]:
        match = WRITTEN.fullmatch(part)
        if match:
            key, room, slot = match.groups()
            found[int(key)] = (int(room), int(slot)) if room else None
    return found


def moves_into(cell: CellKey, proposal: int | None, seen: Moves) -> dict[int, CellKey | None]:
    """One in, and whoever is there out."""
    moves: dict[int, CellKey | None] = {key: None for key, place in seen.items() if place == cell}
    if proposal is not None:
        moves[proposal] = cell
    return moves


@transaction.atomic
def place(event: Event, moves: Moves, *, seen: Moves, by: "User") -> dict[int, CellKey | None]:
    """Answers what takes it back. Raises PlanChangedError."""
    camp, now = locked(event), timezone.now()
    current = places_of(event)
    _compare(event, moves, seen, current)
    for key, cell in moves.items():
        if current.get(key) != cell:
            CampSession.objects.filter(proposal=key).delete()
    for key, cell in moves.items():
        if cell is None or current.get(key) == cell:
            continue
        # What was withdrawn, or lies in a room that is gone, keeps its place only as long as nobody else needs it.
        CampSession.objects.filter(room=cell[0], slot=cell[1]).delete()
        moved_at = now if key in current else None
        CampSession.objects.create(proposal_id=key, room_id=cell[0], slot_id=cell[1], moved_at=moved_at)
    if any(current.get(key) != cell for key, cell in moves.items()):
        camp.changed_at = now
        camp.save(update_fields=["changed_at"])
        journal.record(BarcampVerb.PLACED, event.milestone, by=by)
    return {key: current.get(key) for key in moves}


def _compare(event: Event, moves: Moves, seen: Moves, current: Places) -> None:
    targets = [cell for cell in moves.values() if cell is not None]
    if len(set(targets)) < len(targets) or any(current.get(key) != seen.get(key) for key in moves):
        raise PlanChangedError
    if any(cell in targets and key not in moves for key, cell in current.items()):
        raise PlanChangedError
    rooms = CampRoom.objects.present().filter(event=event, pk__in={cell[0] for cell in targets}).count()
    slots = CampSlot.objects.present().filter(event=event, pk__in={cell[1] for cell in targets}, title="").count()
    proposals = Proposal.objects.present().filter(event=event, pk__in=moves).count()
    wanted = (len({cell[0] for cell in targets}), len({cell[1] for cell in targets}), len(moves))
    if (rooms, slots, proposals) != wanted:
        raise PlanChangedError
