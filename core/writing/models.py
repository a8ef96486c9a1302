from typing import ClassVar

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """What somebody has begun to write in a field and not sent: kept on the server while typing, for them alone."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)  # which field, e.g. "comment:item:61"
    text = models.TextField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "key"], name="one_draft_per_field")]

    def __str__(self) -> str:
        return self.key
