"""Followers, people reached, and the company's own accounts."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from analytics.channels.models import Account, Network
from analytics.dashboards.company import charts_of as company_charts
from analytics.kpis.weeks import monday_of
from analytics.metrics.hooks import figures_changed
from analytics.metrics.models import Grain, Metric, Reading, Segment
from tests.factories import kpis as make


def url(name: str, world: Any, **query: str) -> str:
    return reverse(f"analytics:{name}", args=[world.program.slug], query=query)


@pytest.fixture
def calm(world: Any) -> Any:
    """Only the accounts a test makes are counted."""
    world.program.accounts.all().delete()
    return world


def _days(account: Any, metric: int, values: list[int], first: date, *, length: int = 1, **more: Any) -> None:
    Reading.objects.bulk_create(
        Reading(
            program_id=account.program_id,
            account=account,
            metric=metric,
            period_start=first + timedelta(days=place),
            period_end=first + timedelta(days=place + length),
            value=value,
            as_of=timezone.now(),
            run_id=0,
            **({"grain": Grain.DAY} | more),
        )
        for place, value in enumerate(values)
    )


def test_mine_tells_followers_people_reached_and_what_a_post_drew(calm: Any, sign_in: Any) -> None:
    other, own_account = (make.make_account(calm.program, each) for each in (calm.influencer2, calm.influencer))
    monday = monday_of(timezone.localdate()) - timedelta(weeks=2)
    _days(own_account, Metric.FOLLOWERS_TOTAL, [1201, 1234], monday)
    _days(other, Metric.FOLLOWERS_TOTAL, [987_654], monday)
    _days(own_account, Metric.MEMBERS_REACHED, [5_678], monday, grain=Grain.WINDOW, length=90)
    post = make.make_post(own_account, monday, impressions=4000, dice=make.random.Random(1))
    _days(own_account, Metric.MEMBERS_REACHED, [3_210], monday, grain=Grain.LIFETIME, post=post)
    page = sign_in(calm.influencer).get(url("mine", calm))
    assert [each.value for each in page.context["own"].standing] == [1234, 5678]
    text = page.content.decode()
    assert "987,654" not in text
    assert "1,201" not in text
    for figure in ("1,234", "5,678", "3,210", ">3.4%<", "People reached"):  # 100 + 25 + 10 answers of 4,000
        assert figure in text


def test_the_companys_own_accounts_are_told_in_whole_weeks(calm: Any, sign_in: Any) -> None:
    account = make.make_account(calm.program, None)
    person = make.make_account(calm.program, calm.influencer)
    monday = monday_of(timezone.localdate()) - timedelta(weeks=2)
    _days(account, Metric.PAGE_VIEWS, [10, 20, 30, 40, 50, 60, 70, 5, 5], monday)
    _days(account, Metric.UNIQUE_VISITORS, [7, 7, 7, 7, 7, 7, 14], monday)
    _days(account, Metric.FOLLOWERS_NEW, [1] * 7, monday)
    _days(person, Metric.FOLLOWERS_NEW, [777] * 7, monday)
    client = sign_in(calm.manager)
    page = client.get(url("dashboard", calm))
    cells = {chart.id: chart.series[0].cells for chart in page.context["company"]}
    drawn = {name.removeprefix("company-"): [cell.value for cell in row] for name, row in cells.items()}
    pk = account.pk
    assert drawn == {f"views-{pk}": [280], f"visitors-{pk}": [8], f"new-followers-{pk}": [7]}
    assert "viewed <em>280 times</em>" in page.content.decode()
    assert client.get(url("dashboard_export", calm, figure=f"company-visitors-{pk}")).status_code == 200
    assert client.get(url("dashboard_export", calm, figure=f"company-views-{person.pk}")).status_code == 404
    with translation.override("de"):
        charts_in_german = company_charts(calm.program, 6)
    assert "280 Mal" in charts_in_german[0].sentence
    assert charts_in_german[0].what == "Seitenaufrufe je Woche"


def test_the_companys_channels_stand_beside_each_other_and_peoples_do_not(
    calm: Any, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    monday = monday_of(timezone.localdate()) - timedelta(weeks=2)
    page, other = (
        Account.objects.create(program=calm.program, kind=Account.Kind.COMPANY, network=network)
        for network in (Network.LINKEDIN, Network.MASTODON)
    )
    for account in (
        make.make_account(calm.program, calm.influencer),
        make.make_account(calm.program, calm.influencer2),
    ):
        _days(account, Metric.IMPRESSIONS, [977] * 7, monday)
    client = sign_in(calm.manager)
    _days(page, Metric.IMPRESSIONS, [30] * 7 + [9], monday)
    assert "company-channels" not in [chart.id for chart in client.get(url("dashboard", calm)).context["company"]]
    _days(other, Metric.IMPRESSIONS, [10] * 7, monday)
    _days(page, Metric.IMPRESSIONS, [20] * 7, monday, segment=Segment.ORGANIC)
    with django_capture_on_commit_callbacks(execute=True):
        figures_changed(calm.program.pk)  # as every import, look and undoing tells
    shown = client.get(url("dashboard", calm))
    chart = next(each for each in shown.context["company"] if each.id == "company-channels")
    assert [(each.name, [cell.value for cell in each.cells]) for each in chart.series] == [
        ("LinkedIn", [210]),
        ("Mastodon", [70]),
    ]
    assert "<em>75%</em> of the company accounts’ impressions came from LinkedIn." in shown.content.decode()
    file = client.get(url("dashboard_export", calm, figure="company-channels"))
    assert "210" in file.content.decode("utf-8-sig")
    assert "977" not in file.content.decode("utf-8-sig")


def test_a_page_of_which_only_unpaid_posts_are_told_is_among_the_channels(calm: Any) -> None:
    monday = monday_of(timezone.localdate()) - timedelta(weeks=2)
    for network, segment in ((Network.LINKEDIN, Segment.ORGANIC), (Network.X, Segment.ALL)):
        account = Account.objects.create(program=calm.program, kind=Account.Kind.COMPANY, network=network)
        _days(account, Metric.IMPRESSIONS, [10] * 7, monday, segment=segment)
    chart = company_charts(calm.program, 6)[0]
    assert [each.cells[0].value for each in chart.series] == [70, 70]
