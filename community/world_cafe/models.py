"""A World Café: tables with a question, rounds, and what people note down. Rounds are walked by numbered cards, so that
the product never knows who sat where."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import drawn, in_turn
from programs.handbook.models import HandbookPage

QUESTION, NOTE = 240, 500
MOST_TABLES, MOST_ROUNDS, MOST_GUESTS = 20, 8, 400


class Cafe(models.Model):
    """How it is run, from the first thing that is set. Its row is the lock of what hosts arrange."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="cafe")
    rounds = models.PositiveSmallIntegerField(_("rounds"), default=3)
    guests = models.PositiveSmallIntegerField(_("number of cards"), default=20)  # so many cards are printed
    # The notes written up; a second press leads there instead of making another page.
    handbook_page = models.ForeignKey(
        HandbookPage, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("page in the handbook")
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(rounds__gte=1, rounds__lte=MOST_ROUNDS), name="cafe_has_rounds"),
        ]

    def __str__(self) -> str:
        return str(self.event)


class CafeTable(Deletable):
    """A question that people talk about; somebody may stay at the table and tell the next round."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="cafe_tables")
    question = models.CharField(_("question"), max_length=QUESTION)
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who stays at the table"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = DeletableQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.question


class CafeNote(Deletable):
    """What was said at a table. Notes are added one by one, so that two who write at once lose nothing. Whose it is,
    nobody is shown."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    table = models.ForeignKey(CafeTable, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.CharField(_("note"), max_length=NOTE)
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    is_removed = models.BooleanField(default=False)  # by a host

    objects = DeletableQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text
