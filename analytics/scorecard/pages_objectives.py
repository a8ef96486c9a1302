"""The objectives of a quarter as their readers see them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from analytics.scorecard.models_objectives import Objective
from analytics.scorecard.objectives import (
    ShownKeyResult,
    ShownResult,
    figures_for,
    standing_of,
    table_of,
    until_of,
)
from analytics.scorecard.quarters import next_quarter, passed, quarter_before, quarter_said
from analytics.scorecard.queries import objectives_of, quarters_of
from programs.membership.models import Program


@dataclass(frozen=True)
class ShownObjective:
    objective: Objective
    results: list[ShownKeyResult]


@dataclass
class QuarterPage:
    program: Program
    quarter: date

    @property
    def name(self) -> str:
        return quarter_said(self.quarter)

    @property
    def machine(self) -> str:
        return self.quarter.isoformat()

    @property
    def next_name(self) -> str:
        return quarter_said(next_quarter(self.quarter))

    @cached_property
    def passed(self) -> int:
        return passed(self.quarter, timezone.localdate())

    @cached_property
    def rows(self) -> list[ShownObjective]:
        """Five queries, however many there are."""
        found = list(objectives_of(self.program, self.quarter))
        figures = figures_for(self.program, [each for row in found for each in row.results.all()], self.quarter)
        until, k = until_of(self.quarter, timezone.localdate()), self.program.shown_from
        return [
            ShownObjective(
                row,
                [
                    ShownKeyResult(
                        each,
                        ShownResult(standing_of(each, figures, self.quarter, until), k, self.passed),
                        list(each.check_ins.all()),
                    )
                    for each in row.results.all()
                ],
            )
            for row in found
        ]

    @property
    def table(self) -> tuple[list[str], list[list[str]]]:
        return table_of((row.objective.text, [each.shown for each in row.results]) for row in self.rows)

    @property
    def told_by_hand(self) -> dict[int, Decimal]:
        """Where those stand that no figure says."""
        return {
            each.result.pk: Decimal(each.shown.told["value"])
            for row in self.rows
            for each in row.results
            if not each.result.kpi
        }

    @property
    def quarters(self) -> list[dict[str, object]]:
        """To switch between: those with objectives, this one and its neighbours."""
        around = (quarter_before(self.quarter), self.quarter, next_quarter(self.quarter))
        known = sorted({*quarters_of(self.program), *around})
        at = known.index(self.quarter)
        here = reverse("analytics:objectives", args=[self.program.slug])
        return [
            {
                "label": quarter_said(each),
                "url": f"{here}?quarter={each.isoformat()}",
                "current": each == self.quarter,
            }
            for each in known[max(0, at - 3) : at + 3]
        ]
