from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.forum.models import Board


class BoardWish(models.Model):
    """A board that somebody follows, or does not want to hear of. Without a row it is as loud as all boards are. Nobody
    else sees it, and it is in no journal."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="wishes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    follows = models.BooleanField(_("whether you follow it"))

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "board"], name="one_wish_per_board")]

    def __str__(self) -> str:
        return f"{self.pk}"
