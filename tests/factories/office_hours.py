"""Office hours. In the world the coach offers some every day; the influencer has booked one and cancelled another."""

from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from community.office_hours import helping, notes, queries, queueing, services, services_hosts
from community.office_hours.models import Absence, Booking, HoursHost, HoursWindow, SpecialDay
from community.office_hours.models_queue import OpenHour

ORDER = 70
RULES = {"minutes": 20, "notice_hours": 0, "weeks": 4, "place": "Room 2.14", "link": "https://meet.example.com/hours"}


def make_hours(program: Any, by: Any, *, places: int = 1, **rules: Any) -> HoursHost:
    """From 9:00 to 11:00 on every day of the week."""
    hours = services_hosts.set_rules(program, by=by, rules=RULES | rules)
    HoursWindow.objects.bulk_create(
        HoursWindow(host=hours, weekday=day, begins=time(9), ends=time(11), places=places) for day in range(7)
    )
    return hours


def free(hours: HoursHost) -> list[Any]:
    now = timezone.now()
    return queries.free_of(queries.with_rules(HoursHost.objects.filter(pk=hours.pk), now).get(), now)


def make_booking(hours: HoursHost, by: Any, place: int = 12, **wish: Any) -> Booking:
    """The free hour at a place in the row; the twelfth is two days ahead, so nothing of today changes."""
    return services.book(hours, start=free(hours)[place].start, by=by, **wish)


def make_open_hour(program: Any, by: Any, **more: Any) -> OpenHour:
    """A drop-in hour that has just begun."""
    until = timezone.now() + timedelta(hours=1)
    return queueing.begin(program, by=by, **({"until": until, "place": "Room 2.14", "link": ""} | more))


def furnish(world: Any) -> None:
    world.hours = make_hours(world.program, world.coach)
    world.booking = make_booking(world.hours, world.influencer, question="How do I begin without advertising?")
    world.cancelled_booking = make_booking(world.hours, world.influencer, 20)
    services.cancel(world.cancelled_booking, by=world.influencer)
    helping.want_help(world.program, wish="My profile picture", by=world.influencer)
    own = {"host": world.hours, "shared_until": None, "follow_up": ""}
    world.note = notes.write(world.program, text="Ask before posting pictures", by=world.influencer, **own)
    world.open_hour = make_open_hour(world.program, world.coach)
    world.ticket = queueing.join(world.open_hour, topic="Which picture?", by=world.influencer)
    world.window = HoursWindow.objects.filter(host=world.hours).first()
    day = world.today + timedelta(days=200)
    world.special_day = SpecialDay.objects.create(host=world.hours, day=day, begins=time(13), ends=time(15))
    world.absence = Absence.objects.create(host=world.hours, first=day, last=day)
