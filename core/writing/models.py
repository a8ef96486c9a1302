from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """What somebody has begun to write in a field and not sent: kept on the server while typing, for them alone."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)  # which field, e.g. "comment:item:61"
    text = models.TextField(blank=True)
    beside = models.JSONField(
        _("other fields of the form"), default=dict
    )  # what stands in other fields of the same form, by their names
    version = models.PositiveIntegerField(default=1)  # optimistic lock: two windows do not overwrite each other
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "key"], name="one_draft_per_field")]

    def __str__(self) -> str:
        return self.key
