"""Guests from outside: somebody without an account who is invited to one event."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from community.events.models import Choice, Event
from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import drawn

LONGEST_GUEST_NAME = 120


class GuestQuerySet(DeletableQuerySet["Guest"]):
    def named(self) -> "GuestQuerySet":
        """Whom others read by name: a guest who said no is on no list."""
        return self.present().exclude(choice=Choice.NO)

    def written_to(self) -> "GuestQuerySet":
        """Whom changes concern: invited, and did not say no."""
        return self.named().exclude(invited_at=None)


class Guest(Deletable):
    """A trainer, a speaker, a colleague of another company. Only what the invitation needs is kept, and only until 30
    days after the event."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="guests")
    # What stands, signed, in the personal link.
    key = models.UUIDField(unique=True, editable=False, default=uuid4)
    name = models.CharField(_("name"), max_length=LONGEST_GUEST_NAME, blank=True)
    email = models.EmailField(max_length=254)
    language = models.CharField(_("language"), max_length=10, default="de")
    choice = models.CharField(_("answer"), max_length=7, choices=Choice, blank=True, default="")
    since = models.DateTimeField(_("answered at"), null=True)  # the order of the waiting list
    invited_at = models.DateTimeField(_("when the invitation was sent"), null=True)
    # somebody who stays in touch came by themselves: the row is theirs alone, and goes when they end that
    is_alumnus = models.BooleanField(_("came as somebody who stays in touch"), default=False)

    objects = GuestQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "email", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "event", Lower("email"), condition=Q(deleted_at=None), name="one_guest_per_address"
            ),
            models.CheckConstraint(condition=Q(choice="") | Q(since__isnull=False), name="guest_answer_has_a_time"),
        ]

    def __str__(self) -> str:
        return self.name or self.email
