"""People's posts against the company account: week by week as an index, and month by month as times its response beside
how it was before. A network that changes for everybody changes both."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from analytics.dashboards import certainty, group_past, sentences
from analytics.dashboards.charts import Scene
from analytics.dashboards.words import month_label, reason, said, times
from analytics.kpis.formulas import index, ratio
from analytics.kpis.queries import Point
from analytics.kpis.weeks import days_of_month, days_of_week, weeks_of
from analytics.metrics.words import week_label
from core.kit.charts import Chart, ChartCell, ChartKind, ChartMark, ChartTarget, series_of
from core.kit.templatetags.ui import day, number

WEEKS_SURE = 26  # so far back weeks are counted to say how sure it is


def duel(scene: Scene) -> Chart | None:
    """People's profiles against the company account per week, with the starts of phases as marks."""
    people = scene.within(scene.line("engagement_rate", period="week"), _weeks(scene.months))
    if not any(point.is_shown for point in people):
        return None
    company = scene.company("engagement_rate", period="week")
    first = next((company[p.start_on] for p in people if p.start_on in company and company[p.start_on].value), None)
    base = first.value if first else next((p.value for p in people if p.is_shown and p.value), None)
    k = scene.program.shown_from
    cells = [[_indexed(point, base, k)] for point in people]
    if first:
        for point, row in zip(people, cells, strict=True):
            row.append(_indexed(company.get(point.start_on), base, k))
    return Chart(
        id="duel",
        kind=ChartKind.DUEL if first else ChartKind.LINES,
        size="l",
        sentence=_duel_sentence(scene),
        sure=certainty.of_weeks(certainty.weeks_beside(people, company.values())) if first else "",
        caveat=caveat(scene, people[-1].start_on) if first else "",
        what=_duel_what(first),
        over=_("Week"),
        labels=tuple(week_label(point.start_on) for point in people),
        days=tuple(days_of_week(point.start_on) for point in people),
        series=series_of([_("People's profiles"), *([_("Company account")] if first else [])], cells),
        marks=marks(scene, {point.start_on: week_label(point.start_on) for point in people}),
        source=_duel_source(people),
        quality="imported",
        method_url=scene.method_url,
        target=_rate_target(scene, base),
    )


def effect(scene: Scene) -> Chart | None:
    """How many times the company's response people got, month by month, before the band of the months until then."""
    known = times_of(scene)
    if not known:
        return None
    found = [group_past.before_month(every_times(scene), month) for month, _value in known]
    target = scene.targets.get("people_vs_company")
    label = _("Target %(value)s") % {"value": times(target / 100)} if target else ""
    return Chart(
        id="effect",
        kind=ChartKind.BARS,
        size="s",
        sentence=sentences.effect(known[-1][1], found[-1]),
        sure=certainty.of_effect(found[-1]),
        caveat=caveat(scene, known[-1][0]),
        what=_("Interactions per impression of people's posts, as times the company account's"),
        over=_("Month"),
        labels=tuple(month_label(month) for month, _value in known),
        days=tuple(days_of_month(month) for month, _value in known),
        series=series_of(
            [_("Times the company's")], [[ChartCell(round(value, 2), times(value))] for _m, value in known]
        ),
        source=_("Until %(day)s") % {"day": day(weeks_of(known[-1][0])[-1] + timedelta(days=6))},
        quality="imported",
        target=ChartTarget(target / 100, label) if target else None,
        band=group_past.band_of(group_past.TIMES, found),
    )


def caveat(scene: Scene, on: date) -> str:
    """How both sides were counted, and what the company paid for in the last month until then."""
    paid = certainty.of_paid(paid_until(scene, on), is_apart=is_apart(scene))
    return " ".join(filter(None, (certainty.of_summed(scene.summed), certainty.how_counted(), paid)))


def is_apart(scene: Scene) -> bool:
    """Whether a network tells what the company paid for."""
    return bool(scene.board.line("impressions", series="organic"))


def paid_until(scene: Scene, on: date) -> certainty.PaidMonth | None:
    """The company's impressions in the last month until a day: paid for, and not."""
    organic = {p.start_on: p.value for p in scene.board.line("impressions", series="organic") if p.value is not None}
    found = [p for p in scene.board.line("impressions", series="paid") if p.start_on in organic and p.start_on <= on]
    if not found:
        return None
    return certainty.PaidMonth(found[-1].start_on, found[-1].value or Decimal(0), organic[found[-1].start_on])


