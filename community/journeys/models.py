import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.kit import languages
from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import in_turn
from core.kit.words import WordsField
from programs.membership.models import Program

LONGEST_WAY = 365  # days


class Start(models.TextChoices):
    """What sets somebody off; the days of the letters are counted from that day."""

    JOINED = "joined", _("they join the program")
    BEGUN = "begun", _("their generation starts")
    RETURNED = "returned", _("they come back from a break")


class Journey(Deletable):
    """A series of letters that each person gets in their own time, counted from a day of their own."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="journeys")
    title = WordsField(_("name"), max_length=80)
    start = models.CharField(_("starts when"), max_length=8, choices=Start, default=Start.JOINED)
    is_on = models.BooleanField(_("turned on"), default=False)
    on_since = models.DateField(null=True)  # the first day it was on: nobody sets off whose day was before it
    key = models.CharField(max_length=40, blank=True, default="", editable=False)  # of one that ships

    objects = DeletableQuerySet["Journey"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(is_on=False) | Q(on_since__isnull=False), name="a_journey_on_has_a_day"),
            models.UniqueConstraint(
                fields=["program", "key"], condition=Q(deleted_at=None) & ~Q(key=""), name="one_journey_of_a_key"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class JourneyLetter(Deletable):
    """One letter on the way. It keeps its key when it is rewritten or moved, so that nobody gets it twice; a letter
    that ships has the same key in each journey that was made of the same one in the program."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="letters")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    days = models.PositiveSmallIntegerField(_("days after the start"), default=0)
    unless = models.CharField(_("left out for people who"), max_length=40, blank=True)  # name of a deed
    subject = WordsField(max_length=120, blank=True)
    body = WordsField(blank=True)
    version = models.PositiveIntegerField(default=1)  # optimistic lock of the editor

    objects = DeletableQuerySet["JourneyLetter"].as_manager()

    class Meta:
        ordering: ClassVar = ["days", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(days__lte=LONGEST_WAY), name="a_journey_has_an_end"),
            models.UniqueConstraint(fields=["journey", "key"], name="one_letter_per_step"),
        ]

    def __str__(self) -> str:
        return str(self.subject)

    @property
    def written_in(self) -> list[str]:
        """The languages with both a subject and a text."""
        return [code for code in languages.codes() if code in self.subject.texts and code in self.body.texts]


class JourneySending(models.Model):
    """That a person got a letter, or was past it: so that it never comes twice, however the journey is changed, deleted
    or made once more."""

    letter = models.ForeignKey(
        JourneyLetter, on_delete=models.CASCADE, related_name="sendings", verbose_name=_("letter of a journey")
    )
    key = models.UUIDField(editable=False)  # of the letter
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    on = models.DateField(_("day"))
    is_left_out = models.BooleanField(_("left out"), default=False)  # what it would have asked for was done

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "person"], name="one_step_of_a_journey_each"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "on"], name="letters_of_a_day")]

    def __str__(self) -> str:
        return f"{self.letter_id}"
