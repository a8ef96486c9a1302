from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.kit.loading import Loaded


class EntryKind(models.TextChoices):
    CHANGE = "change", _("change")
    VIEW = "view", _("view")


class Entry(Loaded):
    """What was done or looked at, by whom, when. Values of personal fields never stand here."""

    program_id = models.BigIntegerField(null=True)  # no foreign key: the journal lies below the programs
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    # in what capacity: who administers the site is named for it, also when they do so no more
    is_by_administrator = models.BooleanField(default=False, db_default=False)
    kind = models.CharField(max_length=6, choices=EntryKind, default=EntryKind.CHANGE)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "core_journal"
        indexes: ClassVar = [
            models.Index(fields=["program_id", "-at"], name="journal_of_program"),
            models.Index(fields=["subject_type", "subject_id", "-at"], name="journal_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id or ''}".strip()
