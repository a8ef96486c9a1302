"""A result as its page shows it: bars, ranges, and words beside them. It reads what was kept and counts nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from community.pulses import questions, services
from community.pulses.models import PulseRound
from community.pulses.questions import LIKELY, Question
from community.pulses.worked_out import HIGHEST, LOWEST, MOST_SCORE
from core.kit.templatetags.ui import number
from programs.readiness.forms import AGREE


@dataclass(frozen=True)
class PulseBar:
    """How many chose something, as a range; `width` is for the picture, in percent of all."""

    label: str
    low: int
    high: int | None
    width: int


@dataclass(frozen=True)
class ItemResult:
    question: Question
    bars: list[PulseBar]
    figure: str = ""  # nothing where too few answered this one
    band: str = ""
    top: str = ""
    is_likely: bool = False


@dataclass(frozen=True)
class ShownResult:
    people: str
    rate: str
    items: list[ItemResult]


def result_of(pulse: PulseRound) -> ShownResult | None:
    kept: Mapping[str, Any] | None = pulse.result
    if not kept:
        return None
    asked = services.asked(pulse)
    low, high = kept["people"]
    rate = kept["rate"]
    return ShownResult(
        people=_range(low, high),
        rate=_percent(*rate) if rate else "",
        items=[_item(each, kept["items"].get(each.key)) for each in asked],
    )


def _item(question: Question, kept: Mapping[str, Any] | None) -> ItemResult:
    if kept is None:
        return ItemResult(question, [])
    if question.kind == LIKELY:
        labels: Sequence[Any] = (_("0 to 6: rather not"), _("7 and 8: undecided"), _("9 and 10: yes, gladly"))
        low, high = kept["band"]
        figure, band = (
            score_said(kept["score"]),
            _("%(low)s to %(high)s") % {"low": _signed(low), "high": _signed(high)},
        )
        return ItemResult(question, _bars(labels, kept["counts"]), figure, band, is_likely=True)
    low, high = (Decimal(each) for each in kept["band"])
    band = _("%(low)s to %(high)s") % {"low": number(low, 1), "high": number(high, 1)}
    labels = [f"{value}: {AGREE[value]}" for value in questions.VALUES[question.kind]]
    top = _percent(*kept["top"]) if kept["top"] else ""
    return ItemResult(question, _bars(labels, kept["counts"]), mean_said(Decimal(kept["mean"])), band, top)


def _bars(labels: Sequence[Any], counts: Sequence[Sequence[int]]) -> list[PulseBar]:
    middles = [(low + high) / 2 for low, high in counts]
    whole = max(sum(middles), 1)
    rows = zip(labels, counts, middles, strict=True)
    return [PulseBar(str(label), low, high, round(100 * middle / whole)) for label, (low, high), middle in rows]


def mean_said(mean: Decimal) -> str:
    """At both ends of the scale it is left open how far it goes."""
    if mean >= HIGHEST:
        return _("at least %(number)s") % {"number": number(mean, 1)}
    if mean <= LOWEST:
        return _("at most %(number)s") % {"number": number(mean, 1)}
    return str(number(mean, 1))


def score_said(score: int) -> str:
    if score >= MOST_SCORE:
        return _("at least %(number)s") % {"number": _signed(score)}
    if score <= -MOST_SCORE:
        return _("at most %(number)s") % {"number": _signed(score)}
    return _signed(score)


def _signed(value: int) -> str:
    return f"+{value}" if value > 0 else f"−{-value}" if value < 0 else "0"


def _range(low: int, high: int | None) -> str:
    if high is None:
        return _("%(low)s or more") % {"low": low}
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _percent(low: int, high: int) -> str:
    return _("%(low)s to %(high)s %%") % {"low": low, "high": high}
