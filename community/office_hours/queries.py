"""What is selected of office hours: hosts with what is free, bookings of a person, the day of a host."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from community.office_hours import offering
from community.office_hours.free import FreeSlot, HoursRules, OpenTime, TakenTime, free_slots
from community.office_hours.holiday_days import days_off
from community.office_hours.models import (
    Booking,
    BookingState,
    BusyTime,
    HoursHost,
    HoursWait,
    HoursWindow,
    SpecialDay,
    TakenSlot,
)
from core.kit import two_clocks
from core.kit.compiled import Blank, Compiled
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@dataclass(frozen=True)
class Offer:
    """A free hour with the host who offers it."""

    host: HoursHost
    slot: FreeSlot

    @property
    def key(self) -> str:
        return f"{self.host.pk}@{self.slot.start:%Y-%m-%dT%H:%MZ}"

    @property
    def there(self) -> str:
        """The host's clock, for a reader who is elsewhere."""
        return two_clocks.beside(self.slot.start, self.host.zone)


@dataclass
class DayOfOffers:
    day: date
    offers: list[Offer] = field(default_factory=list)


def hosts_of(
    program: Program, *, but: "User | None" = None, reader: "User | None" = None, with_mentors: bool = False
) -> list[HoursHost]:
    """Who offers hours now, by name, with everything that decides what is free: to everybody; also the mentors of a
    `reader`, or `with_mentors` all of them."""
    now = timezone.now()
    rows = HoursHost.objects.filter(program=program, is_open=True)
    if with_mentors:
        rows = rows.filter(offering.to_anybody(program))
    else:
        rows = rows.filter(offering.to_reader(reader, program) if reader else offering.to_everybody(program))
    if but is not None:
        rows = rows.exclude(person=but)
    hosts = list(with_rules(rows, now).order_by("person__name", "pk"))
    for host in hosts:
        host.program = program
    return hosts


def with_rules(rows: QuerySet[HoursHost], now: datetime) -> QuerySet[HoursHost]:
    windows: Any = HoursWindow.objects.present()
    special_days: Any = SpecialDay.objects.present()
    booked = Booking.objects.filter(person=OuterRef("person"), state=BookingState.BOOKED, ends_at__gt=now)
    booked = booked.order_by("starts_at", "pk")  # with others, as somebody who comes: nobody is in two places
    rows = rows.annotate(with_others_from=ArraySubquery(booked.values("starts_at")))
    rows = rows.annotate(with_others_to=ArraySubquery(booked.values("ends_at")))
    return rows.select_related("person").prefetch_related(
        Prefetch("windows", windows),
        Prefetch("special_days", special_days),
        "absences",
        Prefetch("busy_times", BusyTime.objects.filter(ends_at__gt=now)),
        Prefetch("slots", TakenSlot.objects.filter(ends_at__gt=now - timedelta(days=1), taken__gt=0)),
    )


def rules_of(host: HoursHost, now: datetime) -> HoursRules:
    windows: dict[int, list[OpenTime]] = defaultdict(list)
    for window in host.windows.all():
        windows[window.weekday].append(OpenTime(window.begins, window.ends, window.places))
    special: dict[date, list[OpenTime]] = defaultdict(list)
    for each in host.special_days.all():
        special[each.day].append(OpenTime(each.begins, each.ends, each.places))
    off = days_off(host.program.country, host.region, now.year) | days_off(
        host.program.country, host.region, now.year + 1
    )
    return HoursRules(
        zone=host.zone, minutes=host.minutes, pause=host.pause, notice=timedelta(hours=host.notice_hours),
        weeks=host.weeks, windows=windows, special=special,
        absences=[(each.first, each.last) for each in host.absences.all()], holidays=off,
    )  # fmt: skip


def free_of(host: HoursHost, now: datetime) -> list[FreeSlot]:
    """`host` comes from `with_rules`."""
    busy = [(each.starts_at, each.ends_at) for each in host.busy_times.all()]
    busy += zip(host.with_others_from, host.with_others_to, strict=True)  # type: ignore[attr-defined]
    taken = [TakenTime(each.starts_at, each.ends_at, each.places - each.taken) for each in host.slots.all()]
    return free_slots(rules_of(host, now), now=now, busy=busy, taken=taken)


