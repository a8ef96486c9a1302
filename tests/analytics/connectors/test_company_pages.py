"""A company with a main page and others on one network: each is connected, each is seen, and they are added up."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from analytics.channels import services as accounts
from analytics.channels.models import Account, Network
from analytics.connectors import permits, services
from analytics.connectors.models import Connection, EndingPermit
from analytics.connectors.networks.base import Handle, Profile
from analytics.dashboards import beside_company, company
from analytics.dashboards.company_sum import summed_accounts
from analytics.dashboards.last_week import last_week
from analytics.dashboards.queries import scene_of
from analytics.imports.owner import page_called
from analytics.kpis.contributions import company_figures, company_rows
from analytics.kpis.models import Cell
from analytics.metrics.models import Metric, Reading, Segment, WeekTotal
from analytics.reports.reading import ShownReport
from analytics.reports.services import make_report
from core.kit import page_cache
from tests.analytics.connectors.linkedin import PAGE, LinkedIn, address, look, signed_in
from tests.factories import kpis as make
from tests.factories.reports import MONTHS
from tests.factories.reports import scene_of as report_scene

pytestmark = pytest.mark.django_db
CAREERS = "urn:li:organization:88"


@pytest.fixture
def two_pages(on_linkedin: LinkedIn, world: Any, sign_in: Any, monkeypatch: Any) -> tuple[Connection, Connection]:
    """Both may be administered by who signs in, and each is said yes to by itself."""
    rows = [{"organization": number, "role": "ADMINISTRATOR"} for number in (PAGE, CAREERS)]
    monkeypatch.setattr(on_linkedin, "of_organizationAcls", lambda _asked: {"elements": rows}, raising=False)
    get = on_linkedin.get

    def by_page(path: str, default: Any) -> Any:
        name = "Nordwerk Careers" if "organizations/88" in path else "Nordwerk"
        on_linkedin.of_organizations = lambda _asked: {"id": 1, "localizedName": name, "vanityName": ""}  # type: ignore[method-assign]
        return get(path, default)

    monkeypatch.setattr(on_linkedin, "get", by_page)
    Account.objects.filter(program=world.program, kind=Account.Kind.COMPANY).delete()
    client, made = sign_in(world.manager), []
    for place, number in enumerate((PAGE, CAREERS)):
        on_linkedin.tokens["access_token"] = f"access-{number}"
        page = signed_in(client, "company")
        assert "Each page is connected by itself" in page.text
        client.post(address("begin/"), {"found": page.context["offers"][place]["token"]})
        made.append(Connection.objects.get(account__network=Network.LINKEDIN, number=number))
    return made[0], made[1]


def page_of(world: Any, number: str, name: str) -> Connection:
    place = Handle(Network.LINKEDIN, "api.linkedin.com", number)
    profile = Profile(number, name, name, f"https://www.linkedin.com/company/{number}", 80)
    return services.connect(world.program, place, profile, by=world.manager, whose="company")


def test_each_page_is_an_account_with_its_own_figures(two_pages: tuple[Connection, Connection]) -> None:
    main, careers = map(look, two_pages)
    assert main.account_id != careers.account_id
    assert [each.account.handle for each in (main, careers)] == ["Nordwerk", "Nordwerk Careers"]
    assert [each.looks.get().code for each in (main, careers)] == ["", ""]
    assert [each.permit_sealed != "" for each in (main, careers)] == [True, True]


def test_the_end_of_one_leaves_the_other_open_at_the_network(
    two_pages: tuple[Connection, Connection], world: Any, sign_in: Any
) -> None:
    main, careers = two_pages
    answer = sign_in(world.manager).post(address(f"{main.pk}/revoke/"), follow=True)
    assert "the other pages that are read with the same sign-in keep working" in answer.text
    assert (Connection.objects.get(pk=main.pk).permit_sealed, EndingPermit.objects.count()) == ("", 0)
    assert look(careers).looks.get().code == ""
    assert not permits.is_held_by_others(Connection.objects.get(pk=careers.pk))
    services.disconnect(careers, by=world.manager, with_figures=False)
    assert EndingPermit.objects.count() == 1, "the last one is ended there as well"


def test_another_page_never_gets_the_account_of_one_that_was_ended(world: Any) -> None:
    Account.objects.filter(program=world.program, kind=Account.Kind.COMPANY).delete()
    main = page_of(world, "urn:li:organization:1", "Nordwerk")
    make.make_figures(main.account, {date(2026, 10, 5): {Metric.IMPRESSIONS: 10}})
    Reading.objects.filter(program=world.program, account=main.account).update(run_id=-1)
    services.disconnect(main, by=world.manager, with_figures=False)
    careers = page_of(world, "urn:li:organization:2", "Nordwerk Careers")
    assert careers.account_id != main.account_id
    assert page_of(world, "urn:li:organization:1", "Nordwerk").account_id == main.account_id
    services.disconnect(careers, by=world.manager, with_figures=False)
    assert page_of(world, "urn:li:organization:2", "Nordwerk Careers").account_id == careers.account_id


def test_a_page_that_was_renamed_while_it_was_ended_goes_on_with_its_figures(world: Any) -> None:
    Account.objects.filter(program=world.program, kind=Account.Kind.COMPANY).delete()
    main = page_of(world, "urn:li:organization:1", "Nordwerk")
    make.make_figures(main.account, {date(2026, 10, 5): {Metric.IMPRESSIONS: 10}})
    Reading.objects.filter(program=world.program, account=main.account).update(run_id=-1)
    services.disconnect(main, by=world.manager, with_figures=False)
    again = page_of(world, "urn:li:organization:1", "Nordwerk Group")
    assert (again.account_id, again.account.handle) == (main.account_id, "Nordwerk Group")
    services.disconnect(again, by=world.manager, with_figures=False)
    assert page_of(world, "urn:li:organization:2", "Nordwerk").account_id != main.account_id, "the name of another page"


def test_a_page_known_from_its_files_is_the_one_that_is_connected(world: Any) -> None:
    """The names in files are those of addresses."""
    Account.objects.filter(program=world.program, kind=Account.Kind.COMPANY).delete()
    place = Handle(Network.LINKEDIN, "api.linkedin.com", "urn:li:organization:7")
    profile = Profile(place.handle, "Karriere", "Karriere", "https://www.linkedin.com/company/nordwerk-jobs", 80)
    main, jobs = accounts.ensure_company_account(world.program), "nordwerk-jobs"
    accounts.learn_owner(main, "nordwerk-ag")
    known = accounts.page_of_files(world.program, Network.LINKEDIN, jobs)
    assert page_called(main, jobs) == known
    made = services.connect(world.program, place, profile, by=world.manager, whose="company")
    assert (made.account, made.account.handle) == (known, "Karriere")
    assert page_called(main, jobs) == known, "its files still find it"
    other = replace(profile, number="urn:li:organization:8", url="https://www.linkedin.com/company/nordwerk-events")
    place = replace(place, handle=other.number)
    further = services.connect(world.program, place, other, by=world.manager, whose="company")
    assert further.account not in (known, main), "files say that the first account is another page"
    own = replace(profile, number="urn:li:organization:9", url="https://www.linkedin.com/company/nordwerk-ag")
    place = replace(place, handle=own.number)
    assert services.connect(world.program, place, own, by=world.manager, whose="company").account == main


def test_a_file_goes_to_the_page_that_it_names(world: Any) -> None:
    Account.objects.filter(program=world.program, kind=Account.Kind.COMPANY).delete()
    main, careers = (page_of(world, f"urn:li:organization:{n}", name).account
                     for n, name in ((1, "Nordwerk AG"), (2, "Nordwerk AG Careers")))  # fmt: skip
    assert page_called(main, "nordwerk-ag-careers") == careers
    assert [page_called(main, name) for name in ("nordwerk-ag", "", "somebody else")] == [main] * 3
    person, other = (make.make_account(world.program, user) for user in (world.coach, world.council))
    other.handle = "Erika Beispiel"
    other.save()
    assert page_called(person, "Erika Beispiel") == person, "a person's file goes to no account of another"


def test_people_stand_beside_their_sum_and_the_chart_says_so(world: Any) -> None:
    Account.objects.filter(program=world.program, kind=Account.Kind.COMPANY).delete()
    week = make.monday_of(timezone.localdate()) - timedelta(weeks=2)
    figures = {Metric.IMPRESSIONS: 100, Metric.REACTIONS: 4}
    main = page_of(world, "urn:li:organization:1", "Nordwerk").account
    make.make_figures(main, {week: figures})
    assert scene_of(world.program).summed == ["LinkedIn"]
    careers = page_of(world, "urn:li:organization:2", "Nordwerk Careers").account
    WeekTotal.objects.bulk_create(
        WeekTotal(program=world.program, account=careers, metric=metric, week=week, value=value,
                  segment=Segment.ORGANIC)
        for metric, value in figures.items()
    )  # fmt: skip
    page_cache.clear(f"cells:{world.program.pk}")
    assert company_figures(company_rows(world.program, [week]))[week] == {each: 2 * figures[each] for each in figures}
    names = ["Nordwerk (LinkedIn)", "Nordwerk Careers (LinkedIn)"]
    assert summed_accounts(world.program) == names
    scene = replace(report_scene(world.program), summed=scene_of(world.program).summed)
    said = f"the sum of 2 accounts, each with the whole weeks known of it: {', '.join(names)}."
    assert said in beside_company.caveat(scene, MONTHS[-1])
    shown = ShownReport(make_report(scene, MONTHS[-1], {}, by=world.manager))
    assert said in shown.caveat
    assert said in next(chart.caveat for chart in shown.charts if chart.id == "report-duel")
    assert "the sum of" not in beside_company.caveat(replace(scene, summed=["LinkedIn"]), MONTHS[-1])


def test_each_page_has_charts_with_its_name(world: Any) -> None:
    Account.objects.filter(program=world.program, kind=Account.Kind.COMPANY).delete()
    week = make.monday_of(timezone.localdate()) - timedelta(weeks=2)
    for number, name in enumerate(("Nordwerk", "Nordwerk Careers")):
        account = page_of(world, f"urn:li:organization:{number}", name).account
        make.make_figures(account, {week: {Metric.FOLLOWERS_TOTAL: 100}})
    sources = " ".join(chart.source for chart in company.charts_of(world.program, 6))
    assert "Nordwerk (LinkedIn)" in sources
    assert "Nordwerk Careers (LinkedIn)" in sources


def test_beside_the_weekly_meeting_the_sum_says_whose_it_is(world: Any) -> None:
    Account.objects.filter(program=world.program, kind=Account.Kind.COMPANY).delete()
    week = make.monday_of(timezone.localdate()) - timedelta(weeks=1)
    main, careers = (page_of(world, f"urn:li:organization:{n}", name).account for n, name in ((1, "A"), (2, "B")))
    make.make_figures(main, {week: {Metric.FOLLOWERS_NEW: 4}})
    cell: dict[str, Any] = {
        "published_at": timezone.now(),
        "program": world.program,
        "period": "week",
        "start_on": week,
        "value": Decimal("0.02"),
    }
    Cell.objects.filter(program=world.program).delete()
    Cell.objects.create(kpi="engagement_rate", series="company", **cell)
    assert "the sum of" not in last_week(world.program).note
    make.make_figures(careers, {week: {Metric.FOLLOWERS_NEW: 3}})
    told = last_week(world.program)
    assert "company account 7" in str(told.rows[0])
    assert (
        "The company account is the sum of 2 accounts, each with the whole weeks known of it: A (LinkedIn), B"
        in told.note
    )
