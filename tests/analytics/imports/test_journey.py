"""A file from the upload to the figures and back, with the real reader in its own process."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from analytics.imports import jobs, services
from analytics.imports.models import ImportRun, RunState
from analytics.metrics.models import Metric, Post, Reading, WeekTotal
from programs.consents import services as consents
from tests.analytics.imports.flow import applied, page, read, upload, url
from tests.factories.imports import GHE, PROFILE, SYNTHETIC, TABLE

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def empty(world: Any, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    ImportRun.objects.all().delete()
    world.influencer.name = "Erika Beispiel"
    world.influencer.save()


def test_own_export_is_previewed_applied_and_taken_back(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    run = upload(client, world, PROFILE)
    assert "Waiting for its turn" in page(client, world, run)
    read(run)
    assert (run.kind, run.state, run.rows_changed) == ("linkedin_profile", "preview", 0)
    assert run.rows_new > 30
    assert not Reading.objects.exists()
    assert "Nothing is stored yet" in page(client, world, run)
    applied(client, world, run)
    assert Reading.objects.count() == run.rows_new
    assert Reading.objects.exclude(account=world.account).count() == 0
    assert Post.objects.filter(account=world.account).count() == run.posts_new > 0
    assert WeekTotal.objects.filter(account=world.account, metric=Metric.IMPRESSIONS).exists()
    assert "Undo this import" in page(client, world, run)

    again = read(upload(client, world, PROFILE))
    assert (again.state, again.same_as, again.rows_new) == ("discarded", run, 0)
    assert "This file was already imported on" in page(client, world, again)

    client.post(url(world, "import_undo", run.pk))
    jobs.undo(run.pk)
    run.refresh_from_db()
    assert run.state == RunState.UNDONE
    assert not any(model.objects.exists() for model in (Reading, Post, WeekTotal))
    assert (run.file.name, run.file_name, run.preview) == ("", "", {})
    assert "as if this file had never been imported" in page(client, world, run)


def test_undoing_takes_back_the_owner_that_was_learned(world: Any, sign_in: Any) -> None:
    """Somebody else's file was confirmed by mistake: after undoing it, one's own file raises no question."""
    client = sign_in(world.influencer)
    other = SYNTHETIC / "SinglePostAnalytics_Erika Beispiel_7513855734526870202.xlsx"
    own = applied(client, world, read(upload(client, world, PROFILE)))
    named = other.read_bytes(), "SinglePostAnalytics_Otto Anders_7513855734526870202.xlsx"
    run = read(upload(client, world, *named))
    assert run.state == RunState.QUESTION
    client.post(url(world, "import_answer", run.pk), {"answer": "yes"})
    applied(client, world, read(run))
    world.account.refresh_from_db()
    assert world.account.owner_name == "Otto Anders"
    client.post(url(world, "import_undo", run.pk))
    jobs.undo(run.pk)
    world.account.refresh_from_db()
    assert world.account.owner_name == "Erika Beispiel"
    client.post(url(world, "import_undo", own.pk))
    jobs.undo(own.pk)
    world.account.refresh_from_db()
    assert world.account.owner_name == ""


def test_both_generations_of_the_own_export_say_the_same(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    applied(client, world, read(upload(client, world, PROFILE)))
    before = set(Reading.objects.filter(grain=1).values_list("metric", "period_start", "value"))
    old = read(upload(client, world, SYNTHETIC / "Content_2026-10-03_2026-11-01_ErikaBeispiel.xlsx"))
    assert old.state == RunState.PREVIEW
    applied(client, world, old)
    assert set(Reading.objects.filter(grain=1).values_list("metric", "period_start", "value")) == before


def test_company_export_numbers(world: Any, sign_in: Any) -> None:
    """The real export: negative days are legal, "Total followers" is the day's new, posts know their time."""
    client = sign_in(world.manager)
    for name in ("content.anonymised", "followers", "visitors"):
        run = read(upload(client, world, GHE / f"linkedin-{name}.xls"))
        assert run.rows_refused == 0
        applied(client, world, run)
    own = Reading.objects.filter(account=world.company_account)
    days = own.filter(grain=1, post=None, segment=0)
    assert days.filter(metric=Metric.IMPRESSIONS).count() == 365
    assert days.filter(metric=Metric.REACTIONS, value__lt=0).exists()
    new = sum(days.filter(metric=Metric.FOLLOWERS_NEW).values_list("value", flat=True))
    assert new == 736
    assert not own.filter(metric=Metric.FOLLOWERS_TOTAL).exists()
    assert Post.objects.filter(account=world.company_account).count() == 78
    moved = [p for p in Post.objects.all() if p.published_at and p.created_on and p.published_at.date() != p.created_on]
    assert len(moved) == 35
    weeks = WeekTotal.objects.filter(account=world.company_account, metric=Metric.FOLLOWERS_NEW, segment=0)
    assert sum(weeks.values_list("value", flat=True)) == 736


