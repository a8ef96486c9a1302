from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from community.newsletters.models_audiences import Aimed
from core.kit import languages
from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import in_turn
from core.kit.words import WordsField
from programs.membership.models import Program


class IssueState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SCHEDULED = "scheduled", _("scheduled")
    SENDING = "sending", _("sending")
    PAUSED = "paused", _("paused")
    SENT = "sent", _("sent")
    CANCELLED = "cancelled", _("cancelled")


class Obstacle(models.TextChoices):
    """Why a sending does not go on. `Issue.obstacle` begins with one of these."""

    START = "start", _("The text could not be generated. This is retried automatically.")
    SERVER = "server", _("The mail server is not responding. We retry every few seconds; nothing is lost.")
    FAILURES = (
        "failures",
        _("Paused: 5 percent or more of the addresses were rejected. Check the reasons before you resume."),
    )
    RESTORED = (
        "restored",
        _(
            "Paused: the database was restored from a backup. Some people may already have received this issue. "
            "Resume it only if you are sure that it did not go out."
        ),
    )
    RETURNED = (
        "returned",
        _("5 percent or more of the emails came back after they were sent. Check the reasons before the next issue."),
    )
    CONTINUED = "continued", ""


class DeliveryState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    CLAIMED = "claimed", _("in progress")
    SENDING = "sending", _("being handed over")
    SENT = "sent", _("sent")
    RETRY = "retry", _("will be tried again")
    FAILED = "failed", _("failed")
    SUPPRESSED = "suppressed", _("no longer wanted")
    UNCERTAIN = "uncertain", _("uncertain")
    CANCELLED = "cancelled", _("cancelled before it was sent")


OUT_STATES = (IssueState.SENDING, IssueState.PAUSED, IssueState.SENT, IssueState.CANCELLED)
OPEN_STATES = (
    DeliveryState.QUEUED,
    DeliveryState.CLAIMED,
    DeliveryState.SENDING,
    DeliveryState.RETRY,
    DeliveryState.UNCERTAIN,
)


class IssueQuerySet(DeletableQuerySet["Issue"]):
    def due(self, now: datetime) -> "IssueQuerySet":
        return self.present().filter(state=IssueState.SCHEDULED, scheduled_at__lte=now)

    def under_way(self) -> "IssueQuerySet":
        return self.filter(state__in=[IssueState.SENDING, IssueState.PAUSED])

    def out(self) -> "IssueQuerySet":
        return self.filter(state__in=OUT_STATES)

    def not_out(self) -> "IssueQuerySet":
        return self.filter(state__in=[IssueState.DRAFT, IssueState.SCHEDULED])


