"""How the community does, as a chart beside other figures: the ranges that hosts read, and no others."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import format_html
from django.utils.translation import gettext as _

from community.forum.health_page import sentences_of
from community.forum.models_health import Pulse
from community.forum.pulse import WEEKS, Range, Ranges
from community.forum.ritual_days import WEEK
from core.kit.charts import Chart, ChartCell, ChartKind, series_of
from core.kit.templatetags.ui import day
from programs.membership.models import Program


@dataclass(frozen=True)
class HealthTold:
    """What was said of the last twelve whole weeks."""

    said: Ranges
    until: date


def health_told(program: Program) -> HealthTold | None:
    """Nothing while too few take part to say how many write. One query."""
    pulse = Pulse.objects.filter(program=program).first()
    if pulse is None or not (pulse.said.get("brings") and pulse.said.get("writes")):
        return None
    return HealthTold(Ranges(**pulse.said), pulse.until)


def health_chart(told: HealthTold | None) -> Chart | None:
    if told is None or told.said.brings is None or told.said.writes is None:
        return None
    low, high = told.said.writes
    first, last = told.until - WEEKS * WEEK, told.until - timedelta(days=1)
    sentences, _missing = sentences_of(told.said)
    guarded = _(
        "Only groups of five or more, in steps; nobody sees who is silent. Reading, reacting and voting are not "
        "counted."
    )
    return Chart(
        id="forum-health",
        kind=ChartKind.BARS,
        size="s",
        sentence=format_html(
            _("<em>{low} to {high} %</em> of the participants start topics or answer in the forum."), low=low, high=high
        ),
        sure=" ".join((*sentences, guarded)),
        what=_("Share of the participants, at least; the table shows how far it may reach"),
        over=_("In the forum"),
        labels=(_("start topics"), _("start topics or answer")),
        series=series_of([_("Participants")], [[_cell(told.said.brings)], [_cell(told.said.writes)]]),
        unit="%",
        source=_("Twelve whole weeks, %(first)s to %(last)s") % {"first": day(first), "last": day(last)},
    )


def _cell(share: Range) -> ChartCell:
    return ChartCell(share[0], _("%(low)s to %(high)s %%") % {"low": share[0], "high": share[1]}, is_floor=True)
