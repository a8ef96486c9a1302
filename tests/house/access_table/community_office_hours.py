from datetime import timedelta
from typing import Any

from django.utils import timezone

from community.office_hours import notes
from community.office_hours.models import Absence, BusyTime, HoursWindow, SpecialDay
from community.office_hours.models_notes import HourNote
from tests.house.access_table import Form, Row, in_program

NEITHER = {"team": 403, "executive": 403, "council": 403}
MEMBERS = ("manager", "coach", "influencer", "influencer2")


def members(status: int) -> dict[str, int]:
    return dict.fromkeys(MEMBERS, status) | NEITHER


def hosts(status: int, *, coach: int | None = None, manager: int | None = None) -> dict[str, int]:
    return dict.fromkeys(MEMBERS, 403) | {"coach": coach or status, "manager": manager or status} | NEITHER


def participants(status: int) -> dict[str, int]:
    """For themselves; the team asks for no help."""
    return {"manager": 403, "coach": 403, "influencer": status, "influencer2": status} | NEITHER


def the_two(status: int, *, host: int | None = None) -> dict[str, int]:
    """Whose it is, and the host; the others in the program may not know of it."""
    return dict.fromkeys(MEMBERS, 404) | {"influencer": status, "coach": host or status} | NEITHER


def waiting(status: int) -> dict[str, int]:
    """Who waits in the drop-in hour has a place; nobody else knows of it."""
    return dict.fromkeys(MEMBERS, 404) | {"influencer": status} | NEITHER


def note(world: Any) -> int:
    return world.note.pk


def own_hours(world: Any) -> int:
    return world.hours.pk


def booking(world: Any) -> int:
    return world.booking.pk


def cancelled(world: Any) -> int:
    return world.cancelled_booking.pk


def window(world: Any) -> int:
    return world.window.pk


def special(world: Any) -> int:
    return world.special_day.pk


def absence(world: Any) -> int:
    return world.absence.pk


def blocked(world: Any) -> int:
    late = timezone.now() + timedelta(days=200)
    own = {"starts_at": late, "ends_at": late + timedelta(hours=1), "is_own": True}
    return BusyTime.objects.create(host=world.hours, **own).pk


ROWS = {
    "community:office_hours": Row(in_program(), expect=members(200)),
    "community:hours_wait": Row(in_program(), "post", expect=members(302)),
    "community:booking_detail": Row(in_program(pk=booking), expect=the_two(200)),
    "community:booking_cancel": Row(in_program(pk=booking), "post", expect=the_two(302)),
    "community:booking_again": Row(in_program(pk=cancelled), "post", expect=the_two(302)),
    "community:booking_off": Row(in_program(pk=booking), expect=hosts(200, manager=404)),
    "community:hours_block": Row(in_program(), "post", expect=hosts(302)),
    "community:hours_unblock": Row(in_program(pk=blocked), "post", expect=hosts(302, manager=404)),
    "community:booking_question": Row(in_program(pk=booking), expect=the_two(200, host=404)),
    "community:booking_calendar": Row(in_program(pk=booking), expect=the_two(200)),
    "community:queue": Row(in_program(), expect=members(200)),
    "community:queue_line": Row(in_program(), expect=members(204) | {"influencer": 200}),
    "community:queue_join": Row(in_program(), "post", expect=members(302)),
    "community:queue_leave": Row(in_program(), "post", expect=waiting(302)),
    "community:queue_pass": Row(in_program(), "post", expect=waiting(302)),
    "community:queue_here": Row(in_program(), "post", expect=waiting(302)),
    "community:queue_topic": Row(in_program(), expect=waiting(200)),
    "community:queue_host": Row(in_program(), expect=hosts(200)),
    "community:queue_board": Row(in_program(), expect=hosts(200)),
    "community:queue_serve": Row(in_program(), "post", expect=hosts(302)),
    "community:queue_next": Row(in_program(), "post", expect=hosts(302, manager=404)),
    "community:queue_arrived": Row(in_program(), "post", expect=hosts(302, manager=404)),
    "community:queue_done": Row(in_program(), "post", expect=hosts(302, manager=404)),
    "community:queue_hand_over": Row(in_program(), "post", expect=hosts(302, manager=404)),
    "community:queue_close": Row(in_program(), expect=hosts(200, manager=404)),
    "community:hours_notes": Row(in_program(), expect=members(200)),
    "community:hours_note_new": Row(in_program(), expect=members(200)),
    "community:hours_note_edit": Row(in_program(pk=note), expect=waiting(200)),
    "community:hours_note_remove": Row(in_program(pk=note), expect=waiting(200)),
    "community:hours_notes_allow": Row(in_program(pk=own_hours), "post", expect=waiting(302)),
    "community:booking_notes": Row(in_program(pk=booking), expect=hosts(200, manager=404)),
    "community:hours_help": Row(in_program(), expect=participants(200)),
    "community:hours_help_end": Row(in_program(), "post", expect=participants(302)),
    "community:hours_day": Row(in_program(), expect=hosts(200)),
    "community:hours_topics": Row(in_program(), expect=hosts(200)),
    "community:hours_settings": Row(in_program(), expect=hosts(200)),
    "community:hours_window_new": Row(in_program(), expect=hosts(200, manager=302)),
    "community:hours_window_remove": Row(in_program(pk=window), "post", expect=hosts(302, manager=404)),
    "community:hours_window_restore": Row(in_program(pk=window), "post", expect=hosts(302, manager=404)),
    "community:hours_special_restore": Row(in_program(pk=special), "post", expect=hosts(302, manager=404)),
    "community:hours_special_new": Row(in_program(), expect=hosts(200, manager=302)),
    "community:hours_special_remove": Row(in_program(pk=special), "post", expect=hosts(302, manager=404)),
    "community:hours_calendar": Row(in_program(), expect=hosts(200, manager=302)),
    "community:hours_microsoft": Row(others=302),
    "community:hours_calendar_end": Row(in_program(), "post", expect=hosts(302)),
    "community:hours_away": Row(in_program(), expect=hosts(200, manager=302)),
    "community:hours_back": Row(in_program(pk=absence), "post", expect=hosts(302, manager=404)),
}


def _the_host_may_write(world: Any) -> dict[str, Any]:
    notes.allow(world.hours, by=world.influencer)
    return {"text": "Once"}


ONCE = {
    "community:hours_note_new": Form(HourNote, lambda world: {"text": "Once"}, by="influencer"),
    "community:booking_notes": Form(HourNote, _the_host_may_write, by="coach"),
    "community:hours_window_new": Form(
        HoursWindow, lambda world: {"weekday": 2, "begins": "17:00", "ends": "18:00", "places": 1}, by="coach"
    ),
    "community:hours_special_new": Form(
        SpecialDay,
        lambda world: {"day": world.today + timedelta(days=5), "begins": "17:00", "ends": "18:00", "places": 1},
        by="coach",
    ),
    "community:hours_away": Form(
        Absence, lambda world: {"first": world.today + timedelta(days=5), "way": "later"}, by="coach"
    ),
}
SAFE_TWICE = {
    "community:booking_off": "the old time is moved or cancelled once",
    "community:booking_question": "the same words again change nothing",
}