class Issue(Aimed, Deletable):
    """One newsletter: written in Markdown, its languages side by side, frozen when its sending starts."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="issues")
    number = models.PositiveIntegerField()
    subject = WordsField(max_length=120, blank=True)
    body = WordsField(blank=True)
    state = models.CharField(max_length=9, choices=IssueState, default=IssueState.DRAFT)
    version = models.PositiveIntegerField(default=1)  # optimistic lock of the editor
    scheduled_at = models.DateTimeField(null=True, blank=True)
    is_public = models.BooleanField(_("can be read by everybody"), default=False)  # where its program has that
    locked = models.JSONField(_("locked parts"), default=dict, blank=True)  # {"1": {de: text, en: ...}} of its template
    frozen = models.JSONField(default=dict)  # {de: {subject, html, text}, en: ...} as it was sent
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    obstacle = models.CharField(max_length=200, blank=True)  # why the sending does not go on, for the progress page
    approved_version = models.PositiveIntegerField(null=True)  # that a second person read and agreed to
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("approved by")
    )
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "number"], name="one_issue_per_number"),
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(scheduled_at__isnull=False), name="scheduled_has_a_time"
            ),
            models.CheckConstraint(condition=Q(state="draft") | Q(deleted_at=None), name="only_drafts_are_deleted"),
            models.CheckConstraint(
                condition=Q(approved_version=None) | Q(approved_version__lte=models.F("version")),
                name="an_approval_is_of_what_is_written",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["scheduled_at"], name="issues_due", condition=Q(state__in=["scheduled", "sending"])),
        ]

    objects = IssueQuerySet.as_manager()

    def __str__(self) -> str:
        return self.subject

    @property
    def is_editable(self) -> bool:
        return self.state in (IssueState.DRAFT, IssueState.SCHEDULED)

    @property
    def perhaps_out_since(self) -> datetime | None:
        """When it was due, where the database is one of a backup from before: whether it went out is not known."""
        code, _space, when = self.obstacle.partition(" ")
        return datetime.fromisoformat(when) if when and code == Obstacle.RESTORED and not self.is_out else None

    @property
    def is_approved(self) -> bool:
        """What it says now was read by a second person."""
        return self.approved_version == self.version

    @property
    def is_out(self) -> bool:
        """Its sending has begun: text and recipients are frozen."""
        return self.state in OUT_STATES

    @property
    def written_in(self) -> list[str]:
        """The languages with both a subject and a text."""
        subject, body = self.subject.texts, self.body.texts
        return [each for each in languages.codes() if each in subject and each in body]


class LinkFinding(models.TextChoices):
    TRYING = "trying", ""
    ALIVE = "alive", ""
    DEAD = "dead", ""  # it says itself that nothing is there, or there is no such server
    SILENT = "silent", ""  # no answer, or one that something is broken there
    CLOSED = "closed", ""  # this site may not ask that server


class LinkLook(models.Model):
    """When a link of an issue that is being written was last tried, and what came of it."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="link_looks")
    url = models.CharField(max_length=2000)
    finding = models.CharField(max_length=7, choices=LinkFinding, default=LinkFinding.TRYING)
    looked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["issue", "url"], name="one_look_per_link")]

    def __str__(self) -> str:
        return self.url


class NewsletterTemplate(Deletable):
    """An issue to start from that a program made of one of its own."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="newsletter_templates")
    name = models.CharField(_("name"), max_length=80)
    subject = WordsField(max_length=120, blank=True)
    body = WordsField(blank=True)
    locked = models.JSONField(_("locked parts"), default=dict, blank=True)  # as in an issue

    objects = DeletableQuerySet["NewsletterTemplate"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "program", Lower("name"), condition=Q(deleted_at=None), name="one_newsletter_template_of_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class NewsletterPart(Deletable):
    """A section that a program puts into several issues."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="newsletter_parts")
    name = models.CharField(_("name"), max_length=80)
    body = WordsField(blank=True)

    objects = DeletableQuerySet["NewsletterPart"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "program", Lower("name"), condition=Q(deleted_at=None), name="one_newsletter_part_of_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class NewsletterRules(models.Model):
    """What a program asks of its newsletters. Without a row nothing more than the checks."""

    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="newsletter_rules")
    needs_approval = models.BooleanField(_("a second person approves each issue"), default=False)
    has_public_archive = models.BooleanField(_("chosen issues can be read without signing in"), default=False)
    counts_clicks = models.BooleanField(_("how many people open a link is counted"), default=False)
    off_asked_by = models.ForeignKey(  # who wants to do without; it takes another one's yes
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by")
    )

    def __str__(self) -> str:
        return f"{self.program_id}"


class Delivery(models.Model):
    """The delivery ledger: one row per issue and person. It is the truth about who was sent what."""

    # Each mail changes its row three times. No index holds what changes, and pages have room (see the migrations): so
    # PostgreSQL writes the new version beside the old one and touches no index.
    program = models.ForeignKey(
        Program, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    address = models.EmailField(max_length=254)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2)
    message_id = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    reply = models.CharField(max_length=200, blank=True)
    is_repeat = models.BooleanField(default=False)  # handed over again after an interruption, same Message-ID
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message_id"], name="one_delivery_per_message_id"),
            models.UniqueConstraint(fields=["issue", "user"], name="one_delivery_per_person"),
            models.UniqueConstraint("issue", Lower("address"), name="one_delivery_per_address"),
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
