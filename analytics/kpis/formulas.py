"""The arithmetic of the KPIs: numerators and denominators are summed first and divided once.

A changed formula gets a new `formula_version` in data/kpis.yaml; what was published keeps its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

SIX = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Formula:
    """How a person's weeks become a month: added up, or counted once (`any`), or the first one known."""

    above: str = "sum"
    below: str = "sum"
    divides: bool = True
    places: Decimal = SIX  # how finely it is said: a fraction over people tells how many there are
    tells_people: bool = False  # numerator or denominator is a number of people or of their weeks
    is_share: bool = False  # 0 and 1 would tell about each one: then it is said to be at least so much
    is_stock: bool = False  # it stands at the end of a month and is not added up: of its last week alone, of everybody
    is_part: bool = False  # the numerator is a part of the denominator: both told, what is missing is told as well

    @property
    def says_below(self) -> bool:
        """Where a person's first week counts, a month less its first week is of those who came with a later one alone:
        so the denominator is not said, and the value too roughly to work it out."""
        return self.divides and not self.tells_people and self.below != "first"


PLAIN = Formula(divides=False)
FORMULAS: dict[str, Formula] = {
    "impressions": PLAIN,
    "interactions": PLAIN,
    "engagement_rate": Formula(),
    "dialog_rate": Formula(is_part=True),
    "value_mix": Formula(is_share=True, is_part=True),
    "topic_coverage": Formula(is_share=True, is_part=True),
    "speaker_requests": PLAIN,
    "label_rate": Formula(is_share=True, is_part=True),
    "time_budget": Formula(places=Decimal(1), tells_people=True),  # minutes by people and weeks with an entry
    "posts_per_active": Formula(below="any", places=Decimal("0.1"), tells_people=True),
    "activity_rate": Formula(above="any", below="any", tells_people=True, is_part=True),
    "network_growth": Formula(below="first", places=Decimal("0.001")),
    "potential_reach": Formula(divides=False, is_stock=True),
    "social_selling": Formula(is_stock=True, places=Decimal(1), tells_people=True),
}


def folded(how: str, weeks: Sequence[int]) -> int:
    """A person's weeks, oldest first, as one number."""
    if how == "sum":
        return sum(weeks)
    if how == "any":
        return int(any(weeks))
    return next((number for number in weeks if number), 0)


def ratio(above: Decimal, below: Decimal) -> Decimal | None:
    """None where nothing stands below: unknown is not zero."""
    return (above / below).quantize(SIX, rounding=ROUND_HALF_EVEN) if below else None


def value_of(formula: Formula, above: int, below: int) -> Decimal | None:
    """The value of a group from its numerator and denominator."""
    return ratio(Decimal(above), Decimal(below)) if formula.divides else Decimal(above)


def index(above: Decimal, below: Decimal, base: Decimal | None) -> Decimal | None:
    """A rate as an index of a base rate (100)."""
    rate = ratio(above, below)
    if rate is None or not base:
        return None
    return (rate / base * 100).quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN)


def interactions(reactions: int | None, comments: int | None, reposts: int | None, reported: int | None) -> int | None:
    """The common formula where the parts are known, else the network's own sum; None where nothing is known."""
    if reactions is not None or comments is not None or reposts is not None:
        return (reactions or 0) + (comments or 0) + (reposts or 0)
    return reported


def is_said_whole(kpi: str) -> bool:
    """Whether a value may be shown with the numbers it was made from."""
    formula = FORMULAS.get(kpi)
    return formula is None or not formula.divides or formula.says_below
