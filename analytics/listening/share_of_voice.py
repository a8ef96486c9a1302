"""How often companies are named, and in what tone: charts of the last twelve weeks and of the last months.

Mentions are counted, no people. How many there are depends on where one looks, and each picture says so.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from analytics.activities.logged_by_group import SPAN
from analytics.annotations.numbered import numbered
from analytics.annotations.queries import written_notes
from analytics.listening.models import ListenedName, ListeningSearch, Mention
from analytics.listening.queries import FEWEST, mentions_between, names_of, searches_of
from core.kit import cldr
from core.kit.charts import Chart, ChartCell, ChartKind, ChartNote, series_of
from core.kit.templatetags.ui import number, percent
from programs.membership.models import Program

MONTHS = 6
MOST_LINES = 5  # companies in the picture by month
FEWEST_RATED = 10


@dataclass(frozen=True)
class Voice:
    """What the page of listening shows."""

    charts: list[Chart]
    names: list[ListenedName]
    searches: list[ListeningSearch]
    total: int  # mentions of the last twelve weeks
    unrated: int
    notes: list[ChartNote]  # that are marked on its charts


def voice_of(program: Program) -> Voice:
    """Three queries."""
    today = timezone.localdate()
    names, searches = names_of(program), searches_of(program)
    first_month = _months(today)[0]
    rows = mentions_between(program, min(first_month, today - SPAN), today)
    recent = [row for row in rows if row[0] > today - SPAN]
    charts = [
        _share(program, names, Counter(name for _on, about, _tone, _topic in recent for name in set(about))),
        _by_month(names, rows, _months(today)),
        _tones(Counter(tone for _on, _about, tone, _topic in recent)),
        _topics(Counter(topic for _on, _about, _tone, topic in recent if topic)),
    ]
    notes = numbered(written_notes(program), charts)
    shown = [chart.noted(notes) for chart in charts if chart]
    unrated = sum(not tone for _on, _about, tone, _topic in recent)
    return Voice(shown, names, searches, len(recent), unrated, notes)


def _last_day(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _months(today: date) -> list[date]:
    found = [today.replace(day=1)]
    while len(found) < MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]


def _share(program: Program, names: list[ListenedName], counts: Counter[int]) -> Chart | None:
    if not names:
        return None
    names = sorted(names, key=lambda each: each.is_own)  # a picture of bars brings out its last one
    total = sum(counts[each.pk] for each in names)
    shares = [Decimal(100 * counts[each.pk]) / total if total else Decimal(0) for each in names]
    cells = [
        [ChartCell(counts[each.pk], number(counts[each.pk])), _said(share, total)]
        for each, share in zip(names, shares, strict=True)
    ]
    own = sum(counts[each.pk] for each in names if each.is_own)
    if total < FEWEST:
        sentence = _("Too few mentions to tell a share: %(n)s.") % {"n": number(total)}
    elif not any(each.is_own for each in names):
        sentence = _("%(n)s mentions in twelve weeks. Which company is your own is not said yet.") % {
            "n": number(total)
        }
    else:
        sentence = _("%(share)s of %(n)s mentions in twelve weeks are about our own company.") % {
            "share": percent(Decimal(own) / total),
            "n": number(total),
        }
    return Chart(
        id="share-of-voice",
        kind=ChartKind.BARS if total else ChartKind.TABLE,
        size="s",
        things="equal",
        sentence=sentence,
        what=_("How often a title names each company. It depends on where one looks: only the feeds and files below."),
        over=_("Company"),
        labels=tuple(each.name for each in names),
        series=series_of([_("Mentions"), _("Share of all")], cells),
        source=_("Feeds and files of this program; a title that names two counts for both"),
        quality="imported",
        method_url=reverse("analytics:kpi", args=[program.slug, "share_of_voice"]),
    )


def _said(share: Decimal, total: int) -> ChartCell:
    """A share is words in the table and no second bar."""
    return ChartCell(None, percent(share / 100) if total >= FEWEST else "")


def _by_month(
    names: list[ListenedName], rows: list[tuple[date, list[int], str, str]], months: list[date]
) -> Chart | None:
    shown = names[:MOST_LINES]
    counts = Counter((on.replace(day=1), name) for on, about, _tone, _topic in rows for name in set(about))
    if not any(counts[month, each.pk] for month in months for each in shown):
        return None
    cells = [[ChartCell(counts[month, each.pk], number(counts[month, each.pk])) for each in shown] for month in months]
    return Chart(
        id="voice-by-month",
        kind=ChartKind.LINES,
        size="m",
        sentence=_("Mentions by month, side by side; the running month is not over."),
        what=_("Mentions per month"),
        over=_("Month"),
        labels=tuple(cldr.month_short(month) for month in months),
        days=tuple((month, _last_day(month)) for month in months),
        series=series_of([each.name for each in shown], cells),
        source=_("Feeds and files of this program"),
        quality="imported",
    )


def _tones(counts: Counter[str]) -> Chart | None:
    rated = sum(counts[tone] for tone in Mention.Tone.values)
    if not rated:
        return None
    cells = [[ChartCell(counts[tone], number(counts[tone]))] for tone in Mention.Tone.values]
    if rated < FEWEST_RATED:
        sentence = _("Too few are rated to speak of a tone: %(n)s.") % {"n": number(rated)}
    else:
        sentence = _("%(friendly)s friendly and %(critical)s critical of %(n)s rated mentions.") % {
            "friendly": number(counts["friendly"]),
            "critical": number(counts["critical"]),
            "n": number(rated),
        }
    return Chart(
        id="tone",
        kind=ChartKind.BARS,
        size="s",
        things="equal",
        sentence=sentence,
        what=_("Tone, set by hand; %(n)s mentions of twelve weeks are not rated") % {"n": number(counts[""])},
        over=_("Tone"),
        labels=tuple(str(capfirst(label)) for label in Mention.Tone.labels),
        series=series_of([_("Mentions")], cells),
        source=_("Set by hand by program managers"),
        quality="self",
    )


def _topics(counts: Counter[str]) -> Chart | None:
    if not counts:
        return None
    told = counts.most_common(MOST_LINES)
    return Chart(
        id="voice-topics",
        kind=ChartKind.BARS,
        size="s",
        things="equal",
        sentence=_("%(topic)s is the topic of most mentions that have one.") % {"topic": told[0][0]},
        what=_("Mentions of twelve weeks by topic, set by hand"),
        over=_("Topic"),
        labels=tuple(topic for topic, _count in told),
        series=series_of([_("Mentions")], [[ChartCell(count, number(count))] for _topic, count in told]),
        source=_("Set by hand by program managers"),
        quality="self",
    )
