"""Which photos somebody sees, and whom somebody can mark in one."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from community.event_photos.access import KIND
from community.event_photos.models import Agreement, EventPhoto, PhotoPerson
from community.events import access as events
from community.events.invited import invited
from community.events.models import Answer, Choice, Event
from core.attachments.models import Attachment
from programs.directory import present
from programs.membership.access import Ability, can

if TYPE_CHECKING:
    from core.people.models import User


def to_decide(event: Event, user: "User") -> QuerySet[EventPhoto]:
    """Where this person is marked and has not answered; where somebody else in it refused, there is nothing left to
    decide, and nothing is said of that."""
    mine = PhotoPerson.objects.filter(person=user, answer=Agreement.WAITING)
    refused = PhotoPerson.objects.filter(answer=Agreement.REFUSED)
    rows = EventPhoto.objects.present().filter(event=event, pk__in=mine.values("photo"))
    return rows.exclude(pk__in=refused.values("photo"))


def files_of(photos: Iterable[EventPhoto]) -> dict[int, Attachment]:
    rows = Attachment.objects.present().filter(kind=KIND, target_id__in=[photo.pk for photo in photos])
    return {row.target_id: row for row in rows}


def markable(event: Event, user: "User") -> "QuerySet[User]":
    """Whom this person reads by name anyway: who shows that they come, who is in the directory and invited; for hosts
    also who said yes. Oneself is not among them."""
    said = Answer.objects.filter(event=event, choice=Choice.YES)
    said = said if events.can_host(user, event) else said.filter(is_shown=True)
    named = Q(pk__in=said.values("person"))
    if present_for(user, event):
        named |= Q(pk__in=present.listed(event.milestone.program).values("user"))
    people: QuerySet[User] = get_user_model().objects.filter(named, pk__in=invited(event).values("pk"))
    return people.exclude(pk=user.pk).order_by("name", "pk")


def present_for(user: "User", event: Event) -> bool:
    """Whether the directory is for this person."""
    return can(user, Ability.SEE_DIRECTORY, event.milestone.program)
