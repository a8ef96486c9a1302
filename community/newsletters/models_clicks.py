from typing import ClassVar

from django.db import models
from django.db.models import Q

from community.newsletters.models import Issue
from core.disclosure.gate import People
from core.kit import languages


class CountedLink(models.Model):
    """A link of an issue whose mails lead through this site, because its program counts how many people open it. The
    address stays for good, mails being kept for years; what is counted, and for how long, is told in `clicks`."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="counted_links")
    token = models.CharField(max_length=16, unique=True)
    url = models.CharField(max_length=2000)
    words = models.JSONField(default=dict)  # {de: what the link says, en: ...}
    until = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)
    low = models.PositiveIntegerField(null=True)  # people, as the gate let them out; None: they could not be counted
    high = models.PositiveIntegerField(null=True)  # None beside a `low`: or more

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issue", "url"], name="one_counted_link_per_address"),
            models.CheckConstraint(condition=Q(low=None) | Q(counted_at__isnull=False), name="said_once_counted"),
        ]
        indexes: ClassVar = [models.Index(fields=["until"], name="links_to_count", condition=Q(counted_at=None))]

    def __str__(self) -> str:
        return self.url

    @property
    def people(self) -> People | None:
        """Who opened it, as far as it may be said."""
        return None if self.low is None else People(self.low, self.high)

    @property
    def said(self) -> str:
        """What the link says, in the reader's language where it is written in it."""
        return str(languages.in_language(self.words))
