"""What people are told of events: invited, changed, cancelled, moved up, the day before. Which event is kept, never its
words; they are found when it is read or mailed, with the reader's rights of that moment."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from community.events import calendar, feedback, moments
from community.events.invited import invited
from community.events.models import Answer, Choice, Event, EventState
from community.events.reply_tokens import is_on
from core.kit import calendars
from core.kit.rooms import News, Told
from core.kit.templatetags.ui import day as as_day
from core.news import services as news
from programs.membership.access import Ability, can, roles_by_program

if TYPE_CHECKING:
    from core.people.models import User

INVITED, CHANGED, CANCELLED = "events.invited", "events.changed", "events.cancelled"
SERIES_INVITED, SERIES_CHANGED = "events.series_invited", "events.series_changed"
SERIES_CANCELLED = "events.series_cancelled"
OF_SERIES = (SERIES_INVITED, SERIES_CHANGED, SERIES_CANCELLED)
ASKING = (INVITED, SERIES_INVITED)
MOVED_UP, REMINDER, NO_PLACE = "events.moved_up", "events.reminder", "events.no_place"
HOW_WAS_IT, FOLLOW_UP = "events.how_was_it", "events.follow_up"
GONE = (CANCELLED, SERIES_CANCELLED)


def tell_invited(events: Sequence[Event], *, but: Q) -> None:
    """Of several dates of a series people are told in one go, as of the first one they are concerned by."""
    for people, first, is_one in _once_each(events, lambda event: invited(event).exclude(but)):
        _tell(INVITED if is_one else SERIES_INVITED, first, people, first.pk)


def tell_changed(events: Sequence[Event]) -> None:
    """Whoever is invited and did not say no: the old time may stand in their calendars."""
    for people, first, is_one in _once_each(events, _concerned):
        _tell(CHANGED if is_one else SERIES_CHANGED, first, people, f"{first.pk}.{first.milestone.revision}")


def tell_cancelled(events: Sequence[Event]) -> None:
    for people, first, is_one in _once_each(events, _concerned):
        _tell(CANCELLED if is_one else SERIES_CANCELLED, first, people, f"{first.pk}.{first.milestone.revision}")


def _once_each(
    events: Sequence[Event], of: Callable[[Event], "Iterable[User]"]
) -> "Iterator[tuple[list[User], Event, bool]]":
    """Everybody who is concerned by one of the dates, with the first such date, and whether it is the only one."""
    dates: dict[int, list[Event]] = {}
    people: dict[int, User] = {}
    for event in sorted(events, key=lambda each: (each.milestone.on, each.pk)):
        for person in of(event):
            people[person.pk] = person
            dates.setdefault(person.pk, []).append(event)
    groups: dict[tuple[int, bool], list[User]] = {}
    for pk, theirs in dates.items():
        groups.setdefault((theirs[0].pk, len(theirs) == 1), []).append(people[pk])
    by_pk = {event.pk: event for event in events}
    for (first, is_one), group in groups.items():
        yield group, by_pk[first], is_one


def tell_moved_up(event: Event, answers: Sequence[Answer]) -> None:
    for answer in answers:
        _tell(MOVED_UP, event, [answer.person], f"{event.pk}.{answer.since.timestamp():.0f}")


def tell_no_place(event: Event, person: "User", mark: str) -> None:
    """To who said yes in the calendar program, where it now says that they come."""
    _tell(NO_PLACE, event, [person], f"{event.pk}.{mark[:16]}")


def where_to_answer() -> str:
    """A sentence of the mail: the buttons of a calendar program lead nowhere where the site has no mailbox."""
    if is_on():
        return gettext("You can answer on the page or in your calendar program.")
    return gettext("Please answer on the page. An answer in your calendar program does not reach us.")


def on_the_page() -> str:
    """Several dates are no invitation to a calendar program."""
    return gettext("Please answer on the page. An answer in your calendar program does not reach us.")


def tell_reminder(event: Event) -> None:
    said = Answer.objects.filter(event=event, choice__in=[Choice.YES, Choice.MAYBE]).select_related("person")
    _tell(REMINDER, event, [each.person for each in said], f"{event.pk}.{event.milestone.on}")


def tell_how_was_it(event: Event) -> None:
    _tell(HOW_WAS_IT, event, feedback.asked(event), event.pk)


def tell_follow_up(event: Event) -> None:
    _tell(FOLLOW_UP, event, feedback.asked(event), event.pk)


def _tell(kind: str, event: Event, people: "Iterable[User]", item: object) -> None:
    news.tell(kind, people, about=event.pk, item=item, program_id=event.milestone.program_id)


def _concerned(event: Event) -> "Iterable[User]":
    said_no = Answer.objects.filter(event=event, choice=Choice.NO)
    return invited(event).exclude(pk__in=said_no.values("person"))


def look(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    """What still is as it was told: a cancellation of what takes place after all is none."""
    found = {str(event.pk): event for event in _events([row.about for row in rows])}
    told: dict[int, Told] = {}
    asks = [row.about for row in rows if row.kind == HOW_WAS_IT]
    open_to_feedback = feedback.not_said(person, asks) if asks else set()
    comes = _comes_to(person, [row.about for row in rows if row.kind == REMINDER])
    answered = _answered(person, [row.about for row in rows if row.kind == INVITED])
    for row in rows:
        event = found.get(row.about)
        if event is None or not can(person, Ability.JOIN_EVENTS, event.milestone.program):
            continue
        if row.kind == HOW_WAS_IT:
            if event.pk in open_to_feedback and feedback.is_open(event):
                told[row.pk] = _told(event, "community:event_feedback")
        elif row.kind == REMINDER:
            if event.pk in comes and event.is_open and moments.is_ahead(event.milestone, timezone.now()):
                told[row.pk] = _told_to_remind(event)
        elif (event.state == EventState.CANCELLED) == (row.kind in GONE):
            told[row.pk] = _told_of_series(event) if row.kind in OF_SERIES else _told(event)
            if row.kind == INVITED and event.pk in answered:
                told[row.pk] = replace(told[row.pk], is_answered=True)
    return told


def _answered(person: "User", pks: Sequence[str]) -> set[int]:
    """What somebody said anything to. Of a series whoever answered one date may still be asked for the others."""
    if not pks:
        return set()
    return set(Answer.objects.filter(person=person, event__in=map(int, pks)).values_list("event", flat=True))


def _comes_to(person: "User", pks: Sequence[str]) -> set[int]:
    """What somebody still says yes or maybe to."""
    if not pks:
        return set()
    said = Answer.objects.filter(person=person, event__in=map(int, pks), choice__in=[Choice.YES, Choice.MAYBE])
    return set(said.values_list("event", flat=True))


def _told_to_remind(event: Event) -> Told:
    """By the reader's day of today: a mail that waited says so, and one about a date that was moved as well."""
    one, date, today = _told(event), event.milestone, timezone.localdate()
    day = timezone.localtime(moments.begins(date)).date() if date.at else date.on
    words = {today: _("%(title)s, today"), today + timedelta(days=1): _("%(title)s, tomorrow")}.get(day)
    return replace(one, title=str(words) % {"title": date.title}) if words else one


