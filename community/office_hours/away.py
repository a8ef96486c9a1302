"""A host is away: whole days without hours, and what becomes of what is booked on them. It is told as "moved" or "does
not take place"; why is neither asked nor kept, and it stands in no log."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.office_hours import news, offering, queries, services
from community.office_hours.models import Absence, Booking, BookingState, HoursHost
from community.office_hours.queries import Offer

if TYPE_CHECKING:
    from core.people.models import User


class Way(models.TextChoices):
    LATER = "later", _("Move to my next free slots")
    OTHERS = "others", _("Hand over to another host")
    CANCEL = "cancel", _("Only cancel")


@dataclass(frozen=True)
class Shift:
    """Where a booking would go; nowhere: it would be cancelled."""

    booking: Booking
    to: Offer | None


@dataclass(frozen=True)
class Away:
    """What came of it, and how many people hear of it."""

    absence: Absence
    moved: int
    cancelled: int
    people: int
    is_new: bool = True


@dataclass(frozen=True)
class Back:
    """`back` are as they were; `told` people of those had heard of the change and hear of this too; `lost` are not."""

    back: int
    told: int
    lost: int
    still_away: Absence | None


@transaction.atomic
def be_away(hours: HoursHost, *, first: date, last: date, by: "User", way: str = Way.CANCEL) -> Away:
    """Whole days without hours. Everybody who has booked hears at once what becomes of it."""
    others = [host.pk for host in queries.hosts_of(hours.program, but=by)] if way == Way.OTHERS else []
    services.lock([hours.pk, *others], [])
    covering = Absence.objects.filter(host=hours, first__lte=first, last__gte=last).first()
    absence = covering or Absence.objects.create(host=hours, first=first, last=last)
    shifts = plan(hours, way, first=first, last=last, also_unknown=True)
    services.lock([], [each.booking.person_id for each in shifts])
    moved = sum(_shift(each, absence, by) for each in shifts)
    services.changed(hours.program_id)
    people = len({each.booking.person_id for each in shifts})
    return Away(absence, moved, len(shifts) - moved, people, covering is None)


def _shift(each: Shift, absence: Absence, by: "User") -> bool:
    """Whether it is moved; what cannot be is cancelled."""
    if each.to is not None:
        try:
            services.move(each.booking, to=each.to.host, start=each.to.slot.start, by=by, absence=absence)
        except (services.SlotGone, services.Overlapping, services.TooLate):
            each.booking.refresh_from_db()
        else:
            return True
    services.cancel(each.booking, by=by, absence=absence)
    return False


def concerned(hours: HoursHost, first: date, last: date) -> list[Booking]:
    """Who would come on these days, and has not yet."""
    return [each for each in queries.booked_with(hours, *queries.day_span(hours, first, last)) if each.is_ahead]


def plan(hours: HoursHost, way: str, *, first: date, last: date, also_unknown: bool = False) -> list[Shift]:
    """Each to the next hour that suits, never before the old time; people of one group stay together where it fits."""
    booked = concerned(hours, first, last)
    if way == Way.CANCEL or not booked:
        return [Shift(each, None) for each in booked]
    start, end = queries.day_span(hours, first, last)
    if way == Way.LATER:
        offers = [each for each in offers_of_one(hours) if not start <= each.slot.start < end]
    else:
        now = timezone.now()
        hosts = queries.hosts_of(hours.program, but=hours.person)
        offers = [Offer(host, slot) for host in hosts for slot in queries.free_of(host, now)]
    offers.sort(key=lambda each: (each.slot.start, each.host.pk))
    return list(_fitted(booked, offers, also_unknown))


def offers_of_one(hours: HoursHost) -> list[Offer]:
    now = timezone.now()
    full = queries.with_rules(HoursHost.objects.filter(pk=hours.pk, is_open=True), now).first()
    if full is None:
        return []
    full.program = hours.program
    return [Offer(full, slot) for slot in queries.free_of(full, now)]


def next_for(booking: Booking, most: int = 3) -> list[Offer]:
    """The host's next hours at which that person has nothing else that the host may know of."""
    own = _spans_of([booking])[booking.person_id]
    return [each for each in offers_of_one(booking.slot.host) if each.slot.start > booking.starts_at
            and not _meets(own, each)][:most]  # fmt: skip


