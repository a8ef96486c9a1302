"""What a drop-in hour looks like: to who waits (a number, who is ahead, how long), and to a host (who is next).

Those who wait see numbers only. Names and what was said are for the hosts who serve this queue."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from community.office_hours import queries
from community.office_hours.models_queue import OpenHour, OpenHourHost, Ticket, TicketState
from community.office_hours.queries import Offer
from community.office_hours.queueing import HOLD
from community.office_hours.waiting import WaitRange, wait_range
from core.disclosure import gate
from core.disclosure.gate import People
from core.kit import page_cache
from core.kit.compiled import Blank, Compiled
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MOST_WAITING = 100
OFFERED = 3


@dataclass(frozen=True)
class PlaceInLine:
    """One person's place, as it is now."""

    ticket: Ticket
    ahead: int
    talking: list[int]  # numbers
    wait: WaitRange | None

    @property
    def state(self) -> str:
        return self.ticket.state

    @property
    def is_turn(self) -> bool:
        return self.state == TicketState.CALLED

    @property
    def is_talking(self) -> bool:
        return self.state == TicketState.TALKING

    @property
    def held_until(self) -> datetime | None:
        return self.ticket.changed_at + HOLD if self.ticket.changed_at else None

    @property
    def is_tight(self) -> bool:
        """Whether it may not be enough until the end."""
        left = (self.ticket.hour.until - timezone.now()).total_seconds() / 60
        return self.wait is not None and self.wait.high > left

    @property
    def version(self) -> str:
        """A page that shows this one has nothing new to read."""
        told = (self.wait.low, self.wait.high) if self.wait else ()
        parts = (self.ticket.number, self.state, self.ahead, *self.talking, "w", *told, self.is_tight)
        return "-".join(str(part) for part in parts)


def line_of(user: "User", program: Program) -> PlaceInLine | None:
    """Somebody's place in the queue that is open. One query."""
    same = Ticket.objects.filter(hour=OuterRef("hour"))
    before = Q(position__lt=OuterRef("position")) | Q(position=OuterRef("position"), pk__lt=OuterRef("pk"))
    counted = same.filter(before, state=TicketState.WAITING).order_by().values("hour").annotate(n=Count("pk"))
    hosts = OpenHourHost.objects.filter(hour=OuterRef("hour")).values("hour").annotate(n=Count("pk"))
    talking = same.filter(state=TicketState.TALKING).order_by("number").values("number")
    ticket = (
        Ticket.objects.filter(hour__program=program, hour__closed_at=None, person=user)
        .exclude(state=TicketState.LEFT)
        .annotate(ahead=Coalesce(Subquery(counted.values("n")), 0))
        .annotate(hosts=Coalesce(Subquery(hosts.values("n")), 0), talking=ArraySubquery(talking))
        .select_related("hour__program", "host__person")
        .order_by("-pk")
        .first()
    )
    if ticket is None:
        return None
    return PlaceInLine(ticket, ticket.ahead, ticket.talking, wait_range(ticket.ahead, ticket.hosts, ticket.hour.talks))


@dataclass(frozen=True)
class QueueBoard:
    """A queue as its hosts see it."""

    hour: OpenHour
    hosts: list[OpenHourHost]
    me: OpenHourHost | None
    current: Ticket | None
    waiting: list[Ticket] = field(default_factory=list)
    count: People | None = None  # nothing for who does not serve it

    @property
    def held_until(self) -> datetime | None:
        if self.current is None or self.current.state != TicketState.CALLED or self.current.changed_at is None:
            return None
        return self.current.changed_at + HOLD

    @property
    def is_held(self) -> bool:
        return self.held_until is not None and timezone.now() < self.held_until

    @property
    def is_talking(self) -> bool:
        return self.current is not None and self.current.state == TicketState.TALKING

    @property
    def version(self) -> str:
        current = (self.current.number, self.current.state, self.is_held) if self.current else ()
        waiting = [f"{ticket.number}{ticket.topic}" for ticket in self.waiting]
        return "-".join(str(part) for part in (*current, "w", *waiting, "h", *self.hosts))


def open_hour_of(program: Program) -> OpenHour | None:
    found = OPEN_HOUR.rows(program=program.pk)
    return found[0] if found else None


OPEN_HOUR = Compiled(
    lambda: (
        OpenHour.objects.filter(program=Blank("program"), closed_at=None).select_related("program").order_by("pk")[:1]
    )
)


def board_of(user: "User", hour: OpenHour) -> QueueBoard:
    """Who serves this queue reads who waits; who does not, no number: read every few seconds, even a range would say
    when somebody came who was seen going there, to whoever holds it at its edge with own accounts. Two queries at most.
    """
    hosts = list(OpenHourHost.objects.filter(hour=hour).select_related("person").order_by("pk"))
    me = next((host for host in hosts if host.person_id == user.pk), None)
    if me is None:
        return QueueBoard(hour, hosts, None, None)
    rows = Ticket.objects.filter(hour=hour).exclude(state=TicketState.LEFT).order_by("position", "pk")
    tickets = list(rows.select_related("person")[:MOST_WAITING])
    waiting = [ticket for ticket in tickets if ticket.state == TicketState.WAITING]
    current = next((ticket for ticket in tickets if ticket.host_id == me.pk), None)
    return QueueBoard(hour, hosts, me, current, waiting, gate.named(len(waiting)))


def next_free(user: "User", program: Program) -> list[Offer]:
    """What can be booked instead."""
    own = queries.taken_up(user)
    return queries.offers_of(queries.hosts_of(program, but=user, reader=user), timezone.now(), own=own)[:OFFERED]


@dataclass(frozen=True)
class OpenNow:
    """On the start page, while somebody is there."""

    hour: OpenHour


def open_now(_user: "User", program: Program, _today: object) -> OpenNow | None:
    """Kept in the cache until an hour begins or ends, so that a start page asks nothing for it."""
    found = page_cache.taken(f"hours:{program.pk}", "open", lambda: [open_hour_of(program)])
    return OpenNow(found[0]) if found[0] is not None else None
