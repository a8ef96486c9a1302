"""The share of voice as a published figure: whole months, ten mentions at least, no author, and usable as any other."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from analytics.kpis import jobs
from analytics.kpis.models import Cell
from analytics.kpis.queries import targets_of
from analytics.kpis.voice_cells import VOICE
from analytics.kpis.weeks import weeks_of
from analytics.listening import jobs as listening
from analytics.listening import services
from analytics.listening.models import ListenedName, Mention
from analytics.listening.share_of_voice import voice_of
from analytics.reports.layouts import Block
from analytics.reports.reading import ShownReport
from tests.analytics.reports.test_plans import forms_of, frozen, plain
from tests.factories.kpis import make_cell
from tests.factories.listening import make_mention
from tests.factories.reports import MONTHS, board_of_six_months, point

TODAY = date(2026, 11, 20)
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def heard(world: Any) -> Any:
    Mention.objects.all().delete()
    Cell.objects.filter(program=world.program).delete()
    world.rival = services.add_name(world.program, name="Southern Steel", by=world.manager)
    return world


def mentions(world: Any, on: date, own: int, others: int) -> None:
    first = Mention.objects.count()
    for number, title in enumerate(["Nordwerk opens"] * own + ["Southern Steel closes"] * others, start=first):
        make_mention(world.program, title, number=5000 + number, on=on)


def published(world: Any, today: date = TODAY) -> dict[date, tuple[Any, ...]]:
    jobs.publish(world.program, today)
    rows = Cell.objects.filter(program=world.program, kpi=VOICE).order_by("start_on")
    assert not rows.exclude(generation=None, period="month", series="people").exists()
    return {row.start_on: (row.value, row.numerator, row.denominator) for row in rows}


def test_a_month_is_its_whole_weeks(heard: Any) -> None:
    weeks = weeks_of(OCTOBER)
    mentions(heard, weeks[0], 4, 2)
    mentions(heard, weeks[-1] + timedelta(days=6), 4, 2)
    mentions(heard, weeks[0] - timedelta(days=1), 9, 3)  # of September's last week
    mentions(heard, weeks[-1] + timedelta(days=7), 9, 9)  # of a month that is not over
    assert published(heard) == {
        date(2026, 9, 1): (Decimal("0.75"), 9, 12),
        OCTOBER: (Decimal("0.666667"), 8, 12),
    }


@pytest.mark.parametrize(("others", "is_told"), [(4, False), (5, True)])
def test_of_fewer_than_ten_mentions_no_month_is_told(heard: Any, others: int, is_told: bool) -> None:
    mentions(heard, weeks_of(OCTOBER)[0], 5, others)
    assert bool(published(heard)) == is_told


def test_a_title_of_two_counts_for_both_and_one_of_nobody_for_none(heard: Any) -> None:
    for number in range(6):
        make_mention(heard.program, "Nordwerk and Southern Steel", number=700 + number, on=weeks_of(OCTOBER)[0])
        make_mention(heard.program, "Weather", number=800 + number, on=weeks_of(OCTOBER)[0])
    assert published(heard) == {OCTOBER: (Decimal("0.5"), 6, 12)}


def test_without_a_competitor_or_an_own_company_there_is_no_share(heard: Any) -> None:
    mentions(heard, weeks_of(OCTOBER)[0], 10, 10)
    services.remove_name(heard.rival, by=heard.manager)
    assert published(heard) == {}
    services.restore_name(heard.rival, by=heard.manager)
    ListenedName.objects.update(is_own=False)
    assert published(heard) == {}


def test_what_was_told_stays_when_its_mentions_are_deleted(heard: Any) -> None:
    mentions(heard, weeks_of(OCTOBER)[0], 8, 2)
    told = published(heard)
    assert told == {OCTOBER: (Decimal("0.8"), 8, 10)}
    later = weeks_of(OCTOBER)[0] + timedelta(days=401)
    with time_machine.travel(later):
        listening.retention()
        assert not Mention.objects.exists()
        assert published(heard, later) == told
    Mention.objects.all().delete()
    assert published(heard) == {}, "but not where the mentions are removed while they count"


def test_no_author_and_no_title_is_in_a_cell(heard: Any) -> None:
    mentions(heard, weeks_of(OCTOBER)[0], 8, 2)
    published(heard)
    assert not {"opens", "closes"} & set(str(list(Cell.objects.filter(kpi=VOICE).values())).split())


def test_pages_goals_targets_and_objectives_know_it(heard: Any, sign_in: Any) -> None:
    slug = [heard.program.slug]
    mentions(heard, weeks_of(OCTOBER)[0], 8, 4)
    with time_machine.travel(TODAY):
        published(heard)
        page = sign_in(heard.executive).get(reverse("analytics:kpi", args=[*slug, VOICE])).content.decode()
        assert "8 ÷ 12 = 67%" in page
        manager = sign_in(heard.manager)
        assert manager.post(reverse("analytics:targets", args=slug), {VOICE: "40"}).status_code == 302
        assert targets_of(heard.program)[VOICE] == Decimal("0.4")
        make_cell(heard.program, "impressions", OCTOBER, 50_000)
        answer = manager.get(reverse("analytics:dashboard", args=slug))
        chart = next(each for row in answer.context["rows"] for each in row if each.id == "share-of-voice")
        assert "<em>67%</em> of the mentions counted" in chart.sentence
        assert "Too few mentions to tell: only 12 were counted." in chart.sure
        assert chart.target.value == 40
        file = manager.get(reverse("analytics:dashboard_export", args=slug)).content.decode()
        assert "Share of voice" in file
        assert manager.get(reverse("analytics:objective_new", args=slug)).status_code == 200


def test_the_room_of_listening_still_says_its_twelve_weeks(heard: Any) -> None:
    mentions(heard, heard.today, 5, 4)
    assert "Too few mentions" in voice_of(heard.program).charts[0].sentence


def test_a_report_holds_it_with_its_formula_where_the_block_was_chosen(heard: Any) -> None:
    board = board_of_six_months()
    for place, month in enumerate(MONTHS):
        board.lines[VOICE, "people", None, "month"].append(point(month, f"0.{40 + place}", 40 + place, 100))
    report = frozen(heard, [Block.VOICE], board=board)
    for form, text in forms_of(report, heard).items():
        assert "45%" in plain(text), form
        assert "of the mentions counted were about our own company" in plain(text), form
    assert "Share of voice" in [each.name for each in ShownReport(report).formulas]
    assert "In the 5 months before it was 40%" in ShownReport(report).charts[0].sure
    without = frozen(heard, [Block.FIVE], board=board)
    assert "voice" not in without.data
    assert "Share of voice" not in [each.name for each in ShownReport(without).formulas]