def _fitted(booked: Sequence[Booking], offers: Sequence[Offer], also_unknown: bool) -> Iterator[Shift]:
    spans, given = _spans_of(booked, also_unknown=also_unknown), Counter[str]()
    groups: dict[int, list[Booking]] = defaultdict(list)
    for booking in booked:
        groups[booking.slot_id].append(booking)

    def suits(offer: Offer, group: Sequence[Booking]) -> bool:
        who = [each.person_id for each in group]
        has_room = offer.slot.left - given[offer.key] >= len(group)
        comes_later = offer.slot.start >= group[0].starts_at and offer.host.person_id not in who
        return has_room and comes_later and not any(_meets(spans[person], offer) for person in who)

    for group in groups.values():
        together = next((offer for offer in offers if suits(offer, group)), None)
        for booking in group:
            has_begun = booking.starts_at <= timezone.now()
            to = together or next((offer for offer in offers if suits(offer, [booking])), None)
            if to is None or has_begun:
                yield Shift(booking, None)
                continue
            given[to.key] += 1
            spans[booking.person_id].append((to.slot.start, to.slot.end))
            yield Shift(booking, to)


def _meets(spans: Iterable[tuple[datetime, datetime]], offer: Offer) -> bool:
    return any(start < offer.slot.end and offer.slot.start < end for start, end in spans)


def _spans_of(booked: Sequence[Booking], *, also_unknown: bool = False) -> dict[int, list[tuple[datetime, datetime]]]:
    """What these people have booked besides. A host is offered times before this: of hours with mentors and in other
    companies' programs, which they do not know of, they hear once they choose such a time, and not from what is left
    out (`also_unknown` is for what nobody is shown first)."""
    spans: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    rows = Booking.objects.filter(person__in={each.person_id for each in booked}, state=BookingState.BOOKED)
    rows = rows.filter(ends_at__gt=timezone.now()).exclude(pk__in=[each.pk for each in booked])
    if not also_unknown:
        program = booked[0].slot.host.program
        team = HoursHost.objects.filter(offering.to_everybody(program), program=program)
        rows = rows.filter(slot__host__in=team)
    for person, start, end in rows.values_list("person", "starts_at", "ends_at"):
        spans[person].append((start, end))
    return spans


@transaction.atomic
def come_back(absence: Absence) -> Back:
    """Undo: the days are open again, and what was moved or cancelled for it is as it was, where it still can be. Who
    had not heard of the change hears nothing; who chose something else since then keeps that."""
    rows = Booking.objects.filter(dropped_by=absence).select_related("slot__host__program", "person")
    services.lock({absence.host_id, *(row.slot.host_id for row in rows)}, {row.person_id for row in rows})
    kept = list(rows.order_by("starts_at", "pk").all())
    day = {"first__lte": absence.last, "last__gte": absence.first}
    other = Absence.objects.filter(host=absence.host_id, **day).exclude(pk=absence.pk).first()
    Absence.objects.filter(pk=absence.pk).delete()
    services.changed(absence.host.program_id)
    back, lost, told = 0, 0, set()
    for booking in kept:
        if booking.instead_of_id is not None:
            continue  # goes with the one it stands for
        tell = news.heard(booking)
        try:
            with transaction.atomic():
                _restore(booking, tell)
        except (services.SlotGone, services.Overlapping, services.TooLate):
            Booking.objects.filter(pk=booking.pk).update(dropped_by=other)
            lost += 1
        else:
            back += 1
            told |= tell & {booking.person_id}
    return Back(back, len(told), lost, other)


def _restore(booking: Booking, tell: set[int]) -> None:
    if booking.is_booked and booking.moved_from is not None:
        host = booking.slot.host
        services.move(booking, to=host, start=booking.moved_from, by=host.person, is_undo=True, tell=tell)
        return
    instead = Booking.objects.filter(instead_of=booking).select_related("slot__host", "person").first()
    if instead is not None:
        if not instead.is_booked or instead.moved_from is not None:  # the person has chosen since then
            raise services.TooLate
        tell |= news.heard(instead) & {booking.person_id}
        services.cancel(instead, by=None)
    services.take_back(booking, tell=tell)
