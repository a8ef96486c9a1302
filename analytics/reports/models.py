from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from analytics.dashboards.words import month_and_year
from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import in_turn
from core.kit.words import WordsField
from programs.membership.models import Program

TAKEN_BACK_WITHIN = timedelta(hours=24)


class ReportQuerySet(DeletableQuerySet["Report"]):
    def with_newest(self) -> "ReportQuerySet":
        """Each with the newest edition of its month: an edition that was replaced waits for nothing any more."""
        same = Report.objects.present().filter(
            program=OuterRef("program"), month=OuterRef("month"), of_generation=OuterRef("of_generation")
        )
        newest = same.order_by("-edition")
        return self.annotate(
            newest_edition=Subquery(newest.values("edition")[:1]), newest_pk=Subquery(newest.values("pk")[:1])
        )


class Report(Deletable):
    """A frozen snapshot of a month's figures, with its own number and hash. It never changes."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="reports")
    number = models.PositiveIntegerField()
    month = models.DateField()  # its first day
    edition = models.PositiveSmallIntegerField(default=1)
    of_generation = models.BigIntegerField(default=0)  # whose figures alone, by number; 0: everybody's
    headline = WordsField(max_length=160, blank=True)
    decision = WordsField(blank=True)
    decision_until = models.DateField(null=True, blank=True)
    notes = WordsField(blank=True)
    blocks = models.JSONField(default=list)  # what of the figures it shows, in which order; none: as it was before
    data = models.JSONField()  # everything the page and the PDF show
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-month", "-edition"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "number"], name="one_report_per_number"),
            models.UniqueConstraint(fields=["program", "month", "edition"], name="one_report_per_edition"),
        ]

    def __str__(self) -> str:
        return gettext("%(month)s, edition %(edition)s") % {
            "month": month_and_year(self.month),
            "edition": self.edition,
        }

    @property
    def replaced_by(self) -> int | None:
        """The edition that counts now, where it is a later one and was asked for (`with_newest`)."""
        newest: int | None = vars(self).get("newest_edition")
        return newest if newest is not None and newest > self.edition else None


class ReportTemplate(Deletable):
    """Blocks in an order that a program has saved, to begin its next report from."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="report_templates")
    name = models.CharField(_("name"), max_length=60)
    blocks = models.JSONField(_("blocks"), default=list)

    objects = DeletableQuerySet["ReportTemplate"].as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class DecisionWord(Deletable):
    """What somebody said to the decision that a report asks for. Words are only added, so two at once lose nothing."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)

    class Kind(models.TextChoices):
        AGREED = "agreed", _("agreed")
        ASKED = "asked", _("asked back")
        REPLIED = "replied", _("answered the question")

    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="decision_words", verbose_name=_("report")
    )
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.TextField(_("words"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = DeletableQuerySet["DecisionWord"].as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "by"], condition=Q(kind="agreed", deleted_at=None), name="one_agrees_once"
            ),
            models.CheckConstraint(condition=Q(kind="agreed") | ~Q(text=""), name="asking_back_takes_words"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.kind}"

    @property
    def until(self) -> datetime:
        """Its author may withdraw it up to then."""
        return self.at + TAKEN_BACK_WITHIN
