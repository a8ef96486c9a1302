from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from influencer.kit.texts import pick
from programs.membership.models import Program


class IssueState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SCHEDULED = "scheduled", _("scheduled")
    SENDING = "sending", _("sending")
    PAUSED = "paused", _("paused")
    SENT = "sent", _("sent")


class Issue(models.Model):
    """One newsletter: written in Markdown, German and English side by side, frozen when its sending starts."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="issues")
    number = models.PositiveIntegerField()
    subject_de = models.CharField(_("subject (German)"), max_length=120, blank=True)
    subject_en = models.CharField(_("subject (English)"), max_length=120, blank=True)
    body_de = models.TextField(_("text (German)"), blank=True)
    body_en = models.TextField(_("text (English)"), blank=True)
    state = models.CharField(max_length=9, choices=IssueState, default=IssueState.DRAFT)
    version = models.PositiveIntegerField(default=1)  # optimistic lock of the editor
    scheduled_at = models.DateTimeField(null=True, blank=True)
    frozen = models.JSONField(default=dict)  # {de: {subject, html, text}, en: ...} as it was sent
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "number"], name="one_issue_per_number"),
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(scheduled_at__isnull=False), name="scheduled_has_a_time"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["scheduled_at"], name="issues_due", condition=Q(state__in=["scheduled", "sending"])),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        return pick(self.subject_de, self.subject_en)


class DeliveryState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    CLAIMED = "claimed", _("in hand")
    SENDING = "sending", _("being handed over")
    SENT = "sent", _("sent")
    RETRY = "retry", _("will be tried again")
    FAILED = "failed", _("failed")
    SUPPRESSED = "suppressed", _("not wanted any more")
    UNCERTAIN = "uncertain", _("uncertain")


class Delivery(models.Model):
    """The delivery ledger: one row per issue and person. It is the truth about who was sent what."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="deliveries")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    address = models.EmailField(max_length=254)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2)
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    reply = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issue", "user"], name="one_delivery_per_person"),
            models.UniqueConstraint("issue", Lower("address"), name="one_delivery_per_address"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["issue", "id"], name="deliveries_queued", condition=Q(state="queued")),
            models.Index(fields=["issue", "state"], name="deliveries_by_state"),
        ]

    def __str__(self) -> str:
        return self.message_id


class Suppression(models.Model):
    """An address that must not be written to: unsubscribed without an account, or bounced. Only a keyed hash."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    address_hash = models.CharField(max_length=64)
    reason = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "address_hash"], name="suppressed_once"),
        ]

    def __str__(self) -> str:
        return self.reason
