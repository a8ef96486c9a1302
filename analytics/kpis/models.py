from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.generations.models import Generation
from programs.membership.models import Program
from programs.phases.models import Phase


class Target(models.Model):
    """What the program wants to reach in a KPI, per month; in a generation or a phase it may be something else."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="targets")
    generation = models.ForeignKey(Generation, on_delete=models.CASCADE, null=True, related_name="+")
    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, null=True, related_name="+")
    kpi = models.CharField(max_length=30)
    value = models.DecimalField(max_digits=14, decimal_places=4)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["program", "kpi", "generation", "phase"], nulls_distinct=False, name="one_target_per_kpi"
            ),
            models.CheckConstraint(
                condition=models.Q(generation=None) | models.Q(phase=None), name="target_of_generation_or_phase"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kpi}: {self.value}"


class Period(models.TextChoices):
    WEEK = "week", _("week")
    MONTH = "month", _("month")


class Cell(models.Model):
    """A published figure: it passed disclosure control, or it is hidden and says why.

    Dashboards, reports, newsletters and exports read these rows and nothing else.
    """

    class State(models.TextChoices):
        SHOWN = "shown", _("shown")
        TOO_FEW = "too_few", _("too few people")
        PROTECTS_OTHER = "protects", _("hidden to protect another cell")
        CHANGED_BY_FEW = "changed", _("the group changed by too few people")
        DOMINATED = "dominated", _("one or two people make up most of it")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="cells")
    kpi = models.CharField(max_length=30)
    series = models.CharField(max_length=10, default="people")  # people, company
    generation = models.ForeignKey(Generation, on_delete=models.CASCADE, null=True, related_name="+")  # null: everybody
    period = models.CharField(max_length=5, choices=Period)
    start_on = models.DateField()
    state = models.CharField(max_length=9, choices=State, default=State.SHOWN)
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    numerator = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    denominator = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    people = models.PositiveIntegerField(null=True)  # at least so many contributed; null where hidden
    is_floor = models.BooleanField(default=False)  # the share lies between the value and all of them
    formula_version = models.PositiveSmallIntegerField(default=1)
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["program", "period", "kpi", "series", "generation", "start_on"],
                nulls_distinct=False,
                name="one_cell",
            ),
            models.CheckConstraint(
                condition=models.Q(state="shown") | models.Q(value=None, numerator=None, denominator=None, people=None),
                name="hidden_cells_hold_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kpi} {self.period} {self.start_on}"


class CellDecision(models.Model):
    """That the gate showed a figure, renewed it, held it back or took it away: what was so before and what is since
    then. Neither the figure nor a number of people is in it."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+", db_index=False)
    kpi = models.CharField(max_length=30)
    generation = models.ForeignKey(Generation, on_delete=models.CASCADE, null=True, related_name="+")  # null: everybody
    period = models.CharField(max_length=5, choices=Period)
    start_on = models.DateField()
    before = models.CharField(max_length=9, choices=Cell.State, blank=True)  # blank: nothing was said of it
    since = models.CharField(max_length=9, choices=Cell.State, blank=True)  # blank: nothing is said of it any more
    decided_on = models.DateField()  # a day: a minute would stand beside what people do

    class Meta:
        indexes: ClassVar = [models.Index(fields=["program", "-decided_on"], name="decisions_of_program")]

    def __str__(self) -> str:
        return f"{self.kpi} {self.period} {self.start_on}: {self.since}"


class Backing(models.Model):
    """Whose contributions stand behind a shown cell, without their values.

    When late figures arrive, the new cell is compared with it: the figure is renewed only when nobody
    could work out one person's part from the old and the new one together.
    """

    cell = models.OneToOneField(Cell, on_delete=models.CASCADE, related_name="backing")
    atoms = models.BinaryField()  # person, week and a keyed hash of the contribution, packed
    digest = models.BinaryField(
        default=b""
    )  # over all of them with their values, keyed: the same while nothing changed

    def __str__(self) -> str:
        return str(self.cell_id)


class PublishRequest(models.Model):
    """Something a program's cells are made from has changed: the next tick publishes again."""

    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)  # when what was asked then was last published

    def __str__(self) -> str:
        return str(self.program_id)
