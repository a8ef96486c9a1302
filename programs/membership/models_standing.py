from typing import ClassVar

from django.db import models

from programs.membership.models import Program


class StandingCount(models.Model):
    """Numbers of people as they were first said for a period, as the gate let them out: no person is in it.

    They stay until the next period, whoever joins, leaves or is forgotten in between. Without a program they are of the
    whole site, for who operates it.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    name = models.CharField(max_length=60)
    as_of = models.DateField()
    said = models.JSONField()  # what is counted: the lowest and the highest number

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "name"], name="one_standing_count", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.as_of}"
