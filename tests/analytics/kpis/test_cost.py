"""What a thousand impressions cost: people's by the charter, the company account's by what a manager entered."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from analytics.kpis.models import Cell
from analytics.kpis.models_cost import CompanySpend
from analytics.reports.reading import ShownReport
from analytics.reports.services import make_report
from core.journal.models import Entry
from programs.charter.models import BudgetLine
from tests.factories.kpis import make_cell
from tests.factories.reports import MONTHS, board_of_six_months, point, scene_of

AMOUNT = "12,000.50"


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture(autouse=True)
def november() -> Any:
    with time_machine.travel("2026-11-20 09:00Z", tick=True):
        yield


@pytest.fixture
def manager(world: Any, sign_in: Any) -> Any:
    return sign_in(world.manager)


def costs(world: Any) -> str:
    return reverse("analytics:costs", args=[world.program.slug])


def enter(client: Any, world: Any, month: date, amount: str = AMOUNT) -> Any:
    return client.post(costs(world), {"month": month.isoformat(), "amount": amount})


def publish(world: Any) -> None:
    """Two months of both."""
    Cell.objects.filter(program=world.program).delete()
    BudgetLine.objects.create(program=world.program, title="Studio", kind="money", planned=60_000, actual=38_400)
    for month, people, company in ((MONTHS[-2], 100_000, 200_000), (MONTHS[-1], 170_000, 280_000)):
        make_cell(world.program, "impressions", month, Decimal(people))
        make_cell(world.program, "impressions", month, Decimal(company), series="company")


def test_both_stand_beside_each_other_with_their_formulas(world: Any, manager: Any) -> None:
    publish(world)
    assert "Enter what it took in a month" in manager.get(costs(world)).text
    assert enter(manager, world, MONTHS[-2]).status_code == 302
    assert enter(manager, world, MONTHS[-1], "7 999.50").status_code == 302
    page = plain(manager.get(costs(world)).text)
    assert "38,400 EUR ÷ 270,000 × 1,000" in page
    assert "142.22 EUR" in page
    assert "20,000 EUR ÷ 480,000 × 1,000" in page
    assert "41.67 EUR" in page
    assert "September 2026 to October 2026" in page
    assert "Read both with care" in page


def test_only_months_of_which_both_is_known_count(world: Any, manager: Any) -> None:
    publish(world)
    enter(manager, world, MONTHS[0], "99999")  # no impressions known
    enter(manager, world, MONTHS[-1], "2800")
    CompanySpend.objects.create(program=world.program, month=MONTHS[-2], amount=5000, currency="CHF")
    assert "2,800 EUR ÷ 280,000 × 1,000" in plain(manager.get(costs(world)).text)


def test_a_report_holds_both_in_page_and_files_as_they_were_frozen(world: Any, manager: Any) -> None:
    BudgetLine.objects.create(program=world.program, title="Studio", kind="money", planned=60_000, actual=38_400)
    board = board_of_six_months()
    for month in MONTHS:
        board.lines["impressions", "company", None, "month"].append(point(month, 80_000))
    enter(manager, world, MONTHS[-1], "4000")
    report = make_report(scene_of(world.program, board), MONTHS[-1], {}, by=world.manager, with_cost=True)
    shown = {each.label: each for each in ShownReport(report).inputs}
    label = "Company account: cost per 1,000 impressions"
    assert plain(shown["Cost per 1,000 impressions"].value) == "142.22 EUR"
    assert plain(shown[label].value) == "50.00 EUR"
    assert "4,000 EUR ÷ 80,000 × 1,000, October 2026, paid ones included" in plain(shown[label].note)
    enter(manager, world, MONTHS[-1], "8000")
    assert plain({each.label: each.value for each in ShownReport(report).inputs}[label]) == "50.00 EUR"
    for kind in ("csv", "json"):
        address = reverse("analytics:report_data", args=[world.program.slug, report.pk, kind])
        assert "4,000 EUR" in plain(manager.get(address).text) or '"amount": "4000.00"' in manager.get(address).text
    page = manager.get(reverse("analytics:report_detail", args=[world.program.slug, report.pk]))
    assert "50.00 EUR" in plain(page.text)


def test_what_stood_before_is_said_and_a_first_amount_can_be_undone(world: Any, manager: Any) -> None:
    first = manager.post(costs(world), {"month": MONTHS[-1].isoformat(), "amount": "12.5"}, follow=True).text
    row = CompanySpend.objects.present().get(program=world.program, month=MONTHS[-1])
    assert reverse("analytics:spend_remove", args=[world.program.slug, row.pk]) in first.partition("is saved")[2]
    again = manager.post(costs(world), {"month": MONTHS[-1].isoformat(), "amount": "13"}, follow=True).text
    assert "Before, it was 12.50" in plain(again)


def test_a_month_said_again_replaces_and_the_log_says_both(world: Any, manager: Any) -> None:
    enter(manager, world, MONTHS[-1], "4000")
    enter(manager, world, MONTHS[-1], "4500")
    assert [str(row.amount) for row in CompanySpend.objects.present()] == ["4500.00"]
    entry = Entry.objects.filter(verb="kpis.spend_set").order_by("-pk").first()
    assert entry is not None
    assert list(entry.data["changes"].values()) == [["4000.00", "4500"]]


def test_removed_and_restored_unless_there_is_another_by_now(world: Any, manager: Any) -> None:
    enter(manager, world, MONTHS[-1], "4000")
    row = CompanySpend.objects.present().get()
    remove, restore = (
        reverse(f"analytics:spend_{way}", args=[world.program.slug, row.pk]) for way in ("remove", "restore")
    )
    manager.post(remove)
    assert not CompanySpend.objects.present().exists()
    manager.post(restore)
    assert CompanySpend.objects.present().get() == row
    manager.post(remove)
    enter(manager, world, MONTHS[-1], "1")
    manager.post(restore)
    assert CompanySpend.objects.present().get().amount == 1


@pytest.mark.parametrize("amount", ["-1", "many", "", "99999999999"])
def test_what_is_no_amount_is_said_beside_the_field(amount: str, world: Any, manager: Any) -> None:
    assert enter(manager, world, MONTHS[-1], amount).status_code == 422
    assert not CompanySpend.objects.present().exists()


def test_a_month_that_is_not_over_cannot_be_chosen(world: Any, manager: Any) -> None:
    assert enter(manager, world, date(2026, 12, 1)).status_code == 422
    assert enter(manager, world, date(1999, 1, 1)).status_code == 422


def test_others_neither_see_nor_change_it(world: Any, sign_in: Any, manager: Any) -> None:
    enter(manager, world, MONTHS[-1])
    row = CompanySpend.objects.present().get()
    for person in (world.influencer, world.coach, world.executive, world.council, world.stranger):
        client = sign_in(person)
        assert client.get(costs(world)).status_code in (403, 404)
        assert enter(client, world, MONTHS[0]).status_code in (403, 404)
        address = reverse("analytics:spend_remove", args=[world.program.slug, row.pk])
        assert client.post(address).status_code in (403, 404)
    assert CompanySpend.objects.present().get() == row
