"""How the same question was answered over time: figures of published pulses of everybody, with what chance may do to
them, and the phases that began in between."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from community.pulses import queries, services, shown
from community.pulses.models import PulseRound
from community.pulses.questions import LIKELY, OWN, Question
from core.kit.charts import Chart, ChartBand, ChartCell, ChartKind, ChartMark, ChartSeries, ChartSpan
from core.kit.templatetags.ui import day, number
from programs.membership.models import Program
from programs.phases.models import Phase

MOST, LEAST = 12, 2


def trends_of(program: Program) -> list[Chart]:
    rows = queries.published(program).filter(generation=None, result__isnull=False)[:MOST]
    pulses = sorted(rows, key=lambda pulse: (pulse.closes_on, pulse.pk))
    if len(pulses) < LEAST:
        return []
    marks = tuple(_marks(program, pulses))
    asked = {each.key: each for pulse in pulses for each in services.asked(pulse) if each.key != OWN}
    return [chart for each in asked.values() if (chart := _chart(each, pulses, marks))]


def _chart(question: Question, pulses: Sequence[PulseRound], marks: tuple[ChartMark, ...]) -> Chart | None:
    kept = [(pulse.result or {}).get("items", {}).get(question.key) for pulse in pulses]
    if sum(each is not None for each in kept) < LEAST:
        return None
    is_likely = question.kind == LIKELY
    cells = [_cell(each, is_likely=is_likely) for each in kept]
    said = [cell for cell in cells if cell.value is not None]
    name, what = (
        (_("Recommendation"), _("9 and 10 less 0 to 6, from −100 to +100")) if is_likely else (_("Mean"), question.text)
    )
    if any(cell.value is not None and cell.value < 0 for cell in cells):
        return None  # a picture begins at nothing: what is below it stands in the results
    return Chart(
        id=f"pulse-{question.key.replace('_', '-')}",
        kind=ChartKind.LINES,
        size="s",
        sentence=format_html(
            _("{name}: <em>{now}</em>, before that {before}."),
            name=question.name,
            now=said[-1].display,
            before=said[-2].display,
        ),
        what=what,
        sure=_("The band shows how far chance alone may carry a figure: a change within it says nothing."),
        over=_("Last day"),
        labels=tuple(_label(pulse.closes_on) for pulse in pulses),
        series=(ChartSeries(name, tuple(cells)),),
        band=ChartBand(
            _("where chance may carry it"),
            (_("lowest"), _("middle"), _("highest")),
            tuple(_span(each, is_likely=is_likely) for each in kept),
        ),
        marks=marks,
        source=_("Pulses of everybody who takes part; figures from at least nine people, rounded"),
        quality="self_reported",
    )


def _cell(kept: dict[str, Any] | None, *, is_likely: bool) -> ChartCell:
    if kept is None:
        return ChartCell()
    if is_likely:
        score = int(str(kept["score"]))
        return ChartCell(score, shown.score_said(score))
    mean = Decimal(str(kept["mean"]))
    return ChartCell(mean, shown.mean_said(mean))


def _span(kept: dict[str, Any] | None, *, is_likely: bool) -> ChartSpan | None:
    if kept is None:
        return None
    low, high = (Decimal(str(each)) for each in kept["band"])
    middle = Decimal(str(kept["score" if is_likely else "mean"]))
    digits = 0 if is_likely else 1
    words = _("%(low)s to %(high)s") % {"low": number(low, digits), "high": number(high, digits)}
    return ChartSpan(low, middle, high, words)


def _label(on: date) -> str:
    return str(day(on))


def _marks(program: Program, pulses: Sequence[PulseRound]) -> Iterator[ChartMark]:
    """A phase stands at the first pulse that ended after it began."""
    found: dict[str, str] = {}
    for phase in Phase.objects.filter(program=program).order_by("start_on"):
        on = phase.started_on or phase.start_on
        after = next((pulse for pulse in pulses if pulse.closes_on >= on), None)
        if after is not None and on >= pulses[0].opens_on:
            found[_label(after.closes_on)] = str(phase.title)
    yield from (ChartMark(at, name) for at, name in found.items())
