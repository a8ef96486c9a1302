from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import in_turn
from core.kit.words import WordsField
from programs.membership.models import Membership, Program


class Question(models.TextChoices):
    """The seven questions that a guideline answers, in this order."""

    WHY = "why", _("Why we do this")
    WHOM = "whom", _("Who we talk to")
    FORM = "form", _("In which form")
    LANGUAGE = "language", _("In which language")
    CONTENT = "content", _("What may be written")
    CONFIDENTIAL = "confidential", _("What stays in the company")
    ASK = "ask", _("Who to ask")


class CaseAnswer(models.TextChoices):
    YES = "yes", _("Yes")
    IF = "if", _("Yes, if")
    NO = "no", _("No")


class Guideline(models.Model):
    """The working copy of a program's guideline: what the next version is made of. Members read versions."""

    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="guideline")
    lead = WordsField(_("in one sentence"), max_length=200, blank=True)
    house_rule = WordsField(_("house rule on labelling"), max_length=250, blank=True)
    owner = models.ForeignKey(
        Membership,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who maintains it"),
    )
    approver = models.ForeignKey(
        Membership,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who approved it"),
    )
    checked_on = models.DateField()
    recheck_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(recheck_on__gte=models.F("checked_on")),
                name="guideline_is_rechecked_after_a_check",
            ),
        ]

    def __str__(self) -> str:
        return self.lead or str(self.program)


class GuidelineSection(models.Model):
    """The answer to one of the seven questions, in Markdown. An empty one is not published."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    guideline = models.ForeignKey(Guideline, on_delete=models.CASCADE, related_name="sections")
    question = models.CharField(max_length=12, choices=Question)
    text = WordsField(_("text"), blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["guideline", "question"], name="one_section_per_question"),
        ]

    def __str__(self) -> str:
        return str(self.get_question_display())


class GuidelineCaseQuerySet(DeletableQuerySet["GuidelineCase"]):
    pass


class GuidelineCase(Deletable):
    """A situation out of working life with its answer: yes, yes if, or no."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    section = models.ForeignKey(GuidelineSection, on_delete=models.CASCADE, related_name="cases")
    verdict = models.CharField(_("answer"), max_length=3, choices=CaseAnswer)
    situation = WordsField(_("situation"), max_length=200)
    because = WordsField(_("condition or reason"), max_length=250, blank=True)

    objects = GuidelineCaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.situation


class GuidelineVersion(models.Model):
    """What was published, as it stood. Who agreed to it agreed to these words, so nobody changes them afterwards."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="guideline_versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()  # see `documents`
    reason = WordsField(_("why it changed"), max_length=250, blank=True)
    published_at = models.DateTimeField(auto_now_add=True)

    database_may = ("SELECT", "INSERT")

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "number"], name="one_guideline_version_per_number"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class GuidelineAcceptance(models.Model):
    """Somebody has read a version and agrees. Their own act: others see counts that the gate lets out."""

    version = models.ForeignKey(GuidelineVersion, on_delete=models.CASCADE, related_name="acceptances")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "user"], name="a_guideline_version_is_accepted_once"),
        ]

    def __str__(self) -> str:
        return str(self.version)
