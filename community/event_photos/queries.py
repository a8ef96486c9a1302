"""Which photos somebody sees, and whom somebody can mark in one."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from community.event_photos.access import KIND, judges_own, sees_album
from community.event_photos.models import Agreement, EventPhoto, PhotoPerson, PhotoReport
from community.events import access as events
from community.events.models import Answer, Choice, Event
from core.attachments.models import Attachment
from programs.directory import present
from programs.membership.access import Ability, can
from programs.membership.queries import people_with

if TYPE_CHECKING:
    from core.people.models import User


def to_decide(event: Event, user: "User") -> QuerySet[EventPhoto]:
    """Where this person is marked and has not answered; where somebody else in it refused, there is nothing left to
    decide, and nothing is said of that."""
    mine = PhotoPerson.objects.filter(person=user, answer=Agreement.WAITING)
    rows = EventPhoto.objects.present().filter(event=event, pk__in=mine.values("photo"))
    return rows.exclude(pk__in=refused().values("photo"))


def refused() -> QuerySet[PhotoPerson]:
    return PhotoPerson.objects.filter(answer=Agreement.REFUSED)


def seen(event: Event, user: "User") -> QuerySet[EventPhoto]:
    """What is shown; to who is not invited only what they are in."""
    rows = EventPhoto.objects.shown().filter(event=event)
    return rows if sees_album(user, event) else rows.filter(pk__in=_with(user))


def waiting(event: Event) -> QuerySet[EventPhoto]:
    return EventPhoto.objects.present().filter(event=event).exclude(pk__in=EventPhoto.objects.shown().values("pk"))


def reported() -> QuerySet[EventPhoto]:
    """What is shown and waits for an answer of the hosts."""
    return EventPhoto.objects.shown().filter(pk__in=PhotoReport.objects.filter(decided_at=None).values("photo"))


def to_judge(user: "User", event: Event) -> QuerySet[EventPhoto]:
    """Those of an event that this host answers; what is said of one's own photo is for the others."""
    rows = reported().filter(event=event)
    return rows if judges_own(user, event.milestone.program) else rows.exclude(by=user)


def reasons_of(photos: Iterable[EventPhoto]) -> dict[int, list[str]]:
    """Without who gave them, and not in their order: whoever has said so stands nowhere."""
    rows = PhotoReport.objects.filter(photo__in=[photo.pk for photo in photos], decided_at=None).exclude(reason="")
    said: dict[int, list[str]] = {}
    for photo, reason in rows.order_by("reason").values_list("photo", "reason"):
        said.setdefault(photo, []).append(reason)
    return said


def reported_by(user: "User", photos: Iterable[EventPhoto]) -> dict[int, str]:
    """What this person has reported and waits for; photo -> reason."""
    rows = PhotoReport.objects.filter(by=user, photo__in=[photo.pk for photo in photos], decided_at=None)
    return dict(rows.values_list("photo", "reason"))


def agreed_waiting(event: Event, user: "User") -> QuerySet[EventPhoto]:
    """Where this person agreed and it is not shown yet, to take that back; their own they can remove. Also where
    somebody else refused: that it leaves the list would tell."""
    return waiting(event).filter(pk__in=_with(user).filter(answer=Agreement.AGREED)).exclude(by=user)


def _with(user: "User") -> "QuerySet[PhotoPerson, Any]":
    return PhotoPerson.objects.filter(person=user).values("photo")


def files_of(photos: Iterable[EventPhoto]) -> dict[int, Attachment]:
    rows = Attachment.objects.present().filter(kind=KIND, target_id__in=[photo.pk for photo in photos])
    return {row.target_id: row for row in rows}


def markable(event: Event, user: "User") -> "QuerySet[User]":
    """Whom this person reads by name anyway: who shows that they come, and who is in the directory; for hosts also who
    said yes. Oneself is not among them. Nobody is left out for not being invited: language or generation of the others
    could be read from that."""
    said = Answer.objects.filter(event=event, choice=Choice.YES)
    said = said if events.can_host(user, event) else said.filter(is_shown=True)
    named = Q(pk__in=said.values("person"))
    if present_for(user, event):
        named |= Q(pk__in=present.listed(event.milestone.program).values("user"))
    seats = people_with(Ability.JOIN_EVENTS, event.milestone.program).order_by()
    people: QuerySet[User] = get_user_model().objects.filter(named, pk__in=seats.values("user"))
    return people.exclude(pk=user.pk).order_by("name", "pk")


def present_for(user: "User", event: Event) -> bool:
    """Whether the directory is for this person."""
    return can(user, Ability.SEE_DIRECTORY, event.milestone.program)