def _told_of_series(event: Event) -> Told:
    """How many dates there are from this one on, in its state."""
    dates = len(_from(event))
    one = _told(event)
    words = ngettext("%(count)s date: %(title)s", "%(count)s dates, the first: %(title)s", dates)
    return replace(one, title=words % {"count": dates, "title": one.title})


def _from(event: Event) -> list[Event]:
    rows = Event.objects.filter(series=event.series, state=event.state, milestone__deleted_at=None)
    rows = rows.filter(milestone__on__gte=event.milestone.on).select_related("milestone__program")
    return list(rows.order_by("milestone__on", "pk")) if event.series else [event]


def file_of_series(person: "User", row: Any) -> str:
    """The calendar part of a mail about several dates. A request and a cancellation of RFC 5546 speak of one UID each;
    what holds several is published, with the number of each change and with what is cancelled marked so."""
    event = _events([row.about]).first()
    if event is None:
        return ""
    return calendars.write([calendar.appointment(each) for each in _from(event)]).decode()


def _told(event: Event, page: str = "community:event_detail") -> Told:
    program = event.milestone.program
    url = reverse(page, args=[program.slug, event.pk])
    if event.milestone.deleted_at is not None:
        url = reverse("community:events", args=[program.slug])
    title = f"{event.milestone.title}, {as_day(event.milestone.on, 'weekday')}"
    return Told(title, url, program=program.name)


def file_of(person: "User", row: Any) -> str:
    """The calendar part of a mail about it."""
    event = _events([row.about]).first()
    if event is None:
        return ""
    said = Answer.objects.filter(event=event, person=person).values_list("choice", flat=True).first()
    return calendar.file_for(event, person, said or "")


