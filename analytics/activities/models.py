from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from analytics.channels.models import Network
from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import drawn, in_turn
from programs.membership.models import Program

ICONS = {
    "post": "pencil",
    "comment": "message-2",
    "talk": "users-group",
    "article": "file-text",
    "podcast": "microphone",
    "event": "calendar-event",
    "recruiting": "user-plus",
    "mentoring": "heart-handshake",
    "request": "speakerphone",
}
MOST_TOPICS = 5


class ActivityTopic(Deletable):
    """A topic of the program that people may choose for what they log. An entry holds its word, not its number: a topic
    that is removed takes nothing out of anybody's log."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(_("topic"), max_length=40)

    objects = DeletableQuerySet["ActivityTopic"].as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.word


class ActivityQuerySet(DeletableQuerySet["Activity"]):
    pass


class Activity(Deletable):
    """What a person did, in the own words: it belongs to the person."""

    class Kind(models.TextChoices):
        POST = "post", _("post")
        COMMENT = "comment", _("comment")
        TALK = "talk", _("conversation or talk")
        ARTICLE = "article", _("article")
        PODCAST = "podcast", _("podcast")
        EVENT = "event", _("event")
        RECRUITING = "recruiting", _("recruiting talk")
        MENTORING = "mentoring", _("mentoring")
        REQUEST = "request", _("request from media or an event")
        OTHER = "other", _("something else")

    class Purpose(models.TextChoices):
        VALUE = "value", _("value")
        PROMOTIONAL = "promotional", _("promotional")

    class Label(models.TextChoices):
        LABELLED = "labelled", _("labelled")
        NOT_NEEDED = "not_needed", _("no label needed")
        OPEN = "open", _("not decided yet")

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)  # a count tells what others logged
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="activities")
    on = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.POST)
    channel = models.CharField(_("channel"), max_length=10, choices=Network, default=Network.LINKEDIN)
    purpose = models.CharField(_("purpose"), max_length=11, choices=Purpose, default=Purpose.VALUE)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10, validators=[MaxValueValidator(1440)])
    label = models.CharField(_("labelling"), max_length=10, choices=Label, default=Label.OPEN)
    url = models.URLField(_("link"), max_length=400, blank=True)
    note = models.CharField(_("note to myself"), max_length=200, blank=True)
    topics = ArrayField(models.CharField(max_length=40), verbose_name=_("topics"), default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    once = models.UUIDField(null=True)  # made where it was typed: however often it is sent, it is logged once

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-on", "-created_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "once"], name="logged_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "program", "-on"], name="activities_of_person"),
            models.Index(fields=["program", "on"], name="activities_of_program"),
        ]

    def __str__(self) -> str:
        return self.note or self.get_kind_display()

    @property
    def is_value(self) -> bool:
        return self.purpose == self.Purpose.VALUE

    @property
    def icon(self) -> str:
        return ICONS.get(self.kind, "dots")

    @property
    def link_shown(self) -> str:
        """The link without what nobody reads."""
        return self.url.split("://", 1)[-1].split("?")[0].removeprefix("www.").rstrip("/")


class SocialScore(models.Model):
    """LinkedIn's own score of a person in a month, entered by themselves: four parts of up to 25."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    month = models.DateField(_("month"))  # its first day
    brand = models.DecimalField(_("professional brand"), max_digits=4, decimal_places=2)
    people = models.DecimalField(_("right people"), max_digits=4, decimal_places=2)
    insights = models.DecimalField(_("insights"), max_digits=4, decimal_places=2)
    relations = models.DecimalField(_("relationships"), max_digits=4, decimal_places=2)

    PARTS = ("brand", "people", "insights", "relations")

    class Meta:
        ordering: ClassVar = ["month"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "program", "month"], name="one_score_of_a_month"),
            models.CheckConstraint(
                condition=models.Q(brand__range=(0, 25), people__range=(0, 25), insights__range=(0, 25))
                & models.Q(relations__range=(0, 25)),
                name="parts_of_a_score_go_to_25",
            ),
        ]

    def __str__(self) -> str:
        return str(self.total)

    @property
    def total(self) -> int:
        return int(sum(getattr(self, part) for part in self.PARTS) + Decimal("0.5"))


class WeekNote(models.Model):
    """A sentence of a person about a week of their own: what to do differently, or again. Nobody else reads it."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    week = models.DateField(_("week"))  # its Monday
    text = models.CharField(_("note to myself"), max_length=300)

    class Meta:
        ordering: ClassVar = ["-week"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "program", "week"], name="one_note_of_a_week"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class HiddenMoment(models.Model):
    """A person does not want to read about the week before on the start page."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "program"], name="moment_is_hidden_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
