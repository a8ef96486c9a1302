"""What the two of an hour are told, each once: that it is booked, moved, cancelled, near; and that one became free."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from community.office_hours import calendar, queries
from community.office_hours.models import Booking, HoursHost, HoursWait, TakenSlot
from core.kit.compiled import Compiled, OneOf
from core.kit.rooms import News, Told
from core.kit.templatetags.ui import clock, day
from core.news import services as inbox
from core.news.kinds import silent_among
from core.news.models import Notification
from programs.membership.access import Ability, can, roles_by_program
from programs.membership.models import Program
from programs.mentors import accompanying

if TYPE_CHECKING:
    from core.people.models import User

BOOKED, CONFIRMED = "office_hours.booked", "office_hours.confirmed"
MOVED, CANCELLED = "office_hours.moved", "office_hours.cancelled"
NEAR, FREE, PLACE = "office_hours.near", "office_hours.free", "office_hours.place"
MOST_WAITING = 200


def _item(booking: Booking) -> str:
    """A version of a booking: another one is other news."""
    return f"{booking.pk}.{booking.sequence}"


def booked(booking: Booking, *, only: Collection[int] | None = None) -> None:
    """The host hears it, and the person gets the date for the own calendar. `only`: of the two those who heard of what
    is undone; the others know of nothing else."""
    _outdate(booking)
    _tell(BOOKED, [booking.slot.host.person], booking, only)
    _tell(CONFIRMED, [booking.person], booking, only)


def moved(booking: Booking, *, only: Collection[int] | None = None) -> None:
    _outdate(booking)
    _tell(MOVED, [booking.person, booking.slot.host.person], booking, only)


def place_changed(booking: Booking) -> None:
    """Who comes hears of another place or another call; the host knows."""
    _tell(PLACE, [booking.person], booking)


def heard(booking: Booking) -> set[int]:
    """Who knows of the present version of it, by mail, on a device or on the page; and who has not even heard of the
    one before, so that something is left to say."""
    versions = [_item(booking), f"{booking.pk}.{booking.sequence - 1}"]
    reached = Q(mailed_at__isnull=False) | Q(pushed_at__isnull=False) | Q(read_at__isnull=False)
    rows = Notification.objects.filter(about=str(booking.pk), item__in=versions, kind__startswith="office_hours.")
    return set(
        rows.filter(reached & Q(item=versions[0]) | ~reached & Q(item=versions[1])).values_list("person", flat=True)
    )


def cancelled(booking: Booking) -> None:
    """Both get it for their calendars; nobody hears why."""
    _outdate(booking)
    _tell(CANCELLED, [booking.person, booking.slot.host.person], booking)


def near(booking: Booking) -> None:
    _tell(NEAR, [booking.person, booking.slot.host.person], booking)


def became_free(slot: TakenSlot) -> None:
    """Who waits for this host or for anybody hears it once, and waits no longer; of what nobody can book nobody hears,
    and goes on waiting."""
    if not HoursWait.objects.filter(program=slot.host.program_id).exists() or not _bookable([slot.pk]):
        return
    host = HoursHost.objects.select_related("program", "person").get(pk=slot.host_id)
    if silent_among(host.program_id, {host.person_id}):
        return
    waiting = HoursWait.objects.select_for_update(of=("self",)).filter(program=host.program)
    rows = [row for row in waiting.select_related("person").order_by("pk") if row.host_id in (None, host.pk)]
    if not can(host.person, Ability.OFFER_HOURS, host.program):  # a mentor is there for few
        mine = set(accompanying.accompanied_by(host.person_id, host.program_id))
        rows = [row for row in rows if row.person_id in mine]
    rows = [row for row in rows if row.person_id != host.person_id][:MOST_WAITING]
    moment = f"{slot.pk}.{int(timezone.now().timestamp())}"
    inbox.tell(FREE, [row.person for row in rows], about=host.pk, item=moment, program_id=host.program_id)
    HoursWait.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _bookable(slots: "Iterable[int]") -> dict[int, datetime]:
    """Of these hours, those that are free on the page at this moment, and when they begin."""
    now = timezone.now()
    wanted = TakenSlot.objects.filter(pk__in=slots, starts_at__gt=now, taken__lt=F("places"))
    rows = list(wanted.values_list("pk", "host", "host__program", "starts_at"))
    programs = Program.objects.filter(pk__in={program for _pk, _host, program, _start in rows})
    hosts = [host for program in programs for host in queries.hosts_of(program, with_mentors=True)]
    named = {host for _pk, host, _program, _start in rows}
    free = {(host.pk, each.start) for host in hosts if host.pk in named for each in queries.free_of(host, now)}
    return {pk: start for pk, host, _program, start in rows if (host, start) in free}


def _tell(kind: str, people: "list[User]", booking: Booking, only: Collection[int] | None = None) -> None:
    people = people if only is None else [person for person in people if person.pk in only]
    inbox.tell(kind, people, about=booking.pk, item=_item(booking), program_id=booking.program_id)


def _outdate(booking: Booking) -> None:
    """What was said of it before is no news any more."""
    for kind in (BOOKED, CONFIRMED, MOVED, PLACE, CANCELLED, NEAR):
        inbox.gone(kind, about=booking.pk)


def _found(person: "User", rows: Sequence[Any]) -> dict[str, Booking]:
    """The bookings of these news, by item: only what this person is one of the two of, in its present version."""
    keys = [row.item.partition(".")[0] for row in rows]
    found = _NAMED.rows(bookings=[int(key) for key in keys if key.isdecimal() and len(key) < 20])
    programs = {program for program in roles_by_program(person) if can(person, Ability.BOOK_HOURS, program)}
    return {
        _item(each): each
        for each in found
        if person.pk in (each.person_id, each.slot.host.person_id) and each.slot.host.program in programs
    }


_NAMED = Compiled(
    lambda: Booking.objects.filter(OneOf("id", "bookings")).select_related(
        "slot__host__person", "slot__host__program", "person"
    )
)


def _look(wants_booked: bool) -> Callable[["User", Sequence[Any]], dict[int, Told]]:
    def look(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
        found, told = _found(person, rows), {}
        for row in rows:
            booking = found.get(row.item)
            if booking is None or booking.is_booked is not wants_booked:
                continue
            if row.kind == NEAR and booking.starts_at <= timezone.now():
                continue
            host = booking.slot.host
            other = booking.person if person.pk == host.person_id else host.person
            url = reverse("community:booking_detail", args=[host.program.slug, booking.pk])
            face = {"id": other.pk, "name": str(other), "initials": other.initials}
            when = f"{day(booking.starts_at, 'weekday')}, {clock(booking.starts_at)}"
            told[row.pk] = Told(when, url, str(other), face, host.program.name)
        return told

    return look


def _look_free(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    keys = [row.about for row in rows if row.about.isdigit()]
    hosts = {str(host.pk): host for host in HoursHost.objects.filter(pk__in=keys).select_related("person", "program")}
    slots = _bookable(int(row.item.partition(".")[0]) for row in rows)
    programs = {program for program in roles_by_program(person) if can(person, Ability.BOOK_HOURS, program)}
    told = {}
    for row in rows:
        host, start = hosts.get(row.about), slots.get(int(row.item.partition(".")[0]))
        if host is None or start is None or host.program not in programs:
            continue
        url = f"{reverse('community:office_hours', args=[host.program.slug])}?host={host.pk}"
        told[row.pk] = Told(f"{day(start, 'weekday')}, {clock(start)}", url, str(host.person), None, host.program.name)
    return told


def _calendar(person: "User", row: Any) -> str:
    booking = _found(person, [row]).get(row.item)
    return calendar.part_of(booking, person) if booking else ""


def _begins(row: Any) -> datetime | None:
    """What is urgent about it: also the time at which a moved one would have begun."""
    key = row.item.partition(".")[0]
    times = Booking.objects.filter(pk=key).values_list("starts_at", "moved_from").first() if key.isdigit() else None
    ahead = [each for each in times or () if each and each > timezone.now()]
    return min(ahead, default=None)


def _hears(ability: Ability) -> Callable[["User"], bool]:
    return lambda person: any(can(person, ability, program) for program in roles_by_program(person))


GROUP = _("Office hours")
LOOK = _("Open")
NEWS = (
    News(
        BOOKED,
        _("Somebody books a slot with me"),
        GROUP,
        30,
        ngettext_lazy("%(name)s booked: %(title)s", "%(count)s slots were booked: %(title)s", "count"),
        _("You are receiving this email because you offer office hours."),
        _look(True),
        mail="now",
        button=LOOK,
        icon="calendar-plus",
        each=True,
        concerns=lambda person: _hears(Ability.OFFER_HOURS)(person) or accompanying.accompanies_anywhere(person),
        calendar=_calendar,
        begins=_begins,
    ),
    News(
        CONFIRMED,
        _("My appointments"),
        GROUP,
        31,
        ngettext_lazy("Booked with %(name)s: %(title)s", "%(count)s slots are booked: %(title)s", "count"),
        _("You are receiving this email because you booked office hours. It includes the date for your calendar."),
        _look(True),
        mail="now",
        button=LOOK,
        icon="calendar-check",
        each=True,
        concerns=_hears(Ability.BOOK_HOURS),
        calendar=_calendar,
    ),
    News(
        MOVED,
        _("An appointment is moved"),
        GROUP,
        32,
        ngettext_lazy("Moved, %(name)s: now %(title)s", "%(count)s appointments were moved: %(title)s", "count"),
        _("You are receiving this email because it is one of your office hours."),
        _look(True),
        mail="now",
        button=LOOK,
        icon="calendar-time",
        each=True,
        concerns=_hears(Ability.BOOK_HOURS),
        calendar=_calendar,
        begins=_begins,
    ),
    News(
        PLACE,
        _("The place of an appointment changes"),
        GROUP,
        32,
        ngettext_lazy(
            "New place with %(name)s: %(title)s", "%(count)s appointments have a new place: %(title)s", "count"
        ),
        _("You are receiving this email because you booked office hours. It includes the new place for your calendar."),
        _look(True),
        mail="now",
        button=LOOK,
        icon="map-pin",
        each=True,
        concerns=_hears(Ability.BOOK_HOURS),
        calendar=_calendar,
        begins=_begins,
    ),
    News(
        CANCELLED,
        _("An appointment is cancelled"),
        GROUP,
        33,
        ngettext_lazy("Cancelled, %(name)s: %(title)s", "%(count)s appointments are cancelled: %(title)s", "count"),
        _("You are receiving this email because it was one of your office hours."),
        _look(False),
        mail="now",
        button=LOOK,
        icon="calendar-off",
        each=True,
        concerns=_hears(Ability.BOOK_HOURS),
        calendar=_calendar,
        begins=_begins,
    ),
    News(
        NEAR,
        _("An appointment is coming up"),
        GROUP,
        34,
        ngettext_lazy("Coming up with %(name)s: %(title)s", "%(count)s appointments are coming up: %(title)s", "count"),
        _("You are receiving this email so that you do not miss your office hours."),
        _look(True),
        mail="now",
        button=LOOK,
        icon="clock",
        concerns=_hears(Ability.BOOK_HOURS),
    ),
    News(
        FREE,
        _("A slot has become free"),
        GROUP,
        35,
        ngettext_lazy("Free again with %(name)s: %(title)s", "%(count)s slots are free again: %(title)s", "count"),
        _("You are receiving this email because you asked to be notified. It is sent once."),
        _look_free,
        mail="now",
        button=_("View"),
        icon="calendar-event",
        asks=True,
        concerns=_hears(Ability.BOOK_HOURS),
    ),
)