def begins(row: Any) -> datetime | None:
    """Also of a date that was moved: people were reminded of the day on which it would have been."""
    event = _events([row.about]).first()
    if event is None:
        return None
    moment = moments.begins(event.milestone)
    zone = ZoneInfo(event.milestone.program.time_zone)
    if event.reminded_on and event.reminded_on >= timezone.localdate(timezone=zone):
        return min(moment, datetime.combine(event.reminded_on, time(), zone))
    return moment


def _events(pks: Iterable[str]) -> Any:
    return Event.objects.filter(pk__in=list(pks)).select_related("milestone__program")


def _hears(person: "User") -> bool:
    return any(can(person, Ability.JOIN_EVENTS, program) for program in roles_by_program(person))


def _kind(kind: str, label: Any, order: int, sentence: Any, reason: Any, icon: str, **more: Any) -> News:
    return News(
        kind, label, _("Events"), order, sentence, reason, look, mail="now", button=_("Open the event"), icon=icon,
        each=True, concerns=_hears, **more,
    )  # fmt: skip


ANSWERS = ((_("Yes"), "?answer=yes"), (_("Maybe"), "?answer=maybe"), (_("No"), "?answer=no"))
YOURS = _("You are receiving this email because you are invited.")
NEWS = (
    _kind(
        INVITED,
        _("Invitations"),
        30,
        ngettext_lazy("You are invited: %(title)s", "%(count)s invitations", "count"),
        YOURS,
        "calendar-plus",
        asks=True,
        calendar=file_of,
        says=where_to_answer,
        answers=ANSWERS,
    ),
    _kind(
        SERIES_INVITED,
        _("Invitations to a series"),
        30,
        ngettext_lazy("You are invited to a series. %(title)s", "%(count)s invitations to a series", "count"),
        YOURS,
        "calendar-plus",
        asks=True,
        calendar=file_of_series,
        says=on_the_page,
    ),
    _kind(
        SERIES_CHANGED,
        _("Several dates of a series have changed"),
        31,
        ngettext_lazy("A series has changed. %(title)s", "%(count)s series have changed", "count"),
        YOURS,
        "calendar-time",
        calendar=file_of_series,
        begins=begins,
    ),
    _kind(
        SERIES_CANCELLED,
        _("Several dates of a series are cancelled"),
        32,
        ngettext_lazy("Cancelled in a series: %(title)s", "%(count)s series are cancelled", "count"),
        YOURS,
        "calendar-off",
        calendar=file_of_series,
        begins=begins,
    ),
    _kind(
        CHANGED,
        _("An event has changed"),
        31,
        ngettext_lazy("Changed: %(title)s", "%(count)s changes: %(title)s", "count"),
        YOURS,
        "calendar-time",
        calendar=file_of,
        begins=begins,
        says=where_to_answer,
    ),
    _kind(
        CANCELLED,
        _("An event is cancelled"),
        32,
        ngettext_lazy("Cancelled: %(title)s", "%(count)s cancellations", "count"),
        YOURS,
        "calendar-off",
        calendar=file_of,
        begins=begins,
    ),
    _kind(
        MOVED_UP,
        _("I got a place from the waiting list"),
        33,
        ngettext_lazy("You have a place now: %(title)s", "You have %(count)s places now", "count"),
        _("You are receiving this email because you were on the waiting list."),
        "calendar-check",
        calendar=file_of,
        begins=begins,
    ),
    _kind(
        NO_PLACE,
        _("My answer from the calendar program found no place"),
        33,
        ngettext_lazy("No place right now: %(title)s", "%(count)s events without a place right now", "count"),
        _("You are receiving this email because you said yes in your calendar program."),
        "calendar-off",
        calendar=file_of,
        begins=begins,
    ),
    _kind(
        REMINDER,
        _("Reminder before an event"),
        34,
        ngettext_lazy("Coming up: %(title)s", "%(count)s reminders", "count"),
        _("You are receiving this email because you said yes or maybe."),
        "calendar-event",
    ),
    _kind(
        HOW_WAS_IT,
        _("How was it? After an event"),
        35,
        ngettext_lazy("How was it? %(title)s", "%(count)s events to give feedback on", "count"),
        _("You are receiving this email because you were there or said yes."),
        "mood-smile",
        asks=True,
    ),
    _kind(
        FOLLOW_UP,
        _("Recording and materials of an event"),
        36,
        ngettext_lazy("Afterwards: %(title)s", "%(count)s events have materials", "count"),
        _("You are receiving this email because you were there or said yes."),
        "notes",
    ),
)
