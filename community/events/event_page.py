"""One event as its page shows it, for who is invited and for who plans it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from community.events import (
    access,
    agenda,
    attending,
    feedback,
    moments,
    queries,
    running_order,
    to_do,
    video_links,
)
from community.events.invited import invited, is_invited
from community.events.models import Choice, Event, Noting
from community.events.models_after import Attendance
from community.events.models_guests import Guest
from community.events.series_dates import series_of
from core.disclosure import gate
from core.disclosure.gate import People
from core.kit import cldr, two_clocks
from core.kit.markdown import render
from core.kit.templatetags.ui import clock
from core.people.faces import Face
from programs.membership.models import Program
from programs.membership.standing import HeadCount, beginning_of, last_monday, steadily

if TYPE_CHECKING:
    from core.people.models import User

LAST_PLACES = 3


@dataclass(frozen=True)
class Counts:
    """Who comes, for who plans it: names for yes, maybe and waiting; of the others only how many they are."""

    yes: list[Face]
    maybe: list[Face]
    waiting: list[Face]
    rest: People  # no, or no answer: whoever sees the names above can count them anyway
    guests: list[Guest]  # from outside, who come or wait
    no: People  # of these, by last Monday, as the gate lets it out

    @property
    def named_yes(self) -> People:
        return gate.named(len(self.yes) + sum(1 for each in self.guests if each.choice == Choice.YES))


def named_yes(event: Event) -> People:
    """The same without the names, for a start page."""
    return gate.named(sum(queries.YES.rows(event=event.pk)) + sum(queries.GUESTS.rows(event=event.pk)))


def of(event: Event, user: "User", *, shows_all: bool = False) -> dict[str, Any]:
    """`shows_all`: of a series also what is over and what comes late."""
    program, now = event.milestone.program, timezone.now()
    prefetch_related_objects([event], "generations")  # who is invited is asked for twice
    answer = queries.answers_of(user, [event.pk]).get(event.pk)
    edits = access.can_edit(user, program)
    may_answer = is_invited(event, user)
    comes = answer is not None and answer.choice in (Choice.YES, Choice.MAYBE)
    is_live = event.is_open and moments.can_be_joined(event.milestone, now)
    is_over = moments.is_over(event.milestone, now)
    attendance = own_attendance(event, user) if moments.attendance_opens(event.milestone) <= now else None
    was_there = attendance is not None or (answer is not None and answer.choice == Choice.YES)
    return {
        "program": program,
        "event": event,
        "when": when(event),
        "elsewhere": elsewhere(event),
        "month_short": cldr.month_short(event.milestone.on),
        "description": render(str(event.description)),
        "invitation": render(str(event.invitation)),
        "points": running_order.points(str(event.running_order), event.milestone.at),
        "too_long": too_long(event) if edits and not is_over else 0,
        "speakers": running_order.speakers(event.speakers),
        "materials": render(str(event.materials)),
        "files": queries.files_of(event),
        "picture": reverse("attachments:file", args=[event.picture_id]) if event.picture_id else "",
        "reminder": render(str(event.reminder)) if moments.reminds_at(event.milestone) <= now and not is_over else "",
        "tasks": to_do.of(event, "tasks") if edits and not is_over else [],
        "after_tasks": to_do.of(event, "after_tasks") if edits and is_over else [],
        "video": video_of(event) if (comes or edits) else "",
        "is_live": is_live and (comes or edits) and bool(event.video),
        "is_over": is_over,
        "answer": answer,
        "attendance": attendance,
        "may_judge": is_over and may_answer and was_there and feedback.is_open(event),
        "follow_up": render(str(event.follow_up)),
        "may_attend": may_answer and event.noting != Noting.NUMBER and attending.can_be_told(event),
        "has_begun": moments.begins(event.milestone) <= now,
        "may_answer": may_answer and event.is_open and not is_over,
        "is_full": event.free == 0,
        "is_nearly_full": event.free is not None and 0 < event.free <= LAST_PLACES,
        "moves_up_until": moments.moves_up_until(event.milestone),
        "moves_up": now < moments.moves_up_until(event.milestone),
        "seen": queries.shown_of(event) if may_answer and not edits else [],  # for who is invited as they are
        "counts": counts_of(event, program) if edits else None,
        "edits": edits,
        "is_invited": may_answer,
        "sees_photos": may_answer
        or Event.objects.filter(pk=event.pk, photos__people__person=user).exists(),  # also of who no longer is
        "series": series_of(event, user, may_answer=may_answer, shows_all=shows_all),
    }


def too_long(event: Event) -> int:
    """By how many minutes the agenda goes on when the event is over."""
    date = event.milestone
    if date.at is None or date.until_at is None or date.last_day != date.on:
        return 0
    lasts = (moments.ends(date) - moments.begins(date)).total_seconds() // 60
    return max(int(running_order.minutes_of(str(event.running_order)) - lasts), 0)


def own_attendance(event: Event, user: "User") -> Attendance | None:
    return Attendance.objects.filter(event=event, person=user).first()


def counts_of(event: Event, program: Program) -> Counts:
    by_choice: dict[str, list[Face]] = {choice: [] for choice in Choice}
    for choice, person, name in queries.named_of(event):
        by_choice[choice].append(Face.of(person, name))
    named = sum(len(rows) for rows in by_choice.values())
    # Whom a language leaves out reads another one. Any number of those it invites, however coarse, could be moved over
    # an edge with own accounts, in one event after the other: so it is said of how many they are.
    rest = max(invited(event, in_any_language=True).count() - named, 0)
    said = People(0, rest) if event.languages else gate.named(rest)
    most = rest if said.high is None else said.high
    no = steadily(program, f"event:{event.pk}:no", last_monday(program), lambda: {"no": _said_no(event, program, rest)})
    return Counts(
        by_choice[Choice.YES],
        by_choice[Choice.MAYBE],
        by_choice[Choice.WAITING],
        said,
        list(Guest.objects.named().filter(event=event, choice__in=[Choice.YES, Choice.WAITING])),
        no["no"] if (no["no"].high or 0) <= most else People(0, most),
    )


def _said_no(event: Event, program: Program, rest: int) -> HeadCount:
    count = queries.said_no(event, before=beginning_of(program, last_monday(program)))
    return HeadCount(count, max(rest, count))


def when(event: Event) -> str:
    """The day and the hours in words, on the clocks of the program."""
    milestone = event.milestone
    day = cldr.written(milestone.on, "day")
    begins = clock(datetime.combine(milestone.on, milestone.at)) if milestone.at else ""
    return ", ".join(part for part in (day, begins, agenda.until(milestone)) if part)


def elsewhere(event: Event) -> dict[str, str]:
    """For a reader who is elsewhere: where the hours above are meant, and when that is on their own clock."""
    date, zone = event.milestone, event.milestone.program.time_zone
    if date.at is None:
        return {}
    theirs = two_clocks.beside(moments.begins(date), timezone.get_current_timezone_name(), shown=zone)
    return {"place": two_clocks.place_of(zone), "theirs": theirs} if theirs else {}


def video_of(event: Event) -> str:
    """What the call is called, by its address."""
    return video_links.name_of(event.video) or _("Video call") if event.video else ""
