from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"


class OutgoingMail(models.Model):
    """The outbox: a single mail (invitation, password reset, test send) that waits to be sent or was sent."""

    program_id = models.BigIntegerField(null=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    reason = models.CharField(max_length=40)  # e.g. "generations.invitation": why this mail exists
    reference = models.BigIntegerField(null=True)  # the row that caused it
    address = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    calendar = models.TextField(_("calendar file"), blank=True, db_default="")  # RFC 5545
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=8, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(db_default=models.functions.Now())
    lease_until = models.DateTimeField(null=True)
    reply = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "core_outgoing_mail"
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], name="mail_due", condition=models.Q(state__in=["queued", "retry", "sending"])
            ),
            models.Index(fields=["reason", "reference"], name="mail_of_cause"),
        ]

    def __str__(self) -> str:
        return self.message_id


class MailPace(models.Model):
    """What may still go out now through the mail account, and when that was worked out; a single row."""

    single = models.BooleanField(primary_key=True, default=True)
    tokens = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        db_table = "core_mailpace"
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(single=True), name="one_pace")]

    def __str__(self) -> str:
        return f"{self.tokens:.1f}"


class Bouncing(models.Model):
    """An address of a person that mails come back from: how often lately, and until when it rests."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    address = models.EmailField(_("address"), max_length=254)  # that it was: another one is a new start
    soft = models.PositiveSmallIntegerField(_("failures that may pass"), default=0)
    is_hard = models.BooleanField(_("address is invalid"), default=False)
    code = models.CharField(_("code"), max_length=12, blank=True)  # of RFC 3463, never the server's words
    last_at = models.DateTimeField(_("most recent"))
    until = models.DateTimeField(_("no newsletters until"), null=True)

    class Meta:
        db_table = "core_bouncing"

    def __str__(self) -> str:
        return self.code


class ToldOfMail(models.Model):
    """That a mail provider told something once, as a keyed mark: sent again, it changes nothing."""

    mark = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "core_told_of_mail"

    def __str__(self) -> str:
        return self.mark
