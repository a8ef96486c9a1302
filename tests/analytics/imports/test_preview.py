"""What a person sees before anything is stored, and the ways out: cancel, refused lines, the template."""

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone, translation

from analytics.imports import jobs, preview, services, template
from analytics.imports.models import ImportRun, RunState
from analytics.sources.sandbox import Parsed, read_file
from core.kit.exports import as_csv, as_xlsx
from tests.analytics.imports.cases import CASES
from tests.analytics.imports.flow import applied, page, read, undone, upload, url
from tests.factories.imports import TABLE
from tests.workbooks import SAMPLES

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def empty(world: Any, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    ImportRun.objects.all().delete()


def test_what_was_left_aside_is_named_with_the_reason(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    run = read(upload(client, world, CASES / "L10_engagement_fourth_column.xlsx"))
    shown = page(client, world, run)
    assert "Ignored" in shown
    assert "Followers (ENGAGEMENT!D)" in shown
    assert "not recognised" in shown
    assert "Sheet “AUDIENCE DEMOGRAPHICS”" in shown


def test_sums_to_compare_stand_above_the_lines(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    run = read(upload(client, world, CASES / "L10_engagement_fourth_column.xlsx"))
    assert [(row[0], row[1], row[2]) for row in run.preview["totals"]] == [
        ("impressions", 3902, 5),
        ("engagements", 162, 5),
        ("followers_new", 5, 5),
    ]
    shown = page(client, world, run)
    assert "Does this match what the network shows?" in shown
    assert "LinkedIn: your profile, Analytics, Post impressions" in shown
    assert shown.count('type="checkbox"><span>matches') == 3
    assert "3,902" in shown


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_is_read_as_it_is_filled_in(language: str, kind: str, world: Any, tmp_path: Path) -> None:
    with translation.override(language):
        table = template.table(world.yesterday)
        filled = [(*row[:-1], number) for number, row in enumerate(table.rows, start=100)]
        table = type(table)(table.name, table.header, filled)
        content = as_xlsx(table) if kind == "xlsx" else as_csv(table).encode()
    path = tmp_path / f"filled.{kind}"
    path.write_bytes(content)
    outcome = read_file(path, name=path.name, into=tmp_path)
    assert isinstance(outcome, Parsed), outcome
    assert (outcome.file.rows_written, outcome.file.refused, outcome.file.accounts) == (17, [], ["LinkedIn"])
    assert len({line.split("\t")[1] for line in (tmp_path / "rows").read_text().splitlines()}) == 17


def test_whoever_brings_another_networks_export_is_shown_the_template(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    content = b"Date,Sessions,Engaged sessions,Users\n2026-10-03,5,1,4\n"
    run = read(upload(client, world, content))
    assert (run.state, run.message["code"]) == (RunState.QUESTION, "other_network")
    shown = page(client, world, run)
    assert "This is an export from Google Analytics" in shown
    assert url(world, "import_template") in shown
    answer = client.get(url(world, "import_template"))
    assert answer["Content-Disposition"].startswith("attachment")
    empty = read(upload(client, world, answer.content, "figures-template.csv"))
    assert (empty.state, empty.message["code"]) == (RunState.REFUSED, "empty")


def test_reading_can_be_cancelled(world: Any, sign_in: Any, django_capture_on_commit_callbacks: Any) -> None:
    client = sign_in(world.influencer)
    run = upload(client, world, TABLE)
    assert "Cancel and delete the file" in page(client, world, run)
    stored = run.file.path
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url(world, "import_discard", run.pk))
    read(run)
    assert (run.state, run.file.name, run.file_name) == (RunState.DISCARDED, "", "")
    assert not Path(stored).exists()


def test_a_worker_stops_reading_what_was_thrown_away(world: Any, sign_in: Any, monkeypatch: Any) -> None:
    """Cancelled in the middle: the reader is ended, and what it had found is not kept."""
    client = sign_in(world.influencer)
    run = upload(client, world, TABLE)
    asked = []

    def cancel_at_the_first_look(of: ImportRun) -> bool:
        if not asked:
            services.discard_run(ImportRun.objects.get(pk=of.pk), by=world.influencer)
        asked.append(True)
        return look(of)

    look = jobs._is_wanted
    monkeypatch.setattr("analytics.sources.sandbox.READER", "tests.core.sheets.readers:endless")
    monkeypatch.setattr(jobs, "_is_wanted", cancel_at_the_first_look)
    read(run)
    assert asked
    assert (run.state, run.preview, run.rows_file.name) == (RunState.DISCARDED, {}, "")


def test_storing_and_undoing_tell_how_far_they_are(world: Any, sign_in: Any, monkeypatch: Any) -> None:
    client = sign_in(world.influencer)
    monkeypatch.setattr(jobs, "LARGE", 0)
    told: list[tuple[str, int]] = []
    keep = cache.set

    def listen(key: str, value: Any, timeout: Any = None, **more: Any) -> None:
        if key.startswith("imports:"):
            told.append(value)
        keep(key, value, timeout, **more)

    monkeypatch.setattr("analytics.imports.jobs.cache.set", listen)
    run = applied(client, world, read(upload(client, world, TABLE)))
    undone(client, world, run)
    for state in (RunState.READING, RunState.APPLYING, RunState.UNDOING):
        steps = [percent for of, percent in told if of == state]
        assert len(steps) > 1
        assert steps == sorted(steps)


def test_progress_of_another_state_is_not_shown(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    run = read(upload(client, world, TABLE))
    services.apply_run(run, by=world.influencer)
    address = url(world, "import_progress", run.pk)
    cache.set(jobs.progress_key(run.pk), (RunState.READING, 90), 60)
    assert "90" not in client.get(address, **HTMX).content.decode().split("<progress")[1].split(">")[0]
    cache.set(jobs.progress_key(run.pk), (RunState.APPLYING, 55), 60)
    shown = client.get(address, **HTMX).content.decode()
    assert 'value="55"' in shown
    assert "The figures are being stored" in shown


def test_files_are_found_again_from_ones_figures(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    run = applied(client, world, read(upload(client, world, TABLE, "october.csv")))
    ImportRun.objects.filter(pk=run.pk).update(read_at="2026-01-01T00:00Z", applied_at="2026-11-01T00:00Z")
    jobs.retention()
    run.refresh_from_db()
    assert (run.file.name, run.file_name) == ("", "october.csv")
    for address in (url(world, "mine"), url(world, "imports")):
        shown = client.get(address).content.decode()
        assert "october.csv" in shown
        assert url(world, "import_detail", run.pk) in shown
    ImportRun.objects.filter(pk=run.pk).update(applied_at=timezone.now())
    undone(client, world, run)
    assert run.file_name == ""


def test_a_post_whose_text_begins_with_a_name_is_shown_by_its_text(world: Any, sign_in: Any) -> None:
    """The store calls a post without a title by its day, with the same sign in front."""
    client = sign_in(world.manager)
    run = read(upload(client, world, SAMPLES / "synthetic" / "account_analytics_content_2026-10-03_2026-11-01.csv"))
    called = {row[9] for row in run.preview["rows"] if row[9]}
    assert any(each.startswith("@jemand") for each in called)
    assert "Post “@jemand" in page(client, world, run)
    assert preview.post_named("@2026-10-12") == "Post from 12 Oct 2026"
    assert preview.post_named("@2026-13-45") == "Post “@2026-13-45”"
