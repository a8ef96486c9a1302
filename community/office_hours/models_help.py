"""Who wants help with the beginning, and so shows those who offer hours at which step they are."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.membership.models import Program


class HelpWanted(models.Model):
    """A person agrees that those who offer hours see the next step of their onboarding. Taking it back deletes it."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    wish = models.CharField(_("what would help"), max_length=200, blank=True)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "person"], name="help_is_wanted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"
