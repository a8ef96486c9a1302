"""From answers to a result. It is blurred on purpose: nothing from fewer than twice the smallest group, each sum moved
by chance as far as one and a half people can move it, and then means in halves. Who fills in all answers but one could
read that one out of a result that was only rounded."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from programs.readiness import survey
from programs.readiness.survey import SurveyField

Sums = Mapping[str, Sequence[int]]
HALF, LOW, HIGH = Decimal("0.5"), Decimal("2.5"), Decimal("4")
CHANCE = random.SystemRandom()
FOUNDATIONS = ("freedom", "errors", "motivation")  # where one of them is low, an open call comes too early


@dataclass(frozen=True)
class FieldResult:
    """A field's mean in halves from 1 to 5; `before`: what it was in the round before, as far as there is one."""

    field: SurveyField
    mean: Decimal
    before: Decimal | None = None

    @property
    def level(self) -> str:
        return "low" if self.mean < LOW else "high" if self.mean >= HIGH else "middle"

    @property
    def advice(self) -> Any:
        return self.field.advice[self.level]

    @property
    def percent(self) -> int:
        """For the bar: 0 at one, 100 at five."""
        return int((self.mean - 1) * 25)

    @property
    def turn(self) -> int:
        """1 up, -1 down, 0 the same or nothing to compare with."""
        if self.before is None or self.mean == self.before:
            return 0
        return 1 if self.mean > self.before else -1


def enough(k: int) -> int:
    return 2 * k


def added(sums: Sums, answers: Mapping[str, int]) -> dict[str, list[int]]:
    """The sums with one person's answers in them: by field what was said, and of how many statements."""
    total = {key: list(pair) for key, pair in sums.items()}
    for field in survey.fields():
        said, asked = total.get(field.key, [0, 0])
        mine = [answers[each.key] for each in field.statements]
        total[field.key] = [said + sum(mine), asked + len(mine)]
    return total


def worked_out(sums: Sums, answered: int, k: int) -> dict[str, str] | None:
    """Means by field, as text for JSON; nothing when too few answered."""
    if answered < enough(k):
        return None
    return {key: str(_rounded(Decimal(said + _blur(asked // answered)) / asked)) for key, (said, asked) in sums.items()}


def _blur(statements: int) -> int:
    """As much as one and a half people can move the sum of a field with so many statements, up or down."""
    most = 6 * statements
    return CHANCE.randint(-most, most)


def _rounded(mean: Decimal) -> Decimal:
    return min(max((mean / HALF).quantize(Decimal(1), ROUND_HALF_EVEN) * HALF, Decimal(1)), Decimal(5))


def shown(result: Mapping[str, str], before: Mapping[str, str] | None = None) -> list[FieldResult]:
    """In the order of the survey; a field that was not asked then is left out."""
    found = []
    for field in survey.fields():
        if field.key in result:
            earlier = (before or {}).get(field.key)
            found.append(FieldResult(field, Decimal(result[field.key]), Decimal(earlier) if earlier else None))
    return found


def verdict(rows: Iterable[FieldResult]) -> str:
    levels = {row.field.key: row.level for row in rows}
    if any(levels.get(key) == "low" for key in FOUNDATIONS):
        return "wait"
    return "ready" if set(levels.values()) == {"high"} else "with_work"
