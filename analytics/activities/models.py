from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from analytics.channels.models import Network
from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import drawn
from programs.membership.models import Program


class ActivityQuerySet(DeletableQuerySet["Activity"]):
    pass


class Activity(Deletable):
    """What a person did, in the own words: it belongs to the person."""

    class Kind(models.TextChoices):
        POST = "post", _("post")
        COMMENT = "comment", _("comment")
        TALK = "talk", _("conversation or talk")
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
    kind = models.CharField(_("kind"), max_length=7, choices=Kind, default=Kind.POST)
    channel = models.CharField(_("channel"), max_length=10, choices=Network, default=Network.LINKEDIN)
    purpose = models.CharField(_("purpose"), max_length=11, choices=Purpose, default=Purpose.VALUE)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10, validators=[MaxValueValidator(1440)])
    label = models.CharField(_("labelling"), max_length=10, choices=Label, default=Label.OPEN)
    url = models.URLField(_("link"), max_length=400, blank=True)
    note = models.CharField(_("note to myself"), max_length=200, blank=True)
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
        return {"post": "pencil", "comment": "message-2", "talk": "users-group"}.get(self.kind, "dots")

    @property
    def link_shown(self) -> str:
        """The link without what nobody reads."""
        return self.url.split("://", 1)[-1].split("?")[0].removeprefix("www.").rstrip("/")