def test_an_older_file_that_comes_late_changes_nothing(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    applied(client, world, read(upload(client, world, TABLE + b"2026-10-30,impressions,5\n")))
    late = read(upload(client, world, b"date,metric,value\n2026-10-05,impressions,7\n"))
    assert (late.rows_new, late.rows_changed, late.rows_unchanged, late.rows_older) == (0, 0, 0, 1)
    said = page(client, world, late)
    assert "is-old" in said
    assert "100 is kept: the value of 31 Oct 2026 is newer than this file." in said
    assert "The older one is left out." in said
    newer = read(upload(client, world, b"date,metric,value\n2026-10-05,impressions,9\n2026-11-02,impressions,1\n"))
    assert (newer.rows_new, newer.rows_changed) == (1, 1)
    assert "<s>" in page(client, world, newer)


def test_another_persons_file_is_asked_about(world: Any, sign_in: Any) -> None:
    world.influencer.name = "Mara Behrens"
    world.influencer.save()
    client = sign_in(world.influencer)
    run = read(upload(client, world, PROFILE))
    assert run.state == RunState.QUESTION
    assert "The name in the file is “Erika Beispiel”. Is this your file?" in page(client, world, run)
    client.post(url(world, "import_answer", run.pk), {"answer": "no"})
    run.refresh_from_db()
    assert (run.state, run.file.name, run.message) == (RunState.DISCARDED, "", {})

    run = read(upload(client, world, PROFILE))
    client.post(url(world, "import_answer", run.pk), {"answer": "yes"})
    applied(client, world, read(run))
    world.account.refresh_from_db()
    assert world.account.owner_name == "Erika Beispiel"
    single = read(upload(client, world, SYNTHETIC / "SinglePostAnalytics_Erika Beispiel_7513855734526870202.xlsx"))
    assert single.state == RunState.PREVIEW


@pytest.mark.parametrize(
    ("member", "source", "said"),
    [
        ("influencer", GHE / "linkedin-followers.xls", "This is the export of a company page."),
        ("manager", PROFILE, "This is the export of a person"),
    ],
)
def test_a_file_of_the_other_kind_is_refused(world: Any, sign_in: Any, member: str, source: Path, said: str) -> None:
    client = sign_in(getattr(world, member))
    run = read(upload(client, world, source))
    assert run.state == RunState.REFUSED
    assert said in page(client, world, run)


def test_one_file_holds_one_account(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    table = b"date,account,metric,value\n2026-10-05,A,impressions,1\n2026-10-05,B,impressions,2\n"
    run = read(upload(client, world, table))
    assert (run.state, run.message["code"]) == (RunState.REFUSED, "several_accounts")


def test_without_consent_nothing_can_be_brought(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    run = read(upload(client, world, TABLE))
    applied(client, world, run)
    consents.withdraw(world.program, ["own_figures"], by=world.influencer, channel="settings")
    answer = client.post(url(world, "import_new"), {"file": SimpleUploadedFile("x.csv", TABLE)})
    assert "needs your consent" in answer.content.decode()
    assert "Your figures are on hold" in answer.content.decode()
    assert ImportRun.objects.count() == 1
    assert client.get(url(world, "import_detail", run.pk)).status_code == 404, "what rests is not seen either"


def test_consent_withdrawn_while_a_worker_is_busy_stores_nothing(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    run = read(upload(client, world, TABLE))
    services.apply_run(run, by=world.influencer)
    consents.withdraw(world.program, ["own_figures"], by=world.influencer, channel="settings")
    jobs.apply(run.pk)
    run.refresh_from_db()
    assert (run.state, run.message["code"]) == (RunState.FAILED, "consent_missing")
    assert not Reading.objects.exists()


def test_the_same_file_sent_twice_in_a_row_is_one_run(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    assert upload(client, world, TABLE).pk == upload(client, world, TABLE).pk


def test_a_file_beyond_the_limit_is_cut_off_and_the_form_kept(world: Any, sign_in: Any, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 300_000
    client = sign_in(world.manager)
    big = SimpleUploadedFile("big.csv", b"x" * 2_000_000)
    answer = client.post(url(world, "import_new"), {"whose": "company", "file": big})
    assert answer.status_code == 413
    assert "the limit is" in answer.content.decode()
    assert 'type="file"' in answer.content.decode()
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(("name", "content"), [("", b""), ("empty.csv", b"")])
def test_no_file_says_so(world: Any, sign_in: Any, name: str, content: bytes) -> None:
    data = {"file": SimpleUploadedFile(name, content)} if name else {}
    answer = sign_in(world.influencer).post(url(world, "import_new"), data)
    assert answer.status_code == 422


def test_progress_is_polled_until_the_page_loads_again(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    run = upload(client, world, TABLE)
    address = url(world, "import_progress", run.pk)
    assert f'hx-get="{address}"' in client.get(address, **HTMX).content.decode()
    read(run)
    assert client.get(address, **HTMX)["HX-Redirect"] == url(world, "import_detail", run.pk)
    assert client.get(address).status_code == 302


def test_a_second_apply_of_the_account_waits(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    first, second = (read(upload(client, world, TABLE + extra)) for extra in (b"", b"2026-10-09,saves,1\n"))
    services.apply_run(first, by=world.influencer)
    client.post(url(world, "import_apply", second.pk))
    second.refresh_from_db()
    assert second.state == RunState.PREVIEW
    assert "not possible right now" in page(client, world, second)
    jobs.apply(first.pk)
    applied(client, world, second)


def test_undo_ends_after_thirty_days(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    run = applied(client, world, read(upload(client, world, TABLE)))
    ImportRun.objects.filter(pk=run.pk).update(applied_at=timezone.now() - timedelta(days=31))
    assert "Undo this import" not in page(client, world, run)
    client.post(url(world, "import_undo", run.pk))
    run.refresh_from_db()
    assert run.state == RunState.APPLIED


def test_nobody_sees_another_persons_run(world: Any, sign_in: Any) -> None:
    run = upload(sign_in(world.influencer), world, TABLE)
    for member in ("manager", "influencer2", "stranger"):
        assert sign_in(getattr(world, member)).get(url(world, "import_detail", run.pk)).status_code == 404


def test_refused_cells_come_first_with_place_and_reason(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    table = TABLE + b"2026-10-07,impressions,k. A.x\n31.02.2026,impressions,4\n2026-10-08,magic,3\n"
    run = read(upload(client, world, table))
    assert run.rows_refused == 3
    shown = page(client, world, run)
    assert "line 5" in shown
    assert "is not a number" in shown
    assert shown.index("is-ref") < shown.index("is-new")
    only = client.get(url(world, "import_detail", run.pk) + "?show=refused").content.decode()
    assert "is-new" not in only


def test_imports_are_narrowed_by_state_and_found_by_file_name(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    run = upload(client, world, TABLE + b"2026-10-20,saves,1\n")
    found = client.get(url(world, "imports") + "?state=work").context["list"]
    assert [row["run"] for row in found.page] == [run]
    assert list(client.get(url(world, "imports") + "?state=wrong&q=no-such-file").context["list"].page) == []


@pytest.mark.parametrize("count", [1, 3])
def test_imports_query_count(world: Any, sign_in: Any, count: int, django_assert_num_queries: Any) -> None:
    client = sign_in(world.influencer)
    for number in range(count):
        upload(client, world, TABLE + f"2026-10-2{number},saves,1\n".encode())
    client.get(url(world, "imports"))
    with django_assert_num_queries(4):
        client.get(url(world, "imports"))


def test_imports_teaches_when_empty(world: Any, sign_in: Any) -> None:
    answer = sign_in(world.influencer).get(url(world, "imports")).content.decode()
    assert "No file has been uploaded yet" in answer


def test_a_name_that_is_too_long_keeps_its_ending(world: Any, sign_in: Any) -> None:
    run = read(upload(sign_in(world.influencer), world, TABLE, f"2026.10 {'Zahlen ' * 32}.csv"))
    assert (run.state, run.file_name[-4:], len(run.file_name)) == ("preview", ".csv", 200)


def test_files_of_the_company_page_are_told_apart_on_the_start_page(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    for name in ("september.csv", "october.csv"):
        read(upload(client, world, TABLE + name.encode().join((b"2026-10-01,saves,", b"\n")), name))
    start = client.get(reverse("home:program", args=[world.program.slug])).content.decode()
    assert "september.csv" in start
    assert "october.csv" in start