def paid_chart(scene: Scene) -> Chart | None:
    """The company's impressions, paid for and not, month by month. No person's figure is in it."""
    organic = {
        p.start_on: p.value for p in scene.within(scene.board.line("impressions", series="organic"), scene.months)
    }
    paid = {p.start_on: p.value for p in scene.board.line("impressions", series="paid")}
    known = [month for month in organic if month in paid]
    if not known:
        return None
    cells = [
        [ChartCell(value, said("impressions", value)) for value in (organic[month], paid[month])] for month in known
    ]
    return Chart(
        id="company-paid",
        kind=ChartKind.STACK,
        size="s",
        sentence=sentences.company_paid(known[-1], organic[known[-1]] or Decimal(0), paid[known[-1]] or Decimal(0)),
        what=_("Impressions of the company account per month"),
        over=_("Month"),
        labels=tuple(month_label(month) for month in known),
        days=tuple(days_of_month(month) for month in known),
        series=series_of([_("Not paid for"), _("Paid for")], cells),
        source=_("Until %(day)s") % {"day": day(weeks_of(known[-1])[-1] + timedelta(days=6))},
        quality="imported",
    )


def every_times(scene: Scene) -> list[tuple[date, Decimal]]:
    """How many times the company's rate people's posts reach, in every month that is known on both sides with
    interactions enough to compare."""
    company = scene.company("engagement_rate")
    return [
        (point.start_on, times_more)
        for point in scene.line("engagement_rate")
        if point.is_shown
        and (other := company.get(point.start_on)) is not None
        and point.value is not None
        and other.value
        and not certainty.is_few(point)
        and not certainty.is_few(other)
        and (times_more := ratio(point.value, other.value)) is not None
    ]


def times_of(scene: Scene) -> list[tuple[date, Decimal]]:
    """The same in the months that are shown."""
    shown = {point.start_on for point in scene.shown("engagement_rate")}
    return [(month, value) for month, value in every_times(scene) if month in shown]


def few_in(scene: Scene, month: date) -> tuple[Decimal, Decimal] | None:
    """The interactions of people and company, where one of them has too few to be compared."""
    people = next((p for p in scene.line("engagement_rate") if p.start_on == month and p.is_shown), None)
    company = scene.company("engagement_rate").get(month)
    if people is None or company is None or people.above is None or company.above is None:
        return None
    return (people.above, company.above) if certainty.is_few(people) or certainty.is_few(company) else None


def _duel_sentence(scene: Scene) -> str:
    known, shown = times_of(scene), scene.shown("engagement_rate")
    if shown and (few := few_in(scene, shown[-1].start_on)):
        return sentences.too_few(shown[-1].start_on, *few)
    if not known:
        return sentences.no_company()
    return sentences.duel(*known[-1], group_past.before_month(every_times(scene), known[-1][0]))


def _duel_what(first: Point | None) -> str:
    if first is None:
        return _("Interactions per impression and week, index: 100 is the first week shown")
    return _("Interactions per impression and week, index: 100 is the company account in %(week)s") % {
        "week": week_label(first.start_on)
    }


def _duel_source(people: Sequence[Point]) -> str:
    last = [point for point in people if point.is_shown][-1]
    return _("At least %(people)s people and the company page, up to %(day)s") % {
        "people": number(last.people or 0),
        "day": day(last.start_on + timedelta(days=6)),
    }


def _rate_target(scene: Scene, base: Decimal | None) -> ChartTarget | None:
    """What the program aims at in interactions per impression, as the picture's index."""
    target = scene.targets.get("engagement_rate")
    if not target or not base:
        return None
    label = _("Target %(value)s") % {"value": said("engagement_rate", target)}
    return ChartTarget(round(target / base * 100, 1), label)


def _weeks(months: int) -> int:
    return {3: 13, 6: 26}.get(months, 52)


def _indexed(point: Point | None, base: Decimal | None, k: int) -> ChartCell:
    if point is None:
        return ChartCell()
    if not point.is_shown:
        return ChartCell(hidden=True, reason=reason(point.state, k))
    value = index(point.above or Decimal(0), point.below or Decimal(0), base)
    return ChartCell(None if value is None else round(value, 1), number(value, 0))


def marks(scene: Scene, labels: Mapping[date, str]) -> tuple[ChartMark, ...]:
    """Phases and generations that began within the picture; between them events and milestones, where there is room."""
    begun = [(phase.started_on or phase.start_on, str(phase.title)) for phase in scene.begun]
    begun += [(generation.start_on, generation.name) for generation in scene.generations]
    found: dict[date, str] = {}
    for on, name in [*sorted(begun), *sorted(scene.dates)]:
        monday = on - timedelta(days=on.weekday())
        if monday in labels and not any(abs((monday - other).days) < 28 for other in found):
            found[monday] = name
    return tuple(ChartMark(labels[monday], found[monday]) for monday in sorted(found))
