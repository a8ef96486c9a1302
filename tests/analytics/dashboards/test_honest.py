"""What a figure is said against: the group's own past and the company account, never one month alone; and how sure."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from analytics.dashboards import beside_company, certainty, charts, group_past
from analytics.dashboards.blocks import successes
from analytics.dashboards.charts import Scene
from analytics.dashboards.findings import rows_of
from analytics.dashboards.queries import scene_of
from analytics.kpis.models import Cell
from analytics.kpis.queries import Board, Point
from analytics.kpis.weeks import ended_months
from analytics.reports import figures
from core.kit.charts import Chart
from programs.phases.models import Phase
from tests.factories import kpis as make

TODAY = date(2026, 11, 20)
MONTHS = [date(2026, month, 1) for month in range(4, 11)]
CLICKS = "may include clicks"


@pytest.fixture
def calm(world: Any) -> Any:
    Cell.objects.filter(program=world.program).delete()
    return world


def cells(world: Any, kpi: str, values: list[Any], **fields: Any) -> None:
    """One for each of the last months; None: hidden."""
    for month, value in zip(MONTHS[-len(values) :], values, strict=True):
        make.make_cell(world.program, kpi, month, value, **fields)


def compared(world: Any, people: list[Any], company: str = "0.02", **numbers: Any) -> None:
    cells(world, "engagement_rate", people, **({"numerator": 400, "denominator": 10_000} | numbers))
    of_company = {"series": "company", "people": None, "numerator": 200, "denominator": 10_000}
    cells(world, "engagement_rate", [company] * len(people), **of_company)


def scene(world: Any) -> Scene:
    return scene_of(world.program, today=TODAY)


def reach(world: Any) -> Chart:
    chart = charts.impressions(scene(world))
    assert chart is not None
    return chart


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (9000, "more than any of the 6 months before (1,000–6,000)"),
        (500, "fewer than any of the 6 months before (1,000–6,000)"),
        (3000, "within the range of the 6 months before (1,000–6,000)"),
    ],
)
def test_a_month_stands_beside_the_six_before_it(calm: Any, now: int, said: str) -> None:
    cells(calm, "impressions", [1000, 2000, 3000, 4000, 5000, 6000, now])
    chart = reach(calm)
    assert said in chart.sentence
    assert "month before." not in chart.sentence
    assert "Half of the months before differ from their middle by 43% or less." in chart.sure


@pytest.mark.parametrize("fields", [{}, {"people": 10}])
def test_too_few_months_say_nothing_about_a_month(calm: Any, fields: dict[str, Any]) -> None:
    """Months with another number of people are no past of a sum."""
    cells(calm, "impressions", [10, 20, 30, 40] if fields else [10, 20], **fields)
    Cell.objects.filter(start_on=MONTHS[-1]).update(value=50, people=20)
    chart = reach(calm)
    assert strip_tags(chart.sentence) == "October brought 50 impressions."
    assert "Too few months to tell" in chart.sure
    assert chart.band is None or not any(chart.band.spans[-1:])


@pytest.mark.parametrize(
    ("company", "said"),
    [
        ([90, 100, 110, 100, 100, 100, 300], "went the same way (300, before 90–110), so the network may have changed"),
        ([90, 100, 110, 100, 100, 100, 95], "The company account had 95 in the same month, before 90–110."),
        ([95], "The company account had 95 in the same month."),
    ],
)
def test_the_company_account_says_whether_the_network_changed(calm: Any, company: list[int], said: str) -> None:
    cells(calm, "impressions", [10, 20, 30, 40, 50, 60, 90])
    cells(calm, "impressions", company, series="company", people=None)
    assert said in reach(calm).sure


def test_what_the_company_paid_for_is_no_part_of_the_comparison(calm: Any) -> None:
    compared(calm, ["0.04"] * 7)
    chart = beside_company.effect(scene(calm))
    assert chart
    assert chart.rows[-1].cells[0].display == "2.0"
    assert "paid posts are included" in chart.caveat
    cells(calm, "engagement_rate", ["0.01"] * 7, series="organic", people=None, numerator=100, denominator=10_000)
    cells(calm, "impressions", [7000] * 7, series="organic", people=None)
    cells(calm, "impressions", [3000] * 7, series="paid", people=None)
    chart = beside_company.effect(scene(calm))
    assert chart
    assert chart.rows[-1].cells[0].display == "4.0"
    assert "without posts it paid for; in October these had 30% of its impressions" in chart.caveat
    paid = beside_company.paid_chart(scene(calm))
    assert paid
    assert "<em>30%</em> of the company account's impressions were paid for" in paid.sentence
    assert [cell.value for cell in paid.rows[-1].cells] == [7000, 3000]


def test_the_band_is_in_the_picture_the_table_and_the_file(calm: Any, sign_in: Any) -> None:
    compared(calm, [Decimal(number) / 100 for number in (3, 4, 5, 6, 7, 8, 9)])
    for old, month in reversed([*zip(MONTHS, ended_months(date.today(), 7), strict=True)]):
        Cell.objects.filter(start_on=old).update(start_on=month)
    client, where = sign_in(calm.manager), reverse("analytics:dashboard_export", args=[calm.program.slug])
    answer = client.get(reverse("analytics:dashboard", args=[calm.program.slug]))
    chart = next(each for row in answer.context["rows"] for each in row if each.id == "effect")
    assert "more</em> response than in any of the 6 months before" in chart.sentence
    assert chart.columns[-1] == "Months before: middle (range)"
    assert chart.rows[-1].cells[-1].display == "2.8 (1.5–4.0)"
    page = answer.content.decode()
    assert 'data-low="1.50" data-middle="2.75"' in " ".join(page.split())
    lines = list(csv.reader(io.StringIO(client.get(where, {"figure": "effect"}).content.decode("utf-8-sig"))))
    assert lines[0][-3:] == [
        "Lowest of the months before",
        "Middle of the months before",
        "Highest of the months before",
    ]
    newest = lines[len(chart.labels)]
    assert [Decimal(number) for number in newest[1:]] == [Decimal("4.5"), Decimal("1.5"), Decimal("2.75"), Decimal(4)]
    assert lines[-2][0] == chart.sure
    assert CLICKS in lines[-1][0]


def test_how_it_was_counted_stands_wherever_both_stand(calm: Any, sign_in: Any) -> None:
    compared(calm, ["0.04"] * 7)
    for old, month in reversed([*zip(MONTHS, ended_months(date.today(), 7), strict=True)]):
        Cell.objects.filter(start_on=old).update(start_on=month)
    client = sign_in(calm.executive)
    page = client.get(reverse("analytics:dashboard", args=[calm.program.slug])).content.decode()
    assert page.count(CLICKS) == 1  # there are no weeks, so the large chart is not there
    rows = client.get(reverse("analytics:dashboard_export", args=[calm.program.slug])).content.decode("utf-8-sig")
    notes = {row[1]: row[-1] for row in csv.reader(io.StringIO(rows)) if row[0] == "Engagement rate"}
    assert CLICKS in notes["all"]
    assert notes["Company account"] == ""


@pytest.mark.parametrize(("people", "company"), [(12, 400), (400, 12)])
def test_a_handful_of_interactions_is_not_compared(calm: Any, people: int, company: int) -> None:
    compared(calm, ["0.04"] * 7)
    cells_of = Cell.objects.filter(kpi="engagement_rate", start_on=MONTHS[-1])
    cells_of.filter(series="people").update(numerator=people)
    cells_of.filter(series="company").update(numerator=company)
    found = scene(calm)
    assert beside_company.times_of(found)[-1][0] == MONTHS[-2]
    assert beside_company.few_in(found, MONTHS[-1]) == (people, company)
    sentence = strip_tags(beside_company._duel_sentence(found))
    assert sentence == (
        f"In October there were too few posts to tell: people's posts drew {people} interactions, "
        f"those of the company account {company}."
    )


@pytest.mark.parametrize(
    ("kpi", "below", "said"),
    [
        ("value_mix", 12, "Too few posts to tell: only 12 were logged."),
        ("label_rate", 12, "Too few posts to tell: only 12 were logged."),
        ("dialog_rate", 25, "Too few interactions to tell: only 25 were counted."),
    ],
)
def test_a_share_of_a_handful_says_so(calm: Any, kpi: str, below: int, said: str) -> None:
    cells(calm, kpi, ["0.70", "0.75", "0.80", "0.75"], numerator=1, denominator=200)
    chart = next(each for row in rows_of(scene(calm)) for each in row if each.id == kpi.replace("_", "-"))
    assert chart.sure == "In the 3 months before it was 70%–80%, in the middle 75%."
    assert chart.target is not None
    Cell.objects.filter(start_on=MONTHS[-1]).update(denominator=below)
    chart = next(each for row in rows_of(scene(calm)) for each in row if each.id == chart.id)
    assert chart.sure.startswith(said)


def weekly(values: list[str], numerator: int = 400) -> list[Point]:
    return [
        Point(
            date(2026, 1, 5) + timedelta(weeks=week), "shown", Decimal(value), Decimal(numerator), Decimal(10_000), 20
        )
        for week, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (["0.04"] * 19 + ["0.01"], "Well supported: in 19 of 20 weeks"),
        (["0.01"] * 20, "Well supported: in 20 of 20 weeks the company account drew as much response"),
        (["0.01", "0.04"] * 10, "Still uncertain: people's posts drew more response in 10 of 20 weeks"),
        (["0.04"] * 7, "Too few weeks to tell"),
    ],
)
def test_how_sure_the_comparison_is_is_said_by_its_weeks(people: list[str], said: str) -> None:
    company = weekly(["0.02"] * len(people))
    assert said in certainty.of_weeks(certainty.weeks_beside(weekly(people), company))
    assert "Too few weeks" in certainty.of_weeks(certainty.weeks_beside(weekly(people, numerator=20), company))


@given(st.lists(st.decimals(0, 1_000_000, places=2), max_size=12))
def test_the_middle_lies_within_the_range(values: list[Decimal]) -> None:
    found = group_past.of_values(values)
    assert (found is None) is (len(values) < group_past.LEAST)
    if found:
        assert found.low <= found.middle <= found.high
        assert [found.place_of(each) for each in (found.low, found.middle, found.high)] == [0, 0, 0]
        assert group_past.past_of(found.as_data) == found


def test_a_newsletter_praises_no_month_that_is_only_above_its_last(calm: Any) -> None:
    cells(calm, "impressions", [1000, 2000, 9000, 8000, 7000, 1000, 1500])
    assert successes(calm.program, "en", TODAY) == []
    Cell.objects.filter(start_on=MONTHS[-1]).update(value=8500)
    assert successes(calm.program, "en", TODAY) == [
        "October brought 8,500 impressions, within the range of the 6 months before (1,000–9,000)."
    ]


def test_what_is_aimed_at_is_drawn_in_the_comparison(calm: Any) -> None:
    compared(calm, ["0.04"] * 7)
    for series, rate in (("people", "0.04"), ("company", "0.02")):
        for week in range(10):
            start = date(2026, 8, 3) + timedelta(weeks=week)
            make.make_cell(
                calm.program, "engagement_rate", start, rate, series=series, period="week", numerator=400,
                denominator=Decimal(400) / Decimal(rate),
            )  # fmt: skip
    found = scene(calm)
    duel, effect = beside_company.duel(found), beside_company.effect(found)
    assert duel
    assert duel.target
    assert (duel.target.value, duel.target.label) == (Decimal("150.0"), "Target 3.0%")  # of 2 % that are 100
    assert "Well supported: in 10 of 10 weeks" in duel.sure
    assert effect
    assert effect.target
    assert (effect.target.value, effect.target.label) == (Decimal("1.5"), "Target 1.5")


def test_phases_and_generations_that_began_are_marked(world: Any) -> None:
    """Of two within four weeks the first; one outside the picture is not there. Events have what room is left."""
    labels = {date(2026, 8, 3) + timedelta(weeks=week): f"W{week}" for week in range(12)}

    def begun(name: str, on: date) -> Phase:
        return Phase(program=world.program, title={"en": name}, start_on=on, started_on=on, state="active")

    phases = [
        begun("Start", date(2026, 8, 5)),
        begun("Soon after", date(2026, 8, 20)),
        begun("Growth", date(2026, 9, 16)),
        begun("Before", date(2026, 5, 1)),
    ]
    dates = [(date(2026, 8, 13), "Too near"), (date(2026, 10, 14), "World café")]
    made = beside_company.marks(Scene(world.program, Board(), {}, phases=phases, dates=dates), labels)
    assert [(mark.at, mark.name) for mark in made] == [("W0", "Start"), ("W6", "Growth"), ("W10", "World café")]


def test_the_past_is_six_months_of_exact_figures_or_too_few_to_tell(calm: Any) -> None:
    """A month before them, and one of which only "at least" is known, change nothing of what is usual."""
    old = date(2026, 3, 1)
    now = Point(MONTHS[-1], "shown", Decimal("0.5"), None, None, 20)
    line = [Point(month, "shown", Decimal("0.6"), None, None, 20) for month in MONTHS[:-1]]
    past = group_past.before("value_mix", line, now)
    assert past is not None
    assert (past.low, past.high, past.months) == (Decimal("0.6"), Decimal("0.6"), 6)
    outside = Point(old, "shown", Decimal("0.01"), None, None, 20)
    floor = Point(MONTHS[-2], "shown", Decimal("0.95"), None, None, 20, is_floor=True)
    hidden = Point(MONTHS[-2], "too_few", None, None, None, None)
    assert group_past.before("value_mix", [outside, *line], now) == past
    assert (
        group_past.before_month([(old, Decimal("0.01")), *((p.start_on, Decimal("0.6")) for p in line)], MONTHS[-1])
        == past
    )
    for other in (floor, hidden):
        without = group_past.before("value_mix", [*line[:-1], other], now)
        assert without is not None
        assert (without.high, without.months) == (Decimal("0.6"), 5)
    cells(calm, "activity_rate", ["0.70", "0.75", "0.80"])
    chart = charts.activity(scene(calm))
    assert chart is not None
    assert chart.sure == "Too few months to tell what is usual."


def test_what_is_said_as_at_least_leaves_at_most(calm: Any) -> None:
    make.make_cell(calm.program, "value_mix", MONTHS[-1], Decimal("0.55"), is_floor=True)
    chart = charts.mix(scene(calm))
    assert chart is not None
    assert [each.cells[-1].display for each in chart.series] == ["≥\N{NO-BREAK SPACE}55%", "≤\N{NO-BREAK SPACE}45%"]
    short = {"kpi": "value_mix", "state": "shown", "value": "0.55", "target": "0.80", "is_floor": True}
    assert not figures.figure_of(short, 9).under
