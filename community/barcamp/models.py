from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.dateformat import time_format
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import drawn, in_turn
from core.kit.templatetags.ui import hour

TITLE, TEXT, ROOM_NAME = 100, 240, 40


class Barcamp(models.Model):
    """The board of an event of this kind, from the first thing that is put on it. Its row is the lock of the plan."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="barcamp")
    changed_at = models.DateTimeField(null=True)  # when the plan was last changed
    voting_ended_at = models.DateTimeField(null=True)  # from then on the results stand, and no vote is kept

    def __str__(self) -> str:
        return str(self.event)


class CampRoom(Deletable):
    """Where sessions take place: a column of the plan."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="camp_rooms")
    name = models.CharField(_("name"), max_length=ROOM_NAME)
    note = models.CharField(_("note"), max_length=ROOM_NAME, blank=True)

    objects = DeletableQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "name"], condition=Q(deleted_at=None), name="camp_room_is_called_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CampSlot(Deletable):
    """A time of a day: a row of the plan. With a title it is for everybody, and holds no sessions."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="camp_slots")
    day = models.PositiveSmallIntegerField(_("day"), default=0, db_default=0)  # the first is 0: it moves with the event
    starts = models.TimeField(_("starts"))
    ends = models.TimeField(_("ends"))
    title = models.CharField(_("title"), max_length=TITLE, blank=True)

    objects = DeletableQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["day", "starts", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="camp_slot_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["event", "day", "starts"], condition=Q(deleted_at=None), name="camp_slot_begins_once"
            ),
        ]

    def __str__(self) -> str:
        return hour(self.starts)

    @property
    def on(self) -> date:
        return self.event.milestone.on + timedelta(days=self.day)

    @property
    def when(self) -> str:
        """10:00, with the day of the week where the barcamp has several."""
        said = time_format(self.starts, "G:i")
        return f"{date_format(self.on, 'D')} {said}" if self.day or self.event.milestone.until_on else said


class Offering(models.TextChoices):
    OFFER = "offer", _("I offer this session")
    WISH = "wish", _("I would like to attend such a session")


class Proposal(Deletable):
    """A session that somebody offers or would like to have. Who offers it is named, who wishes for it is not."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="proposals")
    kind = models.CharField(_("offer or wish"), max_length=5, choices=Offering, default=Offering.OFFER)
    title = models.CharField(_("title"), max_length=TITLE)
    text = models.CharField(_("in a sentence"), max_length=TEXT, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who proposed it"), on_delete=models.SET_NULL, null=True,
        related_name="+",
    )  # fmt: skip
    leads = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who leads it"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    is_removed = models.BooleanField(default=False)  # put away by a host: only then a host may bring it back
    # How many people are interested, once voting has ended, as the gate lets it out.
    votes_low = models.PositiveSmallIntegerField(null=True)
    votes_high = models.PositiveSmallIntegerField(null=True)

    objects = DeletableQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["created_at", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(title=""), name="a_proposal_has_a_title")]

    def __str__(self) -> str:
        return self.title


class ProposalVote(models.Model):
    """That somebody would come. It has no time, is shown to nobody but the person, and goes when voting ends."""

    proposal = models.ForeignKey(
        Proposal, verbose_name=_("proposal"), on_delete=models.CASCADE, related_name="votes", db_index=False
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "person"], name="one_vote_per_proposal"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class CampSession(models.Model):
    """A proposal that has its place in the plan: at most one, and no other there."""

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="session")
    room = models.ForeignKey(CampRoom, on_delete=models.CASCADE, related_name="sessions", db_index=False)
    slot = models.ForeignKey(CampSlot, on_delete=models.CASCADE, related_name="sessions")
    moved_at = models.DateTimeField(null=True)  # when it got another place than it had

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["room", "slot"], name="one_session_per_room_and_slot"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}"
