from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.kit.drawn import drawn
from core.push.models import PushDevice


class Way(models.TextChoices):
    """How a mail about a kind of news comes."""

    NOW = "now", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    NEVER = "never", _("never")


class Notification(models.Model):
    """News for one person: which kind, about what. The words are found when it is read (`News.look`), so nothing stays
    here of a name that changed, a text that went or a place that somebody left."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    program_id = models.BigIntegerField(null=True)  # nothing: of the site, or of a program one is only asked into
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=60)  # what bundles it with others, in the room's words, e.g. a topic
    item = models.CharField(max_length=60)  # what happened, e.g. a post; one news of a kind about it for a person
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    is_shown = models.BooleanField(default=True)  # in the product; else it waits for a mail only
    is_gone = models.BooleanField(default=False)  # what it is about was deleted, and may come back
    mail = models.CharField(max_length=6, choices=Way, blank=True)  # how a mail will still tell it; nothing: none will
    due_at = models.DateTimeField(null=True)  # when that mail goes
    mailed_at = models.DateTimeField(null=True)
    push_due_at = models.DateTimeField(null=True)  # when the person's devices will show it; nothing: they will not
    pushed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind", "item"], name="one_news_of_a_kind"),
            models.CheckConstraint(
                condition=Q(mail="", due_at=None) | (~Q(mail="") & Q(due_at__isnull=False)),
                name="a_mail_to_come_has_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-at"], name="news_of_person"),
            models.Index(fields=["kind", "about"], name="news_about"),
            models.Index(
                fields=["person"], name="news_unread", condition=Q(read_at=None, is_shown=True, is_gone=False)
            ),
            models.Index(fields=["due_at"], name="news_to_mail", condition=~Q(mail="")),
            models.Index(fields=["push_due_at"], name="news_to_push", condition=Q(push_due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item}"


class PushState(models.TextChoices):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class PushMessage(models.Model):
    """One bundle of news on its way to one device. Words are found when it is sent, so nothing stays here of them."""

    device = models.ForeignKey(PushDevice, on_delete=models.CASCADE, related_name="+", db_index=False)
    notification = models.ForeignKey(Notification, on_delete=models.CASCADE, related_name="+")  # the bundle's newest
    others = models.PositiveSmallIntegerField(default=0)  # further bundles that it tells of, when there are many
    state = models.CharField(max_length=7, choices=PushState, default=PushState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["device", "notification"], name="one_push_of_a_bundle_on_a_device"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="push_due", condition=Q(state__in=["queued", "sending"])),
        ]

    def __str__(self) -> str:
        return f"{self.device_id} {self.notification_id}"


class Wish(models.Model):
    """How somebody wants to hear of a kind of news, where it is not as usual."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    is_shown = models.BooleanField(default=True)
    mail = models.CharField(max_length=6, choices=Way)
    is_pushed = models.BooleanField(default=False)  # shown by the devices that the person added

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "kind"], name="one_wish_per_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.mail}"


def working_days() -> list[int]:
    return [0, 1, 2, 3, 4]


class Hours(models.Model):
    """When somebody wants to hear from us, where they are. Outside of it everything waits, and comes once."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    days = ArrayField(models.PositiveSmallIntegerField(), default=working_days)  # 0 is Monday
    start = models.PositiveSmallIntegerField(default=8)
    end = models.PositiveSmallIntegerField(default=19)
    paused_on = models.DateField(null=True)  # nothing more on this day

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(start__lt=models.F("end"), end__lte=24), name="hours_have_a_length"),
        ]

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"
