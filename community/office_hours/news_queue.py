"""What those in the queue of a drop-in hour are told: that it is their turn, and that the hour is over."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from community.office_hours.models_queue import OpenHour, Ticket, TicketState
from community.office_hours.news import GROUP
from core.kit.rooms import News, Told
from core.kit.templatetags.ui import clock
from core.news import services as inbox
from programs.membership.access import Ability, can, roles_by_program

if TYPE_CHECKING:
    from core.people.models import User

TURN, OVER = "office_hours.turn", "office_hours.over"


def _about(ticket: Ticket) -> str:
    return f"{ticket.hour_id}.{ticket.number}"


def your_turn(ticket: Ticket) -> None:
    moment = int(ticket.changed_at.timestamp()) if ticket.changed_at else 0
    program_id = ticket.hour.program_id
    inbox.tell(TURN, [ticket.person], about=_about(ticket), item=f"{ticket.pk}.{moment}", program_id=program_id)


def turn_is_over(ticket: Ticket) -> None:
    inbox.gone(TURN, about=_about(ticket))


def is_over(hour: OpenHour, people: "Iterable[User]") -> None:
    inbox.tell(OVER, people, about=hour.pk, item=hour.pk, program_id=hour.program_id)


def _look_turn(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    keys = [row.item.partition(".")[0] for row in rows]
    mine = Ticket.objects.filter(person=person, state=TicketState.CALLED, pk__in=[key for key in keys if key.isdigit()])
    found = {str(ticket.pk): ticket for ticket in mine.select_related("hour__program")}
    told = {}
    for row, key in zip(rows, keys, strict=True):
        if key in found:
            program = found[key].hour.program
            url = reverse("community:queue", args=[program.slug])
            told[row.pk] = Told(found[key].hour.place or program.name, url, program=program.name)
    return told


def _look_over(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    keys = [row.about for row in rows if row.about.isdigit()]
    found = {str(hour.pk): hour for hour in OpenHour.objects.filter(pk__in=keys).select_related("program")}
    programs = {program for program in roles_by_program(person) if can(person, Ability.BOOK_HOURS, program)}
    told = {}
    for row in rows:
        hour = found.get(row.about)
        if hour is not None and hour.program in programs:
            url = reverse("community:office_hours", args=[hour.program.slug])
            told[row.pk] = Told(clock(hour.until), url, program=hour.program.name)
    return told


def _can_book(person: "User") -> bool:
    return any(can(person, Ability.BOOK_HOURS, program) for program in roles_by_program(person))


NEWS = (
    News(
        TURN,
        _("It is my turn in the drop-in hour"),
        GROUP,
        36,
        ngettext_lazy("It is your turn: %(title)s", "It is your turn %(count)s times: %(title)s", "count"),
        _("You are receiving this email because you took a number."),
        _look_turn,
        mail="now",
        button=_("Go there"),
        icon="messages",
        asks=True,
        concerns=_can_book,
    ),
    News(
        OVER,
        _("A drop-in hour ends before it is my turn"),
        GROUP,
        37,
        ngettext_lazy(
            "The drop-in hour until %(title)s is over. Please choose one of the next free slots.",
            "%(count)s drop-in hours are over, the last one until %(title)s. Please choose one of the next free slots.",
            "count",
        ),
        _("You are receiving this email because you waited in a drop-in hour and there was no time left for you."),
        _look_over,
        mail="now",
        button=_("Choose a slot"),
        icon="calendar-event",
        concerns=_can_book,
    ),
)
