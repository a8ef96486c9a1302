"""Booking, moving and cancelling. All hosts are locked first and all people last, each by number, so that nobody waits
in a circle; that nothing overlaps and no hour is oversold is held by the database whatever happens here."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from community.office_hours import news, queries
from community.office_hours.free import FreeSlot
from community.office_hours.models import Absence, Booking, BookingState, BusyTime, HoursHost, HoursWait, TakenSlot
from community.office_hours.tokens import UNDO_WITHIN
from core.kit import page_cache
from core.kit.switching import switch_on
from core.people.models import User as Person
from programs.membership.models import Program

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from core.people.models import User


class SlotGone(Exception):
    """Somebody was faster, or the host is not there at that time; `why` is a short word for the page."""

    def __init__(self, why: str = "taken") -> None:
        super().__init__(why)
        self.why = why


class Overlapping(Exception):
    """The person has something at that time already: an hour that they booked, or one that is booked with them."""


class TooLate(Exception):
    """It has begun."""


@transaction.atomic
def book(host: HoursHost, *, start: datetime, by: "User", topic: str = "", question: str = "") -> Booking:
    """Raises SlotGone or Overlapping. The same press again finds the booking that is there."""
    lock([host.pk], [by.pk])
    booking = _book(host, start, by, topic=topic, question=question)
    HoursWait.objects.filter(program=host.program, person=by).delete()
    return booking


def _book(host: HoursHost, start: datetime, person: "User", **more: object) -> Booking:
    before = _booked_at(host, start, person)
    if before is not None:
        return before
    slot = _take(host, start)
    _is_not_hosting(person, slot)
    try:
        with transaction.atomic():
            booking = Booking.objects.create(
                program=host.program, slot=slot, person=person, starts_at=slot.starts_at, ends_at=slot.ends_at, **more
            )
    except IntegrityError as error:
        raise Overlapping from error
    news.booked(booking)
    changed(booking.program_id)
    return booking


@transaction.atomic
def move(
    booking: Booking, *, to: HoursHost, start: datetime, by: "User", absence: Absence | None = None,
    is_undo: bool = False, tell: Collection[int] | None = None,
) -> Booking:  # fmt: skip
    """To another time; with the same host it stays the same date in every calendar. `tell`: only these people. Back to
    where it was a moment ago no shortest notice holds."""
    lock([booking.slot.host_id, to.pk], [booking.person_id])
    booking.refresh_from_db(from_queryset=_whole())
    if not booking.is_booked or booking.starts_at <= timezone.now():
        raise TooLate
    former = booking.slot
    if (former.host_id, former.starts_at) == (to.pk, start):
        return booking
    if former.host_id != to.pk:  # the one host's date ends, the other's begins
        cancel(booking, by=by, absence=absence)
        is_own = by.pk == booking.person_id  # what was written to one host is for another only where its person says so
        wish = {"topic": booking.topic, "question": booking.question} if is_own else {}
        return _book(to, start, booking.person, **wish, instead_of=booking, dropped_by=absence)
    is_undo = is_undo or (start == booking.moved_from and booking.changed_at > timezone.now() - UNDO_WITHIN)
    _give_back(former)
    slot = _take_again(booking, start) if is_undo else _take(to, start)
    _is_not_hosting(booking.person, slot)
    booking.slot, booking.starts_at, booking.ends_at = slot, slot.starts_at, slot.ends_at
    booking.moved_from, booking.dropped_by = former.starts_at, absence
    booking.sequence += 1
    booking.reminded_at = None
    try:
        with transaction.atomic():
            booking.save()
    except IntegrityError as error:
        raise Overlapping from error
    news.moved(booking, only=tell)
    changed(booking.program_id)
    news.became_free(former)
    return booking


@transaction.atomic
def cancel(booking: Booking, *, by: "User | None", absence: Absence | None = None) -> bool:
    """By the person, by the host, or by nobody when somebody left. No reason is asked for or told."""
    lock([booking.slot.host_id], [booking.person_id])
    booking.refresh_from_db(from_queryset=_whole())
    if not booking.is_booked:
        return False
    if by is not None and booking.ends_at <= timezone.now():
        raise TooLate
    booking.state, booking.dropped_by = BookingState.CANCELLED, absence
    booking.sequence += 1
    booking.save()
    _give_back(booking.slot)
    news.cancelled(booking)
    changed(booking.program_id)
    news.became_free(booking.slot)
    return True


@transaction.atomic
def take_back(booking: Booking, *, tell: Collection[int] | None = None) -> None:
    """Undo of a cancellation, if the hour is still free. Raises SlotGone, Overlapping or TooLate."""
    lock([booking.slot.host_id], [booking.person_id])
    booking.refresh_from_db(from_queryset=_whole())
    if booking.is_booked:
        return
    _stand_again(booking.slot)
    _is_not_hosting(booking.person, booking.slot)
    booking.state, booking.dropped_by = BookingState.BOOKED, None
    booking.sequence += 1
    try:
        with transaction.atomic():
            booking.save()
    except IntegrityError as error:
        raise Overlapping from error
    news.booked(booking, only=tell)
    changed(booking.program_id)


@transaction.atomic
def write_question(booking: Booking, *, topic: str, question: str, by: "User") -> None:
    """What the person wants to talk about; the host reads it before."""
    Booking.objects.filter(pk=booking.pk, person=by).update(topic=topic, question=question)
    changed(booking.program_id)


@transaction.atomic
def wait(program: Program, *, host: HoursHost | None, by: "User") -> None:
    """To hear once when something becomes free."""
    switch_on(HoursWait, program=program, person=by, host=host)


@transaction.atomic
def stop_waiting(program: Program, *, by: "User") -> None:
    HoursWait.objects.filter(program=program, person=by).delete()


def _whole() -> "QuerySet[Booking]":
    """With everybody whom it concerns."""
    return Booking.objects.select_related("slot__host__person", "slot__host__program", "person")


def changed(program_id: int) -> None:
    """The start pages ask again, after the commit."""
    transaction.on_commit(lambda: page_cache.clear(f"hours:{program_id}"), robust=True)


def lock(hosts: Collection[int], people: Collection[int]) -> None:
    """Whoever changes several bookings calls it once with everybody, before the first change."""
    for model, keys in ((HoursHost, hosts), (Person, people)):
        rows = model._default_manager.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
        list(rows.values_list("pk"))


def _booked_at(host: HoursHost, start: datetime, person: "User") -> Booking | None:
    return (
        Booking.objects.filter(slot__host=host, starts_at=start, person=person, state=BookingState.BOOKED)
        .select_related("slot__host")
        .first()
    )


def _free_now(host: HoursHost, start: datetime) -> FreeSlot | None:
    """As the rules, the busy times and the bookings are at this moment."""
    now = timezone.now()
    fresh = queries.with_rules(HoursHost.objects.filter(pk=host.pk, is_open=True), now)
    found = fresh.select_related("program").first()
    if found is None:
        return None
    return next((slot for slot in queries.free_of(found, now) if slot.start == start), None)


def _take_again(booking: Booking, start: datetime) -> TakenSlot:
    former = (
        TakenSlot.objects.filter(host=booking.slot.host_id, starts_at=start).select_related("host__program").first()
    )
    if former is None:
        raise SlotGone
    _stand_again(former)
    return former


def _stand_again(slot: TakenSlot) -> None:
    """A place of an hour that was given back, whatever the notice; absence and busy times block an undo as well."""
    host, start = slot.host, slot.starts_at
    if start <= timezone.now():
        raise TooLate
    day = start.astimezone(ZoneInfo(host.zone)).date()
    away = Absence.objects.filter(host=host, first__lte=day, last__gte=day)
    busy = BusyTime.objects.filter(host=host, starts_at__lt=slot.ends_at, ends_at__gt=start)
    elsewhere = Booking.objects.filter(person=host.person_id, state=BookingState.BOOKED)
    elsewhere = elsewhere.filter(starts_at__lt=slot.ends_at, ends_at__gt=start)
    if not host.is_open or away.exists() or busy.exists() or elsewhere.exists() or not _take_places(slot):
        raise SlotGone


def _is_not_hosting(person: "User", slot: TakenSlot) -> None:
    """Nobody comes to an hour while somebody comes to theirs. Own bookings are kept apart by the database."""
    hosted = Booking.objects.filter(slot__host__person=person, state=BookingState.BOOKED)
    if hosted.filter(starts_at__lt=slot.ends_at, ends_at__gt=slot.starts_at).exists():
        raise Overlapping


def _why_not(host: HoursHost, start: datetime) -> str:
    """Why an hour cannot be had: it is over, too near, not offered, or simply somebody else's."""
    now = timezone.now()
    if start <= now:
        return "past"
    fresh = HoursHost.objects.filter(pk=host.pk, is_open=True).first()
    if fresh is None:
        return "closed"
    if start < now + timedelta(hours=fresh.notice_hours):
        return "notice"
    return "taken" if TakenSlot.objects.filter(host=host, starts_at=start, taken__gt=0).exists() else "closed"


def _take(host: HoursHost, start: datetime) -> TakenSlot:
    free = _free_now(host, start)
    if free is None:
        raise SlotGone(_why_not(host, start))
    slot, _is_new = TakenSlot.objects.get_or_create(
        host=host, starts_at=free.start, ends_at=free.end, defaults={"places": free.places}
    )
    TakenSlot.objects.filter(pk=slot.pk, taken=0).update(places=free.places)
    if not _take_places(slot):
        raise SlotGone
    slot.refresh_from_db()
    return slot


def _take_places(slot: TakenSlot) -> bool:
    """One place, in one statement: whoever comes late finds none."""
    try:
        with transaction.atomic():
            return TakenSlot.objects.filter(pk=slot.pk, taken__lt=F("places")).update(taken=F("taken") + 1) == 1
    except IntegrityError:  # another hour of this host overlaps it meanwhile
        return False


def _give_back(slot: TakenSlot) -> None:
    TakenSlot.objects.filter(pk=slot.pk, taken__gt=0).update(taken=F("taken") - 1)
