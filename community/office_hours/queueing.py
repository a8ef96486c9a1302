"""The queue of a drop-in hour: a place is taken, called, kept and given back.

Whatever changes places takes the hour's row first. Calling does not: it takes the first who waits with one conditional
statement, so two hosts who press at the same moment have two people. Nobody is written down: a conversation that is
over takes its place along, and leaves how long it was."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from community.office_hours import news_queue, services
from community.office_hours.models_queue import OpenHour, OpenHourHost, Ticket, TicketState
from community.office_hours.verbs import OfficeHoursVerb
from core.journal import services as journal
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

HOLD = timedelta(minutes=3)  # somebody who was called has so long to come
COMES_BACK = timedelta(minutes=10)  # who left by mistake finds the place again
MOST_TRIES = 50
AWAY = (TicketState.CALLED, TicketState.TALKING)


class IsOpen(Exception):
    """There is a drop-in hour already."""


class IsOver(Exception):
    """The hour was closed meanwhile."""


class StillHeld(Exception):
    """Who was called has some time left to come."""


class IsHost(Exception):
    """Who calls from a queue does not wait in it."""


class LastHost(Exception):
    """Nobody else is there for those who wait."""


@transaction.atomic
def begin(program: Program, *, until: datetime, place: str, link: str, by: "User") -> OpenHour:
    try:
        with transaction.atomic():
            hour = OpenHour.objects.create(program=program, until=until, place=place, link=link)
    except IntegrityError as error:
        raise IsOpen from error
    OpenHourHost.objects.create(hour=hour, person=by)
    journal.record(OfficeHoursVerb.BEGAN, by=by, program_id=program.pk)
    services.changed(program.pk)
    return hour


@transaction.atomic
def serve(hour: OpenHour, *, by: "User") -> None:
    """A second host, or a third."""
    _locked(hour)
    OpenHourHost.objects.get_or_create(hour=hour, person=by)
    Ticket.objects.filter(hour=hour, person=by, state__in=[TicketState.WAITING, TicketState.LEFT]).delete()


@transaction.atomic
def hand_over(hour: OpenHour, *, by: "User") -> None:
    """The others go on. Raises LastHost. Who was called and has not come is called by the others next."""
    _locked(hour)
    if not OpenHourHost.objects.filter(hour=hour).exclude(person=by).exists():
        raise LastHost
    for ticket in Ticket.objects.filter(hour=hour, host__person=by):
        if ticket.state == TicketState.TALKING:
            _finish(ticket)
        else:
            _put_back(ticket)
    OpenHourHost.objects.filter(hour=hour, person=by).delete()


@transaction.atomic
def join(hour: OpenHour, *, topic: str, by: "User") -> Ticket:
    """The same press again finds the place that is there; so does who left a moment ago."""
    fresh = _locked(hour)
    if OpenHourHost.objects.filter(hour=hour, person=by).exists():
        raise IsHost
    ticket = Ticket.objects.filter(hour=hour, person=by).first()
    if ticket is not None and ticket.state != TicketState.LEFT:
        return ticket
    if ticket is not None and ticket.changed_at and timezone.now() - ticket.changed_at <= COMES_BACK:
        Ticket.objects.filter(pk=ticket.pk).update(state=TicketState.WAITING, changed_at=None)
        return ticket
    if ticket is not None:
        ticket.delete()
    number = fresh.numbers + 1
    OpenHour.objects.filter(pk=hour.pk).update(numbers=number)
    last = Ticket.objects.filter(hour=hour).order_by("-position").values_list("position", flat=True).first() or 0
    return Ticket.objects.create(hour=hour, person=by, number=number, position=max(number, last + 1), topic=topic)


@transaction.atomic
def leave(ticket: Ticket) -> bool:
    """Without a word; for ten minutes the place can be taken again. A conversation is ended by the host."""
    _locked(ticket.hour)
    now = timezone.now()
    rows = Ticket.objects.filter(pk=ticket.pk).exclude(state=TicketState.TALKING)
    has_left = rows.update(state=TicketState.LEFT, host=None, changed_at=now) == 1
    news_queue.turn_is_over(ticket)
    return has_left


@transaction.atomic
def say(ticket: Ticket, *, topic: str) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(topic=topic)


@transaction.atomic
def let_pass(ticket: Ticket) -> bool:
    """The next one in line goes first; who was called meanwhile keeps the turn."""
    _locked(ticket.hour)
    waiting = Ticket.objects.select_for_update(no_key=True).filter(hour=ticket.hour, state=TicketState.WAITING)
    own = waiting.filter(pk=ticket.pk).first()
    behind = own and waiting.filter(position__gt=own.position).order_by("position", "pk").first()
    if not own or not behind:
        return False
    Ticket.objects.filter(pk=own.pk).update(position=behind.position)
    Ticket.objects.filter(pk=behind.pk).update(position=own.position)
    return True


@transaction.atomic
def arrive(ticket: Ticket) -> None:
    """The conversation begins; said by either of the two."""
    rows = Ticket.objects.filter(pk=ticket.pk, state=TicketState.CALLED)
    if rows.update(state=TicketState.TALKING, changed_at=timezone.now()):
        news_queue.turn_is_over(ticket)


@transaction.atomic
def call_next(host: OpenHourHost, *, after: int | None) -> Ticket | None:
    """Ends what is going on and calls the next. `after` is the number that the host sees as theirs: a second press of
    the same button changes nothing. Who was called and did not come in time goes behind the next one, not out."""
    if not OpenHour.objects.filter(pk=host.hour_id, closed_at=None).exists():
        raise IsOver
    if Ticket.objects.filter(host=host).exists():
        _locked(host.hour)  # what ends a conversation takes the hour first, as all others do
    if not OpenHourHost.objects.select_for_update(no_key=True).filter(pk=host.pk):  # one press of a host at a time
        raise IsOver
    current = Ticket.objects.select_for_update(no_key=True).filter(host=host).first()
    if (current.number if current else None) != after:
        return current
    missed = None
    if current is not None and current.state == TicketState.CALLED:
        if current.changed_at and timezone.now() < current.changed_at + HOLD:
            raise StillHeld
        missed = current
        _put_back(current)
    elif current is not None:
        _finish(current)
    ticket = _take_first(host, but=missed)
    return ticket or (_take_first(host, but=None) if missed else None)


def _take_first(host: OpenHourHost, *, but: Ticket | None) -> Ticket | None:
    waiting = Ticket.objects.filter(hour=host.hour_id, state=TicketState.WAITING)
    if but is not None:
        waiting = waiting.exclude(pk=but.pk)
    for _try in range(MOST_TRIES):
        ticket = waiting.order_by("position", "pk").first()
        if ticket is None:
            return None
        # One statement: whoever comes second finds the place taken, and asks for the next one.
        if waiting.filter(pk=ticket.pk).update(state=TicketState.CALLED, host=host, changed_at=timezone.now()):
            ticket.refresh_from_db()
            news_queue.your_turn(ticket)
            return ticket
    return None


@transaction.atomic
def arrive_at(host: OpenHourHost) -> None:
    """Whom this host called is there."""
    for ticket in Ticket.objects.filter(host=host).select_related("hour"):
        arrive(ticket)


@transaction.atomic
def finish(host: OpenHourHost) -> None:
    """The conversation is over, and its place is gone with it; nobody is called yet."""
    _locked(host.hour)
    for ticket in Ticket.objects.filter(host=host, state=TicketState.TALKING).select_related("hour"):
        _finish(ticket)


@transaction.atomic
def close(hour: OpenHour, *, by: "User | None") -> int:
    """Whoever still waits is told kindly and offered the next free hours: how many that were. Then nobody stands in it
    any more; what stays is when it was, and how many conversations there were."""
    fresh = OpenHour.objects.select_for_update(no_key=True).get(pk=hour.pk)
    if fresh.closed_at is not None:
        return 0
    tickets = list(Ticket.objects.filter(hour=hour).exclude(state=TicketState.LEFT).select_related("person", "hour"))
    for ticket in tickets:
        if ticket.state == TicketState.TALKING:
            _finish(ticket)
        news_queue.turn_is_over(ticket)
    waiting = [ticket for ticket in tickets if ticket.state != TicketState.TALKING]
    news_queue.is_over(fresh, [ticket.person for ticket in waiting])
    Ticket.objects.filter(hour=hour).delete()
    OpenHourHost.objects.filter(hour=hour).delete()
    OpenHour.objects.filter(pk=hour.pk).update(closed_at=timezone.now(), talks=[], place="", link="")
    if by is not None:
        journal.record(OfficeHoursVerb.CLOSED, by=by, program_id=hour.program_id)
    services.changed(hour.program_id)
    return len(waiting)


@transaction.atomic
def end_for(person: "User", program: Program | None) -> None:
    """Somebody left the program, or all of them: their place is gone, and who they had called is called by others. When
    nobody else is there to call, the hour ends, and who waits is told so and offered other times."""
    of_program = {"hour__program": program} if program else {}
    served = OpenHourHost.objects.filter(person=person, **of_program).order_by("hour")
    for hour in OpenHour.objects.filter(pk__in=served.values("hour"), closed_at=None).order_by("pk"):
        _locked(hour)
    Ticket.objects.filter(person=person, **of_program).delete()
    for host in served.select_related("hour"):
        for ticket in Ticket.objects.filter(host=host).select_related("hour", "person"):
            _put_back(ticket)
        host.delete()
        if not OpenHourHost.objects.filter(hour=host.hour).exists():
            close(host.hour, by=None)


def _locked(hour: OpenHour) -> OpenHour:
    fresh = OpenHour.objects.select_for_update(no_key=True).filter(pk=hour.pk, closed_at=None).first()
    if fresh is None:
        raise IsOver
    return fresh


def _put_back(ticket: Ticket) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(state=TicketState.WAITING, host=None, changed_at=None)
    news_queue.turn_is_over(ticket)


def _finish(ticket: Ticket) -> None:
    """Its length counts for what is said to the others; nothing else of it stays."""
    gone, _of = Ticket.objects.filter(pk=ticket.pk, state__in=AWAY).delete()
    news_queue.turn_is_over(ticket)
    if not gone or ticket.state != TicketState.TALKING or ticket.changed_at is None:
        return
    seconds = max(1, round((timezone.now() - ticket.changed_at).total_seconds()))
    hour = OpenHour.objects.get(pk=ticket.hour_id)
    OpenHour.objects.filter(pk=hour.pk).update(served=F("served") + 1, talks=[*hour.talks, seconds])
