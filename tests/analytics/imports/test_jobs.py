"""Workers come and go: what is left behind is done again, and nothing twice."""

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from analytics.imports import jobs, services
from analytics.imports.models import ImportRun, RunState
from analytics.metrics import services as metrics
from analytics.metrics.models import Reading
from core.kit.workplace import workplace
from tests.factories.imports import TABLE, make_run


@pytest.fixture(autouse=True)
def empty(world: Any, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    ImportRun.objects.all().delete()


def ready(world: Any) -> ImportRun:
    run = make_run(world.account, content=TABLE)
    jobs.read(run.pk)
    run.refresh_from_db()
    assert run.state == RunState.PREVIEW
    return run


def test_each_job_may_come_twice(world: Any) -> None:
    run = ready(world)
    jobs.read(run.pk)
    services.apply_run(run, by=world.influencer)
    jobs.apply(run.pk)
    jobs.apply(run.pk)
    run.refresh_from_db()
    assert (run.state, run.rows_new) == (RunState.APPLIED, 3)
    services.undo_run(run, by=world.influencer)
    jobs.undo(run.pk)
    jobs.undo(run.pk)
    assert not Reading.objects.exists()


def test_left_behind_finds_lost_wake_ups_and_ended_leases(world: Any) -> None:
    now = timezone.now()
    fresh = make_run(world.account)
    assert jobs.left_behind() == []
    ImportRun.objects.filter(pk=fresh.pk).update(created_at=now - timedelta(minutes=1))
    held = make_run(world.account, state=RunState.READING, lease_until=now + timedelta(minutes=1))
    lost = make_run(world.account, state=RunState.READING, lease_until=now - timedelta(seconds=1))
    stuck = make_run(world.company_account, by=world.manager, state=RunState.APPLYING, lease_until=None)
    assert jobs.left_behind() == [("queued", fresh.pk), ("reading", lost.pk), ("applying", stuck.pk)]
    jobs.read(held.pk)
    held.refresh_from_db()
    assert held.state == RunState.READING  # another worker has it
    jobs.read(lost.pk)
    lost.refresh_from_db()
    assert lost.state == RunState.PREVIEW


def test_a_job_that_breaks_off_leaves_nothing_and_is_done_again(world: Any, monkeypatch: Any) -> None:
    run = ready(world)
    services.apply_run(run, by=world.influencer)
    with monkeypatch.context() as patch:
        patch.setattr(metrics.totals, "refresh", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            jobs.apply(run.pk)
    run.refresh_from_db()
    assert run.state == RunState.APPLYING
    assert not Reading.objects.exists()
    jobs.apply(run.pk)
    run.refresh_from_db()
    assert (run.state, Reading.objects.count()) == (RunState.APPLIED, 3)


def test_what_breaks_off_three_times_is_given_up(world: Any) -> None:
    run = make_run(world.account, state=RunState.READING, attempts=3)
    jobs.read(run.pk)
    run.refresh_from_db()
    assert (run.state, run.message["code"]) == (RunState.FAILED, "gave_up")


def test_a_run_discarded_while_it_was_read_stays_discarded(world: Any, monkeypatch: Any) -> None:
    run = make_run(world.account)
    real = jobs.read_file

    def meanwhile(*args: Any, **kwargs: Any) -> Any:
        ImportRun.objects.filter(pk=run.pk).update(state=RunState.DISCARDED)
        return real(*args, **kwargs)

    monkeypatch.setattr(jobs, "read_file", meanwhile)
    jobs.read(run.pk)
    run.refresh_from_db()
    assert (run.state, run.rows_file.name) == (RunState.DISCARDED, "")


def test_files_at_work_lie_in_the_private_folder_alone(
    world: Any, monkeypatch: Any, settings: Any, tmp_path: Path
) -> None:
    system, seen = tmp_path / "system", []
    system.mkdir()
    settings.DATA_DIR = tmp_path / "data"
    monkeypatch.setattr(tempfile, "tempdir", str(system))

    def watched(real: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            answer = real(*args, **kwargs)
            seen.append([path for path in workplace().rglob("*") if path.is_file()])
            assert list(system.iterdir()) == []
            return answer

        return call

    for name in ("read_file", "_fetch"):
        monkeypatch.setattr(jobs, name, watched(getattr(jobs, name)))
    services.apply_run(run := ready(world), by=world.influencer)
    jobs.apply(run.pk)
    assert [len(files) for files in seen] == [1, 3, 1, 2]
    assert list(workplace().iterdir()) == list(system.iterdir()) == []


def test_retention_removes_files_a_week_after_the_end(
    world: Any, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    run = ready(world)
    services.apply_run(run, by=world.influencer)
    jobs.apply(run.pk)
    run.refresh_from_db()
    names = [run.file.name, run.rows_file.name, run.posts_file.name]
    assert all(default_storage.exists(name) for name in names)
    assert jobs.retention() == 0
    past = timezone.now() - timedelta(days=8)
    ImportRun.objects.filter(pk=run.pk).update(read_at=past, applied_at=past)
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.retention() == 1
    run.refresh_from_db()
    assert (run.state, run.file_name, run.preview) == (RunState.APPLIED, "figures.csv", {})
    assert not any(default_storage.exists(name) for name in names)
    assert jobs.retention() == 0
    page = sign_in(world.influencer).get(f"/p/{world.program.slug}/imports/{run.pk}/").content.decode()
    assert "deleted a week after the import" in page
    assert f"/p/{world.program.slug}/my-figures/" in page


def test_retention_discards_a_preview_nobody_came_back_to(world: Any) -> None:
    run = ready(world)
    ImportRun.objects.filter(pk=run.pk).update(created_at=timezone.now() - timedelta(days=31))
    assert jobs.retention() == 1
    run.refresh_from_db()
    assert (run.state, run.file.name) == (RunState.DISCARDED, "")
