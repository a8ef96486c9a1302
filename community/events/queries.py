"""What is selected of events and of the dates that carry them."""

from collections.abc import Iterable, Iterator, Set
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, DateField, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField, When
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from community.events.access import can_edit
from community.events.models import FILES, KICK_OFFS, Answer, Choice, Event, EventState
from community.events.models_after import Attendance
from community.events.models_guests import Guest
from core.attachments.models import Attachment
from core.kit.compiled import Blank, Compiled, OneOf
from core.kit.languages import in_language
from core.kit.records import Did
from core.kit.templatetags.ui import day as as_day
from programs.membership.models import Program
from programs.phases.models import Milestone

if TYPE_CHECKING:
    from core.people.models import User

MOST_REFERRED = 200  # events to choose from


def dates_of(program: Program | Blank) -> QuerySet[Milestone]:
    """Every date at which people come together: events, and dates of the timeline that were called one."""
    rows = Milestone.objects.present().filter(program=program)
    return rows.filter(Q(kind=Milestone.Kind.EVENT) | Q(event__isnull=False)).select_related("event")


def coming(rows: QuerySet[Milestone], *, on: date) -> QuerySet[Milestone]:
    return rows.annotate(last=Coalesce("until_on", "on")).filter(last__gte=on).order_by("on", "at", "pk")


def past(rows: QuerySet[Milestone], *, on: date) -> QuerySet[Milestone]:
    """The latest first."""
    return rows.annotate(last=Coalesce("until_on", "on")).filter(last__lt=on).order_by("-on", "-at", "-pk")


def with_person(rows: QuerySet[Milestone], person: "User") -> QuerySet[Milestone]:
    """What somebody said yes or maybe to, or waits for."""
    said = Answer.objects.filter(person=person).exclude(choice=Choice.NO)
    return rows.filter(event__in=said.values("event"))


def between(program: Program, first: date, last: date) -> list[tuple[Any, ...]]:
    """What takes place on one of these days, also what began before them: as bare values, the title as it is kept,
    since a month may hold hundreds and draws three a day."""
    return BETWEEN.rows(program=program.pk, first=first, last=last)


def said_between(person: "User", program: Program, first: date, last: date, day: date) -> list[tuple[Any, ...]]:
    """What this person said to events on these days: event, choice, and where they are in the waiting list of an event
    of `day`, since only the agenda of a day says it."""
    return SAID_BETWEEN.rows(person=person.pk, program=program.pk, first=first, last=last, day=day)


def announced_ahead(program: Any, *, on: Any) -> QuerySet[Event]:
    """Events that people are asked to come to, the next one first."""
    rows = Event.objects.filter(milestone__program=program, milestone__deleted_at=None, state=EventState.ANNOUNCED)
    rows = rows.annotate(last=Coalesce("milestone__until_on", "milestone__on")).filter(last__gte=on)
    rows = rows.select_related("milestone").prefetch_related("generations")
    return rows.order_by("milestone__on", "milestone__at", "pk")


def with_place(answers: QuerySet[Answer], **only: Any) -> QuerySet[Answer]:
    """Answers with the place in the waiting list, which is by arrival. `only`: of which answers it is wanted."""
    before = (
        Answer.objects.filter(event=OuterRef("event"), choice=Choice.WAITING)
        .filter(Q(since__lt=OuterRef("since")) | Q(since=OuterRef("since"), pk__lte=OuterRef("pk")))
        .order_by()
        .values("event")
        .annotate(ahead=Count("*"))
        .values("ahead")
    )
    guests = (
        Guest.objects.present()
        .filter(event=OuterRef("event"), choice=Choice.WAITING, since__lt=OuterRef("since"))
        .order_by()
        .values("event")
        .annotate(ahead=Count("*"))
        .values("ahead")
    )
    ahead = Subquery(before, output_field=IntegerField()) + Coalesce(Subquery(guests, output_field=IntegerField()), 0)
    waits = When(choice=Choice.WAITING, **only, then=ahead)
    return answers.annotate(place=Case(waits, output_field=IntegerField()))


def _between() -> QuerySet[Milestone, tuple[Any, ...]]:
    rows = dates_of(Blank("program")).annotate(last=Coalesce("until_on", "on"), words=Cast("title", TextField()))
    rows = rows.filter(on__lte=Blank("last"), last__gte=Blank("first")).order_by("on", "at", "pk")
    return rows.values_list(*OF_DATE, *OF_EVENT)


def _said_between() -> QuerySet[Answer, tuple[Any, ...]]:
    rows = Answer.objects.filter(person=Blank("person"), event__milestone__program=Blank("program"))
    rows = rows.annotate(until=Coalesce("event__milestone__until_on", "event__milestone__on"))
    rows = rows.filter(event__milestone__on__lte=Blank("last"), until__gte=Blank("first"))
    day = Blank("day", DateField())
    rows = with_place(rows, event__milestone__on__lte=day, until__gte=day).order_by()
    return rows.values_list("event", "choice", "place")  # type: ignore[misc]  # an annotation


OF_DATE = ("pk", "on", "until_on", "at", "until_at", "words", "place")
OF_EVENT = ("event__pk", "event__state", "event__video")
MOST = 1_000  # dates in what is shown at once
BETWEEN, SAID_BETWEEN = Compiled(lambda: _between()[:MOST]), Compiled(_said_between)


