"""How somebody sees their own profile, point by point of the Social Media Guide. For this person alone."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.membership.models import Program


class ProfileMark(models.TextChoices):
    DONE = "done", _("done")
    LATER = "later", _("still to do")
    SKIP = "skip", _("not for me")


class ProfileCheck(models.Model):
    """The marks of one person in a program. Without times: nothing about it is worth knowing later."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    marks = models.JSONField(_("your own check of your profile"), default=dict)  # {point: mark}

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["program", "user"], name="one_profile_check_a_person")]

    def __str__(self) -> str:
        return str(self.program_id)