def offers_of(hosts: Sequence[HoursHost], now: datetime, *, own: Iterable[Booking] = ()) -> list[Offer]:
    """What is free, in order. At one time only one host is offered, the one with fewer bookings; nothing that overlaps
    what the person has booked already."""
    spans = [(each.starts_at, each.ends_at) for each in own]
    found: dict[datetime, Offer] = {}
    for host in sorted(hosts, key=lambda host: len(host.slots.all())):
        for slot in free_of(host, now):
            if not any(start < slot.end and slot.start < end for start, end in spans):
                found.setdefault(slot.start, Offer(host, slot))
    return [found[start] for start in sorted(found)]


def by_day(offers: Iterable[Offer]) -> list[DayOfOffers]:
    """On the reader's clocks."""
    days: dict[date, DayOfOffers] = {}
    for offer in offers:
        day = timezone.localtime(offer.slot.start).date()
        days.setdefault(day, DayOfOffers(day)).offers.append(offer)
    return list(days.values())


def bookings_ahead(user: "User", program: Program) -> list[Booking]:
    """What a person has booked and what is not over yet."""
    return AHEAD.rows(program=program.pk, person=user.pk, now=timezone.now())


def _ahead() -> QuerySet[Booking]:
    rows = Booking.objects.filter(program=Blank("program"), person=Blank("person"), state=BookingState.BOOKED)
    rows = rows.filter(ends_at__gt=Blank("now")).select_related("slot__host__person", "slot__host__program")
    return rows.order_by("starts_at")


AHEAD = Compiled(_ahead)


def taken_up(user: "User", *, start: datetime | None = None, end: datetime | None = None) -> list[Booking]:
    """What somebody has booked and what is booked with them, in all programs, and is not over: the times at which they
    can book nothing else. Between two moments: what is in the way then."""
    rows = Booking.objects.filter(Q(person=user) | Q(slot__host__person=user), state=BookingState.BOOKED)
    rows = rows.filter(ends_at__gt=start or timezone.now())
    if end is not None:
        rows = rows.filter(starts_at__lt=end)
    return list(rows.select_related("person", "slot__host__person", "slot__host__program").order_by("starts_at", "pk"))


def last_with(user: "User", program: Program) -> dict[int, datetime]:
    """When a person was last with whom, by the number of the host."""
    rows = Booking.objects.filter(program=program, person=user, state=BookingState.BOOKED, ends_at__lte=timezone.now())
    return dict(rows.values_list("slot__host").annotate(last=Max("starts_at")))


def waits_of(user: "User", program: Program) -> list[HoursWait]:
    return list(HoursWait.objects.filter(program=program, person=user))


def booked_with(host: HoursHost, start: datetime, end: datetime) -> list[Booking]:
    """Who comes to a host in a time, in order."""
    return WITH_HOST.rows(host=host.pk, start=start, end=end)


def _with_host() -> QuerySet[Booking]:
    rows = Booking.objects.filter(slot__host=Blank("host"), state=BookingState.BOOKED)
    rows = rows.filter(starts_at__lt=Blank("end"), ends_at__gt=Blank("start"))
    return rows.select_related("person", "slot").order_by("starts_at", "person__name", "pk")


WITH_HOST = Compiled(_with_host)


def day_span(host: HoursHost, first: date, last: date) -> tuple[datetime, datetime]:
    """Whole days on the host's clocks."""
    zone = ZoneInfo(host.zone)
    start = datetime.combine(first, datetime.min.time(), zone)
    return start, datetime.combine(last + timedelta(days=1), datetime.min.time(), zone)


def upcoming_of(users: Iterable[int], program_id: int) -> QuerySet[Booking]:
    """What is booked and has not begun: by these people, or with them."""
    concerns = Q(person__in=users) | Q(slot__host__person__in=users)
    rows = Booking.objects.filter(program=program_id, state=BookingState.BOOKED, starts_at__gt=timezone.now())
    return rows.filter(concerns).order_by("pk")
