"""Figure 23, LinkedIn's own score: entered voluntarily, the history for oneself, the mean through the gate."""

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse

from analytics.activities import score_services, services
from analytics.activities.models import SocialScore
from analytics.activities.my_score import score_chart
from analytics.kpis import jobs
from analytics.kpis.models import Cell
from analytics.kpis.weeks import weeks_of
from core.people.secrets import seal
from programs.consents.models import Action
from tests.analytics.kpis.test_publish import TODAY, WEEKS, calm
from tests.factories import kpis as make

__all__ = ["calm"]
KPI = "social_selling"
MONTH = date(2026, 10, 1)
PARTS = ("brand", "people", "insights", "relations")


def address(world: Any) -> str:
    return reverse("analytics:own_score", args=[world.program.slug])


def enter(world: Any, user: Any, total: int, month: date = MONTH) -> None:
    parts = dict.fromkeys(PARTS, Decimal(total) / 4)
    score_services.keep_score(world.program, month=month, parts=parts, by=user)


def crowd(world: Any, size: int) -> list[Any]:
    generation = make.make_generation(world.program, 1, WEEKS[0])
    joined = WEEKS[0] - timedelta(days=60)
    return [make.make_person(world.program, generation, f"P {n}", joined_on=joined) for n in range(size)]


def found(world: Any) -> Cell | None:
    return Cell.objects.filter(program=world.program, kpi=KPI, start_on=MONTH).first()


def test_it_is_entered_changed_and_removed_by_whose_it_is(world: Any, sign_in: Any) -> None:
    client, month = sign_in(world.influencer), world.today.replace(day=1).isoformat()
    page = client.get(address(world)).text
    assert "It says nothing about what you do for others" in page, "the warning stands before the fields"
    said = {"month": month, "brand": "18.34", "people": "9.5", "insights": "12", "relations": "20"}
    assert client.post(address(world), said).status_code == 302
    assert SocialScore.objects.get().total == 60
    assert client.post(address(world), said | {"relations": "21"}).status_code == 302
    assert SocialScore.objects.get().relations == 21
    assert "18.34" in client.get(address(world)).text
    assert client.post(address(world), {"month": month}).status_code == 302
    assert not SocialScore.objects.exists()


def undo_in(page: str) -> str:
    found = re.search(r'action="([^"]*[?]removed=[^"]*)"', page)
    assert found
    return unescape(found[1])


def test_a_month_that_was_removed_comes_back_once_and_to_nobody_else(world: Any, sign_in: Any) -> None:
    month = world.today.replace(day=1)
    for user in (world.influencer, world.influencer2):
        enter(world, user, 61, month)
    client = sign_in(world.influencer)
    client.post(address(world), {"month": month.isoformat()})
    undo = undo_in(client.get(address(world)).text)
    assert "15.25" not in undo, "the address is written into logs"
    SocialScore.objects.filter(user=world.influencer2).delete()
    client = sign_in(world.influencer2)
    assert "could not be brought back" in client.post(undo, follow=True).text
    assert not SocialScore.objects.exists()
    client = sign_in(world.influencer)
    assert "The month is back." in client.post(undo, follow=True).text
    assert [(row.user, row.month, row.total) for row in SocialScore.objects.all()] == [(world.influencer, month, 61)]
    enter(world, world.influencer, 44, month)
    for other in (undo, undo[:-3] + "xyz", address(world) + "?removed=" + quote(seal("[]"))):
        assert "could not be brought back" in client.post(other, follow=True).text
    assert SocialScore.objects.get().total == 44


@pytest.mark.parametrize(
    "wrong", [{"brand": "26"}, {"brand": "-1"}, {"brand": ""}, {"brand": "many"}, {"month": "1999-01-01"}]
)
def test_what_is_no_score_is_refused(world: Any, sign_in: Any, wrong: dict[str, str]) -> None:
    said = dict.fromkeys(PARTS, "20") | {"month": world.today.replace(day=1).isoformat()} | wrong
    assert sign_in(world.influencer).post(address(world), said).status_code == 422
    assert not SocialScore.objects.exists()


def test_the_own_history_is_ones_own(world: Any, sign_in: Any) -> None:
    enter(world, world.influencer, 41)
    enter(world, world.influencer, 48, date(2026, 11, 1))
    enter(world, world.influencer2, 99)
    page = sign_in(world.influencer).get(address(world)).text
    assert "Your index is <em>48</em> of 100, +7 since the one before." in page
    assert "99" not in page.split("<main", 1)[-1].split("</main", 1)[0]
    chart = score_chart(list(SocialScore.objects.filter(user=world.influencer)))
    assert chart is not None
    assert [row.cells[0].display for row in chart.rows] == ["41", "48"]


def test_the_mean_of_the_group_is_a_whole_number_without_its_parts(calm: Any) -> None:
    """Ten people with 40 and ten with 51: 45.5, said as 46 at most to the point; neither sum nor number of people."""
    for number, user in enumerate(crowd(calm, 20)):
        enter(calm, user, 51 if number % 2 else 40)
    jobs.publish(calm.program, TODAY)
    cell = found(calm)
    assert cell is not None
    assert (cell.state, cell.value, cell.numerator, cell.denominator) == ("shown", Decimal(46), None, None)
    assert list(Cell.objects.filter(kpi=KPI, state="shown").values_list("period", "generation")) == [("month", None)]
    assert weeks_of(MONTH)[-1] in WEEKS


def test_few_who_entered_it_are_hidden_and_who_does_not_agree_is_not_counted(calm: Any) -> None:
    users = crowd(calm, 12)
    for user in users[:8]:
        enter(calm, user, 40)
    jobs.publish(calm.program, TODAY)
    assert getattr(found(calm), "value", None) is None
    make.agree(calm.program, users[8], Action.WITHDRAWN)
    enter(calm, users[8], 100)
    jobs.publish(calm.program, TODAY)
    assert getattr(found(calm), "value", None) is None, "the ninth did not agree"
    for user in users[9:]:
        enter(calm, user, 40)
    jobs.publish(calm.program, TODAY)
    cell = found(calm)
    assert cell is not None
    assert cell.value == 40, "nor is it in the mean"


def test_who_leaves_takes_it_along(world: Any) -> None:
    enter(world, world.influencer, 40)
    services.forget_person(world.influencer, world.program)
    assert not SocialScore.objects.exists()


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_page_of_figures_warns_in_words(world: Any, sign_in: Any, language: str) -> None:
    Cell.objects.filter(program=world.program).delete()
    make.make_cell(world.program, KPI, date(2026, 9, 1), Decimal(44))
    make.make_cell(world.program, KPI, MONTH, Decimal(46))
    type(world.manager).objects.filter(pk=world.manager.pk).update(language=language)
    text = sign_in(world.manager).get(reverse("analytics:dashboard", args=[world.program.slug])).text
    for words in {
        "en": ("<em>46</em> of 100 on average, +2", "A number to be vain about"),
        "de": ("<em>46</em> von 100, +2", "Eine eitle Zahl"),
    }[language]:
        assert words in text
