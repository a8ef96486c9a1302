"""Who hears that a review is closed: whoever was there and whoever does something until the next one."""

from collections.abc import Sequence
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from core.kit import calendars
from core.kit.calendars import Appointment, uid_of
from core.kit.compiled import Compiled, OneOf
from core.kit.rooms import News, Told
from core.kit.templatetags.ui import day as as_day
from core.news import services as news
from programs.membership.access import Ability, can, roles_by_program
from programs.phases.models import Milestone
from programs.reviews import access, queries
from programs.reviews.models import Review

if TYPE_CHECKING:
    from core.people.models import User

CLOSED, INVITED = "reviews.closed", "reviews.invited"
MOVED, CANCELLED = "reviews.moved", "reviews.cancelled"


def tell_closed(review: Review, *, by: "User") -> None:
    people = [row.user for row in queries.who_hears_of_closing(review, by)]
    item = f"{review.pk}.{int(review.closed_at.timestamp()) if review.closed_at else 0}"
    news.tell(CLOSED, people, about=review.pk, item=item, program_id=review.program.pk)


def tell_invited(review: Review, people: Sequence["User"]) -> None:
    news.tell(INVITED, people, about=review.pk, item=str(review.pk), program_id=review.program.pk)


def tell_moved(review: Review, people: Sequence["User"]) -> None:
    """That its date changed, or that it is off."""
    kind = MOVED if review.milestone.deleted_at is None else CANCELLED
    news.tell(kind, people, about=review.pk, item=_item(review), program_id=review.program.pk)


def _item(review: Review) -> str:
    """Told once for each revision; while a mail waits for the morning, a newer one takes its place."""
    return f"{review.pk}.{review.milestone.revision}"


def take_back_told(review: Review) -> None:
    """It is open again: closed a second time, it is told anew."""
    news.gone(CLOSED, about=review.pk)


def look(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    """As long as it is closed and this person may read it."""
    found = {str(review.pk): review for review in _reviews([row.about for row in rows])}
    return {
        row.pk: _told(review)
        for row in rows
        if (review := found.get(row.about)) and review.closed_at and access.can_read(person, review)
    }


def look_invited(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    """The date is on the timeline, which everybody in the program reads; its record opens for who may read it."""
    found = {str(review.pk): review for review in _reviews([row.about for row in rows])}
    return {
        row.pk: _told(review, "review_detail" if access.can_read(person, review) else "timeline")
        for row in rows
        if (review := found.get(row.about)) and can(person, Ability.SEE_PROGRAM, review.program)
    }


def look_moved(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    """The date as it is now: an older change says nothing any more."""
    return look_invited(person, [row for row in rows if row.item in set(map(_item, _reviews([row.about])))])


def look_cancelled(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    """As long as it is off."""
    found = {_item(review): review for review in _called_off([row.about for row in rows])}
    return {
        row.pk: _told(review, "timeline")
        for row in rows
        if (review := found.get(row.item)) and can(person, Ability.SEE_PROGRAM, review.program)
    }


def _told(review: Review, page: str = "review_detail") -> Told:
    if page == "timeline":
        url = reverse("programs:timeline", args=[review.program.slug])
        return Told(_titled(review), url, program=review.program.name)
    url = reverse("programs:review_detail", args=[review.program.slug, review.pk])
    return Told(_titled(review), url, program=review.program.name)


def _titled(review: Review) -> str:
    return f"{review.milestone.title}, {as_day(review.milestone.on, 'weekday')}"


def file_of(person: "User", row: Any) -> str:
    """The next date, for the calendar of the person who reads the mail."""
    review = next(iter(_reviews([row.about])), None)
    date = review.next if review else None
    return _file(review, date, person) if review and date and date.deleted_at is None else ""


def file_of_invited(person: "User", row: Any) -> str:
    """The review itself, for the calendar of whoever is invited."""
    review = next(iter(_reviews([row.about])), None)
    return _file(review, review.milestone, person) if review else ""


def file_of_cancelled(person: "User", row: Any) -> str:
    """What takes it out of that calendar."""
    review = _called_off([row.about]).first()
    return _file(review, review.milestone, person, calendars.CANCEL) if review else ""


def _file(review: Review, date: Milestone, person: "User", method: str = calendars.REQUEST) -> str:
    program = review.program
    one = Appointment(
        uid=uid_of("milestone", date.pk),
        title=gettext("%(program)s: %(title)s") % {"program": program.name, "title": date.title},
        start=date.start(program.time_zone),
        end=date.end(program.time_zone),
        changed_at=date.changed_at,
        sequence=date.revision,
        place=date.place,
        url=settings.SITE_URL + reverse("programs:reviews", args=[program.slug]),
        organizer=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        organizer_name=program.name,
        attendee=person.email,
    )
    return calendars.write([one], method=method).decode()


def _reviews(pks: Sequence[str]) -> list[Review]:
    return _REVIEWS.rows(reviews=[int(pk) for pk in pks])


def _there() -> QuerySet[Review]:
    rows = Review.objects.present().filter(OneOf("id", "reviews"), milestone__deleted_at=None)
    return rows.select_related("milestone__program", "next")


_REVIEWS = Compiled(_there)


def _called_off(pks: Sequence[str]) -> Any:
    return (
        Review.objects.present()
        .filter(pk__in=pks)
        .exclude(milestone__deleted_at=None)
        .select_related("milestone__program")
    )


def _hears(person: "User") -> bool:
    return any(can(person, Ability.SEE_PROGRAM, program) for program in roles_by_program(person))


NEWS = (
    News(
        INVITED,
        _("Invitations to reviews"),
        _("Program"),
        59,
        ngettext_lazy("Invitation to a review: %(title)s", "Invitations to %(count)s reviews", "count"),
        _("You are receiving this email because you were invited to a review."),
        look_invited,
        mail="now",
        button=_("Open the review"),
        icon="clipboard-check",
        each=True,
        concerns=_hears,
        calendar=file_of_invited,
    ),
    News(
        MOVED,
        _("Changes to reviews you are invited to"),
        _("Program"),
        61,
        ngettext_lazy("A review has changed: %(title)s", "%(count)s reviews have changed", "count"),
        _("You are receiving this email because the review is in your calendar."),
        look_moved,
        mail="now",
        button=_("Open the review"),
        icon="clipboard-check",
        each=True,
        concerns=_hears,
        calendar=file_of_invited,
    ),
    News(
        CANCELLED,
        _("Reviews that are cancelled"),
        _("Program"),
        62,
        ngettext_lazy("A review is cancelled: %(title)s", "%(count)s reviews are cancelled", "count"),
        _("You are receiving this email because the review is in your calendar."),
        look_cancelled,
        mail="now",
        button=_("Open the timeline"),
        icon="clipboard-check",
        each=True,
        concerns=_hears,
        calendar=file_of_cancelled,
    ),
    News(
        CLOSED,
        _("Minutes of a review"),
        _("Program"),
        60,
        ngettext_lazy("The minutes are ready: %(title)s", "Minutes of %(count)s reviews", "count"),
        _("You are receiving this email because you were there or took on an action."),
        look,
        mail="now",
        button=_("Open the minutes"),
        icon="clipboard-check",
        each=True,
        concerns=_hears,
        calendar=file_of,
    ),
)
