"""A pulse asks a few questions, and nobody can find out who said what: not from the whole database, its logs and its
backups either.

- What people say is only ever added up. The sums of a pulse (`PulseRound.pot`) are sealed with the site's keys, which
  are in no table and in no backup of the database; the text is as long whatever is in it. Two copies of the database,
  one from before and one from after an answer, differ by noise. That holds for the write-ahead log as well.
- `PulseMark` says that the pulse is settled for a person, so that everybody answers once and nobody is reminded in
  vain. “Not this time” makes the same marks and the same sealed rows as an answer: not even taking part can be read.
- A comment waits sealed as well (`PulseLetter`), filled up to one length; everybody leaves one, most of them empty.
- At the end the result is worked out once (`worked_out`), as far as it may be said; sums, marks and letters are deleted
  with that.

What is left: somebody who holds the site's keys besides copies of the database from before and after one answer. The
keys are kept apart for that reason (docs/privacy.md).
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import drawn, in_turn
from core.kit.words import WordsField
from programs.generations.models import Generation
from programs.membership.models import Program

LONGEST_COMMENT, LONGEST_THEME = 280, 60


class PulseMoment(models.TextChoices):
    """When it is asked. Before and after a pilot the same questions can be compared."""

    WEEKLY = "weekly", _("in between, for example every week")
    BEFORE = "before", _("before a pilot")
    MID = "mid", _("halfway through a pilot")
    AFTER = "after", _("after a pilot")


class PulseRound(Deletable):
    """Some questions to everybody who takes part, or to a generation, from a first to a last day."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    generation = models.ForeignKey(
        Generation, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("generation")
    )
    moment = models.CharField(_("occasion"), max_length=6, choices=PulseMoment)
    questions = models.JSONField(default=list)  # as they are asked: key, kind, name and text in languages
    asks_comment = models.BooleanField(_("asks for a comment"), default=False)
    opens_on = models.DateField(_("first day"))
    closes_on = models.DateField(_("last day"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    told_at = models.DateTimeField(null=True)  # people were told that it is open
    reminded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)  # everybody in the program reads the result
    pot = models.TextField(blank=True)  # all that was said, added up and sealed; nothing from its end on
    result = models.JSONField(null=True)  # see `worked_out`; nothing where too few answered
    consequence = WordsField(_("what becomes of it"), blank=True)

    objects = DeletableQuerySet["PulseRound"].as_manager()

    class Meta:
        ordering: ClassVar = ["-opens_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="a_pulse_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(closed_at=None, result=None, published_at=None) | Q(closed_at__isnull=False, pot=""),
                name="a_closed_pulse_keeps_its_result_alone",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["program", "-opens_on"], name="pulses_of_program")]

    def __str__(self) -> str:
        return f"{self.get_moment_display()}, {self.opens_on}"


class PulseMark(models.Model):
    """A pulse is settled for a person: they answered it, or said “not this time”. Nobody can tell which, and it has no
    time. Deleted when the pulse ends."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    pulse = models.ForeignKey(PulseRound, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pulse", "person"], name="one_mark_a_person_and_pulse")
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class PulseLetter(models.Model):
    """A comment that waits for the end of its pulse, or none: sealed, and as long either way."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    pulse = models.ForeignKey(PulseRound, on_delete=models.CASCADE, related_name="+")
    sealed = models.TextField()

    def __str__(self) -> str:
        return f"{self.pk}"


class PulseComment(models.Model):
    """A comment of a pulse in which enough people wrote one. The rows are made in one go and in a random order; the
    team reads them and sorts them by theme."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    pulse = models.ForeignKey(PulseRound, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("comment"))
    theme = models.CharField(_("theme"), max_length=LONGEST_THEME, blank=True)

    class Meta:
        ordering: ClassVar = ["theme", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
