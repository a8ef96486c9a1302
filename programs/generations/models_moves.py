"""Somebody goes over to another generation: arranged by the management, from a Monday on, undone until then."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.generations.models import Generation, Participant

APART = timedelta(weeks=12)  # from one move of a person to the next: who is moved to and fro could be read


class Move(models.Model):
    """From `on`, a Monday, the person takes part in another generation. Figures follow later, and only with many
    others: a stretch of taking part says itself which generation it is counted with (`Span.counts_with`)."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="moves")
    former = models.ForeignKey(
        Generation, on_delete=models.CASCADE, related_name="+", verbose_name=_("former generation")
    )
    generation = models.ForeignKey(
        Generation, on_delete=models.CASCADE, related_name="moves", verbose_name=_("new generation")
    )
    on = models.DateField(_("first day there"))
    arranged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("arranged by")
    )
    is_merger = models.BooleanField(_("moved with the whole generation"), default=False)
    done_at = models.DateTimeField(_("when the move was made"), null=True)

    class Meta:
        ordering: ClassVar = ["on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["participant"], condition=Q(done_at=None), name="one_move_ahead"),
        ]

    def __str__(self) -> str:
        return f"{self.generation}: {self.on}"
