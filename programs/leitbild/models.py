"""A workshop in which the team finds the statement that guides it, and what it agreed on.

A row for each sentence would tell more than it says: the database itself knows in which order rows came, beside what
people did in the same second. So all sentences of a workshop lie in one row, sorted by keys that chance gave them.
Nobody's name and no time is beside them, and new ones are shown several at once (`programs.leitbild.sentences`).
"""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import in_turn
from core.kit.words import WordsField
from programs.membership.models import Program
from programs.phases.models import Milestone

KEY, QUESTION = 16, 160
MOST_VOTES = 3


class LeitbildState(models.TextChoices):
    COLLECTING = "collecting", _("collecting")
    SORTING = "sorting", _("sorting")
    VOTING = "voting", _("voting")
    COUNTING = "counting", _("voting has ended")  # until the result is shown it can be taken back
    CLOSED = "closed", _("agreeing on the text")  # the result stands, and no vote is kept
    PUBLISHED = "published", _("published")


class LeitbildWorkshop(Deletable):
    """From the question that people answer to the text that they agree on. One at a time in a program."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    milestone = models.ForeignKey(
        Milestone, verbose_name=_("date"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    question = WordsField(_("question"), max_length=QUESTION)
    state = models.CharField(_("state"), max_length=10, choices=LeitbildState, default=LeitbildState.COLLECTING)
    state_since = models.DateTimeField(default=timezone.now)
    waiting = models.JSONField(default=list)  # sentences that are shown together with the next ones
    # who has written since sentences were last shown: keyed marks, in their order, beside no sentence
    voices = models.JSONField(_("mark that you have written"), default=list)
    sentences = models.JSONField(default=list)  # {"key", "text", "group", "is_hidden"}, sorted by key
    groups = models.JSONField(default=list)  # {"key", "title"}, as hosts put them
    result = models.JSONField(null=True)  # as the gate let it out, once; see `counting`
    text = WordsField(_("text"), blank=True)  # the next version

    objects = DeletableQuerySet["LeitbildWorkshop"].as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["program"],
                condition=Q(deleted_at=None) & ~Q(state=LeitbildState.PUBLISHED),
                name="one_leitbild_workshop_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.question


class LeitbildBallot(models.Model):
    """What somebody voted for: one row, so that it can be changed and counts once. It has no time, is shown to nobody
    but the voter, and goes when the votes are counted."""

    workshop = models.ForeignKey(
        LeitbildWorkshop,
        verbose_name=_("workshop"),
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    items = ArrayField(models.CharField(max_length=KEY), verbose_name=_("voted for"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workshop", "person"], name="one_leitbild_ballot_per_person"),
            models.CheckConstraint(
                condition=Q(items__len__gte=1, items__len__lte=MOST_VOTES), name="a_leitbild_ballot_has_few_votes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class LeitbildVersion(models.Model):
    """What was published, as it stood."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    text = WordsField(_("text"))
    published_at = models.DateTimeField(default=timezone.now)

    database_may = ("SELECT", "INSERT")

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "number"], name="one_leitbild_version_per_number"),
        ]

    def __str__(self) -> str:
        return str(self.number)
