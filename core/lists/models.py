from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.kit.drawn import drawn


class SavedView(models.Model):
    """Filters of a list that somebody kept under a name, for themselves."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=200)  # the list's page
    query = models.CharField(max_length=400, blank=True)
    name = models.CharField(_("name"), max_length=40)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "path", "name"], name="one_view_per_name"),
            models.CheckConstraint(condition=Q(path__startswith="/") & ~Q(name=""), name="a_view_has_name_and_page"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path
