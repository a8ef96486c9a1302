from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import in_turn
from programs.handbook.models import Decision, HandbookPage
from programs.membership.models import Membership, Program
from programs.phases.models import Milestone
from programs.reviews.kinds import ReviewKind
from programs.reviews.series import RHYTHMS


class Light(models.TextChoices):
    ON_TRACK = "on_track", _("on track")
    WATCH = "watch", _("watch")
    ACT = "act", _("act")


class Review(Deletable):
    """The record of a review. Its day, time, place and title are those of its date on the timeline."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    milestone = models.OneToOneField(Milestone, on_delete=models.CASCADE, related_name="review")
    kind = models.CharField(_("kind"), max_length=8, choices=ReviewKind, default=ReviewKind.PROGRAM)
    team = models.TextField(_("changes in the team"), max_length=1000, blank=True)
    rhythm = models.CharField(_("how often"), max_length=2, choices=RHYTHMS, default="", blank=True)
    series_until = models.DateField(_("until"), null=True)
    series_since = models.DateField(_("first day of the series"), null=True)
    next = models.ForeignKey(Milestone, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    left_out = models.JSONField(_("items taken off the agenda"), default=list)
    agenda = models.JSONField(_("agenda when it was closed"), null=True)
    closed_at = models.DateTimeField(_("when it was closed"), null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who closed it")
    )

    objects = DeletableQuerySet["Review"].as_manager()

    class Meta:
        ordering: ClassVar = ["-milestone__on", "-pk"]

    def __str__(self) -> str:
        return str(self.milestone.title)

    @property
    def program(self) -> Program:
        return self.milestone.program

    @property
    def has_agenda(self) -> bool:
        """Whether the checklists bring something: the weekly meeting keeps to its three questions."""
        return self.kind == ReviewKind.PROGRAM


class Seat(models.Model):
    """Somebody who was there."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="seats", verbose_name=_("review"))
    member = models.ForeignKey(Membership, models.CASCADE, related_name="+", verbose_name=_("who was there"))

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["review", "member"], name="one_seat_in_a_review")]

    def __str__(self) -> str:
        return str(self.member)


class Invitee(models.Model):
    """Somebody who has the date in their calendar, and which revision of it they were told last."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="invitees")
    member = models.ForeignKey(Membership, models.CASCADE, related_name="+", verbose_name=_("who is invited"))
    told_revision = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["review", "member"], name="invited_once_to_a_review")]

    def __str__(self) -> str:
        return str(self.member)


class ReviewPoint(models.Model):
    """One point of the agenda: the traffic light, where the kind has one, and what was said about it. `version` counts
    what was saved, so that two people who write at once lose nothing."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="points")
    key = models.SlugField(max_length=20)
    light = models.CharField(max_length=8, choices=Light, blank=True)
    text = models.TextField(max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["review", "key"], name="a_point_once_in_a_review")]

    def __str__(self) -> str:
        return self.key


class Finding(Deletable):
    """What a review found out, or decided. A decision goes into the log when the review is closed."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="findings")
    text = models.CharField(max_length=250)
    is_decision = models.BooleanField(default=False)
    decision = models.OneToOneField(Decision, on_delete=models.SET_NULL, null=True, related_name="finding")

    lesson = models.ForeignKey(HandbookPage, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = DeletableQuerySet["Finding"].as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(is_decision=True) | Q(decision=None), name="findings_decide_nothing")
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def kept(self) -> HandbookPage | None:
        """Its page in the handbook, while there is one."""
        return self.lesson if self.lesson is not None and self.lesson.deleted_at is None else None


class ReviewAction(Deletable):
    """What somebody does until a day. It stands in every review until it is done."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="actions")
    text = models.CharField(_("action"), max_length=250)
    owner = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who does it")
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_at = models.DateTimeField(null=True)

    objects = DeletableQuerySet["ReviewAction"].as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text
