"""Whose figures, of which account and which day: nothing that differs ever shares a place."""

from pathlib import Path
from typing import Any

import pytest

from analytics.channels import services as accounts
from analytics.channels.models import Account
from analytics.imports import jobs
from analytics.imports.models import ImportRun, RunState
from analytics.metrics.models import Grain, Metric, Post, Reading
from tests.analytics.imports.cases import CASES
from tests.analytics.imports.flow import applied, page, read, undone, upload, url

OWN = b"date,metric,value\n2026-09-07,impressions,1234\n"


@pytest.fixture(autouse=True)
def empty(world: Any, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    ImportRun.objects.all().delete()


def figures(account: Account) -> list[int]:
    return sorted(Reading.objects.filter(account=account).values_list("value", flat=True))


def test_figures_of_another_network_go_to_another_account(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    applied(client, world, read(upload(client, world, OWN)))
    run = read(upload(client, world, CASES / "V25_x_account_column.csv"))
    assert (run.rows_new, run.rows_changed) == (1, 0)
    assert "@nordwerk on X, company account" in page(client, world, run)
    applied(client, world, run)
    assert figures(world.company_account) == [1234]
    other = Account.objects.get(program=world.program, kind=Account.Kind.COMPANY, network="x")
    assert (figures(other), other.handle, other.owner_name) == ([99999], "@nordwerk", "@nordwerk")
    again = read(upload(client, world, CASES / "V25_x_account_column.csv"))
    assert (again.state, again.same_as) == (RunState.DISCARDED, run)
    undone(client, world, run)
    other.refresh_from_db()
    assert (figures(other), other.owner_name, figures(world.company_account)) == ([], "", [1234])


def test_another_account_of_the_same_network_is_asked_about(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    table = b"date,account,metric,value\n2026-09-07,%b,impressions,5\n"
    run = read(upload(client, world, table % world.program.company_name.encode()))
    assert run.state == RunState.PREVIEW, "spelled as the company is called"
    applied(client, world, run)
    other = read(upload(client, world, table % b"Someone Else GmbH"))
    assert other.state == RunState.QUESTION
    shown = page(client, world, other)
    assert "The file is for the account “Someone Else GmbH”" in shown
    assert "Yes, the same account" in shown
    client.post(url(world, "import_answer", other.pk), {"answer": "no"})
    other.refresh_from_db()
    assert other.state == RunState.DISCARDED
    assert figures(world.company_account) == [5]


def test_the_page_in_the_name_of_a_download_is_remembered(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    source = (CASES / "C05_followers_4_columns.xls").read_bytes()
    first = read(upload(client, world, source, "nordwerk-ag_followers_1789344000000.xls"))
    applied(client, world, first)
    other = read(
        upload(client, world, CASES / "C06_followers_other_order.xls", "nordwerk-jobs_followers_1789344000000.xls")
    )
    assert (other.state, other.message["code"]) == (RunState.QUESTION, "other_account")
    client.post(url(world, "import_answer", other.pk), {"answer": "yes"})
    assert read(other).state == RunState.PREVIEW


def test_a_page_that_was_never_connected_is_kept_apart(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    main = (CASES / "C05_followers_4_columns.xls").read_bytes()
    other = (CASES / "C06_followers_other_order.xls").read_bytes()
    applied(client, world, read(upload(client, world, main, "nordwerk-ag_followers_1789344000000.xls")))
    run = read(upload(client, world, other, "nordwerk-jobs_followers_1789344000000.xls"))
    assert "Another page of ours: nordwerk-jobs" in page(client, world, run)
    client.post(url(world, "import_answer", run.pk), {"answer": "page"})
    run = applied(client, world, read(run))
    apart = Account.objects.get(program=world.program, handle="nordwerk-jobs")
    assert (run.account, run.account.kind) == (apart, Account.Kind.COMPANY)
    assert figures(world.company_account), "untouched"
    later = read(upload(client, world, main, "nordwerk-jobs_followers_1789430400000.xls"))
    assert (later.state, later.account) == (RunState.PREVIEW, apart), "the next one finds it"
    undone(client, world, run)
    assert not figures(apart)
    assert figures(world.company_account)


def test_nobodys_own_file_becomes_a_page_of_the_company(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    accounts.learn_owner(world.account, "Somebody Known")
    run = read(upload(client, world, CASES / "AggregateAnalytics_Ines Kowalczyk_2026-09-08_2026-09-08.xlsx"))
    assert "Another page of ours" not in page(client, world, run)
    client.post(url(world, "import_answer", run.pk), {"answer": "page"})
    run.refresh_from_db()
    assert (run.state, run.account) == (RunState.DISCARDED, world.account)


def test_files_of_two_pages_read_side_by_side_are_not_mixed(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    content = {
        name: (CASES / name).read_bytes() for name in ("C05_followers_4_columns.xls", "C06_followers_other_order.xls")
    }
    names = ("nordwerk-ag", "nordwerk-jobs")
    first, second = (
        read(upload(client, world, bytes_, f"{name}_followers_1789344000000.xls"))
        for name, bytes_ in zip(names, content.values(), strict=True)
    )
    assert (first.state, second.state) == (RunState.PREVIEW, RunState.PREVIEW), "no name is known yet"
    applied(client, world, first)
    before = figures(world.company_account)
    client.post(url(world, "import_apply", second.pk))
    jobs.apply(second.pk)
    second.refresh_from_db()
    assert (second.state, second.message["code"]) == (RunState.QUESTION, "other_account")
    assert figures(world.company_account) == before
    client.post(url(world, "import_answer", second.pk), {"answer": "yes"})
    applied(client, world, read(second))


def test_a_table_of_assigned_columns_is_asked_whose_it_is(world: Any, sign_in: Any) -> None:
    """The question about its name is answered, not the one about its columns once more."""
    run = ImportRun(
        program=world.program, account=world.company_account, state=RunState.QUESTION,
        preview={"outline": {"texts": {}}},
        message={"code": "other_account", "params": {"name": "jobs", "known": "Nordwerk AG"}},
        uploaded_by=world.manager, size=1,
    )  # fmt: skip
    run.save()
    shown = page(sign_in(world.manager), world, run)
    assert "Yes, the same account" in shown
    assert "Assign the columns" not in shown


def test_a_period_of_one_day_is_applied(world: Any, sign_in: Any) -> None:
    """The day's impressions and those of the whole period are two figures, although the period is that day."""
    world.influencer.name = "Ines Kowalczyk"
    world.influencer.save()
    client = sign_in(world.influencer)
    [path] = CASES.glob("AggregateAnalytics_Ines*")
    run = applied(client, world, read(upload(client, world, path)))
    assert (run.rows_new, run.rows_refused) == (6, 0)
    said = Reading.objects.filter(account=world.account, metric=Metric.IMPRESSIONS).values_list("grain", "value")
    assert sorted(said) == [(Grain.DAY, 120), (Grain.WINDOW, 120)]


def test_a_later_export_of_an_older_period_says_which_values_stay(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    applied(client, world, read(upload(client, world, CASES / "L40a_exported_12_Sep.xlsx")))
    run = read(upload(client, world, CASES / "L40b_exported_later_window_1_to_9_Sep.xlsx"))
    assert run.rows_older == 6
    shown = page(client, world, run)
    assert "is-old" in shown
    for stays, comes in (("120", "125"), ("1,340", "1,401"), ("87", "92")):
        assert f"<b>{stays}</b>" in shown
        assert comes in shown
    applied(client, world, run)
    days = Reading.objects.filter(account=world.account, metric=Metric.IMPRESSIONS, grain=Grain.DAY)
    assert days.get(period_start="2026-09-08").value == 1340
    assert days.count() == 11


def test_two_posts_of_one_second_stay_two_in_the_store(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    run = applied(client, world, read(upload(client, world, CASES / "C19_two_posts_same_second.xls")))
    assert (run.rows_new, run.posts_new) == (90, 2)
    assert Post.objects.filter(account=world.company_account).count() == 2