def answers_of(person: "User", events: list[int]) -> dict[int, Answer]:
    """What this person said, by event, with the place in the waiting list."""
    return {answer.event_id: answer for answer in SAID.rows(person=person.pk, events=events)}


SAID = Compiled(lambda: with_place(Answer.objects.filter(OneOf("event_id", "events"), person=Blank("person"))))


def named_of(event: Event) -> QuerySet[Answer, tuple[str, int, str]]:
    """Yes, maybe and waiting, for who plans it: what was said, the person and their name; a no is named to nobody."""
    rows = Answer.objects.filter(event=event).exclude(choice=Choice.NO)
    return rows.values_list("choice", "person", "person__name")


def _number_of(rows: QuerySet[Any, Any]) -> QuerySet[Any, int]:
    rows = rows.filter(event=Blank("event"), choice=Choice.YES).order_by().values("event")
    found: QuerySet[Any, int] = rows.annotate(number=Count("*")).values_list("number", flat=True)
    return found


YES, GUESTS = Compiled(lambda: _number_of(Answer.objects.all())), Compiled(lambda: _number_of(Guest.objects.named()))


def said_no(event: Event, *, before: datetime) -> int:
    """How many no stood by then and do still."""
    return Answer.objects.filter(event=event, choice=Choice.NO, since__lt=before).count()


def shown_of(event: Event) -> list[Answer]:
    """Who comes and wants others to see it, by name."""
    rows = Answer.objects.filter(event=event, choice=Choice.YES, is_shown=True).select_related("person")
    return list(rows.order_by("person__name", "pk"))


def files_of(event: Event) -> list[Attachment]:
    """What was added to read, in the order in which it came."""
    return list(Attachment.objects.present().on(FILES, event.pk))


def invited_as_guest(person: "User", program: Program) -> QuerySet[Guest]:
    """The invitations of a guest of the program, by their address, in the order of the events."""
    rows = Guest.objects.present().exclude(invited_at=None).exclude(event__state=EventState.DRAFT)
    rows = rows.filter(email__iexact=person.email, event__milestone__program=program)
    rows = rows.filter(event__milestone__deleted_at=None).select_related("event__milestone__program")
    return rows.order_by("event__milestone__on", "event__milestone__at", "pk")


def attended_by(program: Program, person: "User") -> QuerySet[Attendance]:
    """A person's own record, the latest first."""
    rows = Attendance.objects.filter(person=person, event__milestone__program=program)
    rows = rows.filter(event__milestone__deleted_at=None).select_related("event__milestone")
    return rows.order_by("-event__milestone__on", "-pk")


def record(person: "User", program: Program) -> Iterator[Did]:
    """The same for the person's note of participation."""
    for row in attended_by(program, person):
        yield Did(row.event.milestone.on, str(row.event.milestone.title), row.event.get_kind_display())


def attendances(program: Any, person: Any) -> QuerySet[Attendance]:
    return Attendance.objects.filter(event__milestone__program=program, person=person)


def attendances_of_kick_offs(program: Any, person: Any) -> QuerySet[Attendance]:
    return attendances(program, person).filter(event__kind__in=KICK_OFFS)


def pages_of_dates(user: "User | None", program: Program, dates: Iterable[int]) -> dict[int, str]:
    """The events among these dates of the timeline; a draft has a page for nobody but who plans it."""
    sees_drafts = user is not None and can_edit(user, program)
    found = (PAGES if sees_drafts else PAGES_OUT).rows(program=program.pk, dates=list(dates))
    return {date: reverse("community:event_detail", args=[program.slug, pk]) for date, pk in found}


def _pages() -> QuerySet[Event]:
    return Event.objects.filter(OneOf("milestone_id", "dates"), milestone__program=Blank("program"))


PAGES = Compiled(lambda: _pages().values_list("milestone", "pk"))
PAGES_OUT = Compiled(lambda: _pages().exclude(state=EventState.DRAFT).values_list("milestone", "pk"))


def referred(user: "User", program: Program, keys: "Set[int] | None") -> dict[int, tuple[str, str]]:
    """Events that something points at, the latest first; a draft for who plans it."""
    some = {} if keys is None else {"keys": list(keys)}
    found = _referred(can_edit(user, program), bool(some)).rows(program=program.pk, **some)
    return {
        pk: (f"{in_language(title)} ({as_day(on)})", reverse("community:event_detail", args=[program.slug, pk]))
        for pk, title, on in found
    }


@cache
def _referred(sees_drafts: bool, is_some: bool) -> Compiled[Any]:
    def build() -> QuerySet[Event, Any]:
        rows = Event.objects.filter(milestone__program=Blank("program"), milestone__deleted_at=None)
        rows = rows.filter(OneOf("pk", "keys")) if is_some else rows
        rows = rows if sees_drafts else rows.exclude(state=EventState.DRAFT)
        return rows.order_by("-milestone__on", "-pk").values_list("pk", "milestone__title", "milestone__on")[
            :MOST_REFERRED
        ]

    return Compiled(build)


def there(program: Program, keys: "Set[int]") -> "Iterable[int]":
    """Which of these are not gone, whoever may see them."""
    rows = Event.objects.filter(milestone__program=program, milestone__deleted_at=None, pk__in=keys)
    return rows.values_list("pk", flat=True)


def guests_of(event: Event) -> QuerySet[Guest]:
    """By name; who said no is not among them."""
    return Guest.objects.named().filter(event=event)
