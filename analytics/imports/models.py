from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from analytics.channels.models import Account
from core.kit.drawn import in_turn
from core.kit.uploads import private_path
from programs.membership.models import Program

UNDO_FOR = timedelta(days=30)  # how long an import can be taken back


class RunState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    READING = "reading", _("being read")
    QUESTION = "question", _("needs an answer")
    PREVIEW = "preview", _("ready to apply")
    APPLYING = "applying", _("being applied")
    APPLIED = "applied", _("applied")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")
    REFUSED = "refused", _("refused")
    FAILED = "failed", _("failed")
    DISCARDED = "discarded", _("discarded")


class ImportRun(models.Model):
    """One uploaded file on its way into the figures: read, previewed, applied, and undone when asked."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="import_runs")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="runs")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file = models.FileField(upload_to=private_path)
    rows_file = models.FileField(upload_to=private_path, blank=True)  # the normalised rows, until applied
    posts_file = models.FileField(upload_to=private_path, blank=True)  # and the posts they speak of
    compared_file = models.FileField(upload_to=private_path, blank=True)  # and what a long comparison found
    refused_file = models.FileField(_("rows to correct"), upload_to=private_path, blank=True)  # `sources.refused_rows`
    file_name = models.CharField(max_length=200)  # as uploaded; removed with the file
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64, blank=True)  # of the cells: two downloads differ in bytes only
    kind = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=5, blank=True)
    exported_at = models.DateTimeField(null=True)
    window_start = models.DateField(null=True)
    window_end = models.DateField(null=True)
    mapping = models.JSONField(_("which column is what"), default=dict)
    state = models.CharField(max_length=9, choices=RunState, default=RunState.QUEUED)
    owner_name = models.CharField(max_length=120, blank=True)  # as the applied file spells it
    confirmed_owner = models.BooleanField(default=False)  # "yes, this is my file" where the name in it differs
    lease_until = models.DateTimeField(null=True)  # until then a worker has it; later any may take it
    attempts = models.PositiveSmallIntegerField(default=0)  # a file that takes its worker along is given up
    repeats = models.PositiveIntegerField(default=0)  # lines that say a figure again
    rows_new = models.PositiveIntegerField(default=0)
    rows_changed = models.PositiveIntegerField(default=0)
    rows_unchanged = models.PositiveIntegerField(default=0)
    rows_older = models.PositiveIntegerField(default=0)  # differ from what stands, which is newer: they stay out
    rows_refused = models.PositiveIntegerField(default=0)
    posts_new = models.PositiveIntegerField(default=0)
    preview = models.JSONField(default=dict)  # samples of new and changed rows, all refused cells (bounded)
    message = models.JSONField(default=dict)  # {code, params}: why it was refused, or what is asked
    same_as = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(state__in=["applying", "undoing"]),
                name="one_apply_per_account_at_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "-id"], name="runs_of_account"),
            models.Index(
                fields=["lease_until"],
                name="runs_at_work",
                condition=Q(state__in=["queued", "reading", "applying", "undoing"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class TableShape(models.Model):
    """What somebody said of the columns of a file: offered again with the next file that has the same labels."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(  # of a person's own files; nobody of the company's
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    shape = models.CharField(max_length=64)  # of the labels, see `sources.mapping.shape`
    mapping = models.JSONField(_("which column is what"), default=dict)
    saved_at = models.DateTimeField(_("saved on"), auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["program", "user", "shape"], nulls_distinct=False, name="one_mapping_per_shape"
            ),
        ]

    def __str__(self) -> str:
        return self.shape[:8]
