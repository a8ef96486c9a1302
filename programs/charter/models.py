"""The charter of a program: why, who stands behind it, who does what, whom it concerns, what could go wrong, what it
costs. Ranked goals are the program's own (`programs.membership`)."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import in_turn
from core.kit.words import WordsField
from programs.membership.models import Membership, Program

LEVELS = (1, 3)
WATCH_FROM, ACT_FROM = 3, 6  # likelihood times impact, each from one to three


class Level(models.IntegerChoices):
    LOW = 1, _("low")
    MEDIUM = 2, _("medium")
    HIGH = 3, _("high")


class Charter(models.Model):
    """What is written once for a program."""

    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="charter")
    reason = WordsField(blank=True)  # why now
    end_point = WordsField(blank=True)  # how everybody will know that it has arrived
    privileges = WordsField(blank=True)  # what participants get: news first, a photo, time

    def __str__(self) -> str:
        return str(self.program_id)


class CharterRow(Deletable):
    """One line of a list of the charter: it can be deleted and taken back."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class Commitment(CharterRow):
    """The sponsor, or a body, said yes: what was promised, and on which day."""

    given_by = models.CharField(max_length=120)  # a role or a body, e.g. "Board member for people"
    is_sponsor = models.BooleanField(default=False)
    text = models.CharField(max_length=500)
    given_on = models.DateField()

    objects = DeletableQuerySet["Commitment"].as_manager()

    class Meta:
        ordering: ClassVar = ["-is_sponsor", "-given_on", "pk"]

    def __str__(self) -> str:
        return self.given_by


class Stakeholder(CharterRow):
    """A group or a role whom the program concerns. Never a person: what is written here is an estimate by others."""

    class Attitude(models.TextChoices):
        SUPPORTS = "supports", _("supports it")
        UNDECIDED = "undecided", _("undecided")
        SCEPTICAL = "sceptical", _("sceptical")

    name = models.CharField(max_length=120)
    influence = models.PositiveSmallIntegerField(choices=Level)
    interest = models.PositiveSmallIntegerField(choices=Level)
    attitude = models.CharField(max_length=9, choices=Attitude, default=Attitude.UNDECIDED)
    concern = models.CharField(max_length=300, blank=True)
    next_step = models.CharField(max_length=200, blank=True)

    objects = DeletableQuerySet["Stakeholder"].as_manager()

    class Meta:
        ordering: ClassVar = ["-influence", "-interest", "name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(influence__range=LEVELS, interest__range=LEVELS), name="stakeholder_has_known_levels"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Duty(CharterRow):
    """Something that has to be done for the program, as a row of the RACI matrix."""

    title = WordsField(max_length=160)

    objects = DeletableQuerySet["Duty"].as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return str(self.title)


class DutyHolder(models.Model):
    """Somebody of the team, or a stakeholder, has a part in a duty, from a day until a day. What a role had is
    kept for as long as the role is."""

    class Part(models.TextChoices):
        RESPONSIBLE = "R", _("responsible")
        ACCOUNTABLE = "A", _("accountable")
        CONSULTED = "C", _("consulted")
        INFORMED = "I", _("informed")

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="holders", verbose_name=_("duty"))
    member = models.ForeignKey(
        Membership, models.CASCADE, null=True, related_name="+", verbose_name=_("role in the team")
    )
    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.CASCADE, null=True, related_name="+")
    part = models.CharField(_("part in a duty"), max_length=1, choices=Part)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True)

    class Meta:
        ordering: ClassVar = ["since", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(member=None, stakeholder__isnull=False) | Q(member__isnull=False, stakeholder=None),
                name="duty_is_held_by_one",
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="duty_ends_after_it_began"),
            models.UniqueConstraint(
                fields=["duty"], condition=Q(until=None, part="A"), name="one_is_accountable_for_a_duty"
            ),
            models.UniqueConstraint(
                fields=["duty", "member", "stakeholder"],
                condition=Q(until=None),
                nulls_distinct=False,
                name="one_part_in_a_duty",
            ),
        ]

    def __str__(self) -> str:
        return self.part

    @property
    def who(self) -> str:
        return str(self.stakeholder if self.member is None else self.member.user)

    @property
    def key(self) -> str:
        """How a form names who has a part."""
        return f"m{self.member_id}" if self.member_id else f"s{self.stakeholder_id}"


class Risk(CharterRow):
    """What could go wrong: how likely, how bad, who looks after it, what is done next."""

    text = models.CharField(max_length=200)
    likelihood = models.PositiveSmallIntegerField(choices=Level)
    impact = models.PositiveSmallIntegerField(choices=Level)
    owner = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    next_step = models.CharField(max_length=200, blank=True)
    is_over = models.BooleanField(default=False)

    objects = DeletableQuerySet["Risk"].as_manager()

    class Meta:
        ordering: ClassVar = ["is_over", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(likelihood__range=LEVELS, impact__range=LEVELS), name="risk_has_known_levels"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def weight(self) -> int:
        return self.likelihood * self.impact

    @property
    def light(self) -> str:
        """How urgent it is: nothing to do, watch, act."""
        return "act" if self.weight >= ACT_FROM else "watch" if self.weight >= WATCH_FROM else "good"


class BudgetLine(CharterRow):
    """Money, or working time at an hourly rate; planned and actual."""

    class Kind(models.TextChoices):
        MONEY = "money", _("money")
        TIME = "time", _("working time")

    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=5, choices=Kind)
    planned = models.DecimalField(max_digits=12, decimal_places=2)  # an amount, or hours
    actual = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    rate = models.DecimalField(max_digits=8, decimal_places=2, null=True)  # of an hour of working time

    objects = DeletableQuerySet["BudgetLine"].as_manager()

    class Meta:
        ordering: ClassVar = ["kind", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="money", rate=None) | Q(kind="time", rate__isnull=False, rate__gte=0),
                name="working_time_has_a_rate",
            ),
            models.CheckConstraint(condition=Q(planned__gte=0, actual__gte=0), name="budget_is_not_negative"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def planned_cost(self) -> Decimal:
        return self.planned * (1 if self.rate is None else self.rate)

    @property
    def actual_cost(self) -> Decimal:
        return self.actual * (1 if self.rate is None else self.rate)
