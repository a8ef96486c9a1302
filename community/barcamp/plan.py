"""The plan as somebody reads it: rooms across, times down, what is on now and next."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from community.barcamp.models import Barcamp, CampRoom, CampSession, CampSlot, Proposal
from community.events.models import Event
from community.forum.queries import members_among
from community.forum.rows import person_of

if TYPE_CHECKING:
    from core.people.models import User

PAST, NOW, NEXT, LATER = "past", "now", "next", "later"


@dataclass(frozen=True)
class PlanCell:
    """A place of the plan, with the session that has it."""

    room: CampRoom
    slot: CampSlot
    proposal: Proposal | None = None
    leader: dict[str, Any] | None = None
    is_mine: bool = False
    moved_at: datetime | None = None  # today


@dataclass(frozen=True)
class PlanRow:
    slot: CampSlot
    state: str
    cells: list[PlanCell]

    @property
    def is_open(self) -> bool:
        """No session has a place yet."""
        return bool(self.cells) and not any(cell.proposal for cell in self.cells)


@dataclass(frozen=True)
class Clash:
    """Somebody leads two sessions at the same time."""

    leader: dict[str, Any] | None
    is_mine: bool
    slot: CampSlot
    titles: list[str]


@dataclass(frozen=True)
class Plan:
    rooms: list[CampRoom]
    rows: list[PlanRow]
    clashes: list[Clash]
    changed_at: datetime | None
    voting_ended_at: datetime | None
    people: dict[int, dict[str, Any] | None] = field(default_factory=dict)  # who leads something, by number

    @property
    def days(self) -> list[tuple[date, list[PlanRow]]]:
        """The rows of each day."""
        return [(day, list(rows)) for day, rows in groupby(self.rows, key=lambda row: row.slot.on)]

    @property
    def columns(self) -> int:
        return len(self.rooms) + 1

    @property
    def is_ready(self) -> bool:
        return bool(self.rooms and self.rows)

    @property
    def placed(self) -> dict[int, PlanCell]:
        return {cell.proposal.pk: cell for row in self.rows for cell in row.cells if cell.proposal}

    @property
    def free(self) -> int:
        return sum(cell.proposal is None for row in self.rows for cell in row.cells)

    @property
    def version(self) -> str:
        """A page that shows this one has nothing new to read."""
        told = [
            (row.slot.pk, str(row.slot.on), str(row.slot.starts), str(row.slot.ends), row.slot.title, row.state,
             [(cell.proposal.pk, cell.proposal.title, cell.leader and cell.leader["name"], str(cell.moved_at))
              if cell.proposal else None for cell in row.cells])
            for row in self.rows
        ]  # fmt: skip
        whole = repr((told, [(room.pk, room.name, room.note) for room in self.rooms], str(self.changed_at)))
        return hashlib.sha256(whole.encode()).hexdigest()[:16]


def of(event: Event, user: "User", proposals: list[Proposal]) -> Plan:
    """From the proposals of the board, in a fixed number of queries."""
    camp = Barcamp.objects.filter(event=event).first()
    rooms = list(CampRoom.objects.present().filter(event=event))
    slots = list(CampSlot.objects.present().filter(event=event))
    for slot in slots:
        slot.event = event
    sessions = CampSession.objects.filter(proposal__event=event, proposal__deleted_at=None)
    by_place = {(session.room_id, session.slot_id): session for session in sessions}
    known = {proposal.pk: proposal for proposal in proposals}
    members = members_among(event.milestone.program, {row.leads_id for row in proposals if row.leads_id})
    people = {row.leads_id: person_of(row.leads_id, members) for row in proposals if row.leads_id}
    now = timezone.now().astimezone(ZoneInfo(event.milestone.program.time_zone))
    states = states_of(slots, now)

    def cell(room: CampRoom, slot: CampSlot) -> PlanCell:
        session = by_place.get((room.pk, slot.pk))
        proposal = known.get(session.proposal_id) if session else None
        if session is None or proposal is None:
            return PlanCell(room, slot)
        is_today = session.moved_at is not None and session.moved_at.astimezone(now.tzinfo).date() == now.date()
        moved_at = session.moved_at if is_today and now.date() == slot.on else None
        leader = people.get(proposal.leads_id) if proposal.leads_id else None
        return PlanCell(room, slot, proposal, leader, proposal.leads_id == user.pk, moved_at)

    rows = []
    for slot in slots:
        cells = [] if slot.title else [cell(room, slot) for room in rooms]
        rows.append(PlanRow(slot, states[slot.pk], cells))
    clashes = [clash for row in rows for clash in clashes_in(row, user)]
    changed_at, ended_at = (camp.changed_at, camp.voting_ended_at) if camp else (None, None)
    return Plan(rooms, rows, clashes, changed_at, ended_at, people)


def states_of(slots: list[CampSlot], now: datetime) -> dict[int, str]:
    """On its day one may be on and one comes next; before it everything is still to come."""
    states, has_next = {}, False
    for slot in slots:
        day = slot.on
        if now.date() > day or (now.date() == day and slot.ends <= now.time()):
            states[slot.pk] = PAST
        elif now.date() == day and slot.starts <= now.time():
            states[slot.pk] = NOW
        elif now.date() == day and not has_next:
            states[slot.pk], has_next = NEXT, True
        else:
            states[slot.pk] = LATER
    return states


def clashes_in(row: PlanRow, user: "User") -> list[Clash]:
    """Offers are named for everybody, so that a clash tells nothing new."""
    by_leader: dict[int, list[PlanCell]] = {}
    for cell in row.cells:
        if cell.proposal and cell.proposal.leads_id:
            by_leader.setdefault(cell.proposal.leads_id, []).append(cell)
    return [
        Clash(cells[0].leader, leader == user.pk, row.slot, [str(cell.proposal) for cell in cells])
        for leader, cells in by_leader.items()
        if len(cells) > 1
    ]


def proposals_of(event: Event) -> list[Proposal]:
    return list(Proposal.objects.present().filter(event=event).select_related("leads"))
