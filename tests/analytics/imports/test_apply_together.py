"""One press for all files of an upload: what is clean is applied in turns, the rest says why, and all can be undone."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from analytics.imports import jobs, services, tasks, turns
from analytics.imports.access import COMPANY, OWN
from analytics.imports.models import ImportRun, RunState
from analytics.imports.services import NotNow
from analytics.metrics.models import Reading, WeekTotal
from core.journal.models import Entry
from programs.membership.models import Role
from tests.analytics.imports.flow import url
from tests.at_once import beside
from tests.world import join, make_user

HEAD = b"date,metric,value\n"
CLEAN = HEAD + b"2026-11-03,impressions,12\n"
ALSO = HEAD + b"2026-11-04,impressions,30\n"
THIRD = HEAD + b"2026-11-05,impressions,7\n"
REFUSED = HEAD + b"2026-11-06,impressions,9\n2026-11-07,impressions,many\n"
TWICE = HEAD + b"2026-11-08,impressions,4\n2026-11-08,impressions,5\n"
NO_TABLE = b"\x00\x00not a table"


@pytest.fixture(autouse=True)
def empty(world: Any, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    ImportRun.objects.all().delete()
    Reading.objects.all().delete()
    WeekTotal.objects.all().delete()


def sent(world: Any, *contents: bytes, by: Any = None, whose: str = OWN) -> list[ImportRun]:
    files = [SimpleUploadedFile(f"{n}.csv", content) for n, content in enumerate(contents)]
    runs = services.start_imports(world.program, files, by=by or world.influencer, whose=whose)
    for run in runs:
        jobs.read(run.pk)
        run.refresh_from_db()
    return runs


def several(world: Any, runs: list[ImportRun], do: str = "") -> str:
    return url(world, f"import_several{do}", "-".join(str(run.pk) for run in runs))


def work() -> None:
    """What workers do until nothing is left: each task wakes the next one."""
    for _round in range(40):
        todo = ImportRun.objects.filter(state__in=(RunState.APPLYING, RunState.UNDOING)).first()
        if todo is None:
            return
        (tasks.apply if todo.state == RunState.APPLYING else tasks.undo)(todo.pk)
    raise AssertionError("it never ends")


def states(runs: list[ImportRun]) -> list[str]:
    held = dict(ImportRun.objects.values_list("pk", "state"))
    return [held[run.pk] for run in runs]


def stored() -> list[int]:
    return sorted(Reading.objects.values_list("value", flat=True))


def press(client: Any, world: Any, runs: list[ImportRun]) -> Any:
    return client.post(several(world, runs, "_apply"), {"run": [run.pk for run in runs]}, follow=True)


def test_one_press_applies_what_is_clean_and_the_rest_says_why(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    runs = sent(world, CLEAN, REFUSED, NO_TABLE, ALSO, TWICE)
    text = client.get(several(world, runs)).content.decode()
    assert "Apply 2 files" in text
    assert text.count('name="run"') == 2
    assert "some of it was rejected" in text
    assert "some lines repeat a figure" in text
    answer = press(client, world, runs).content.decode()
    assert "0 of 2 files applied." in answer
    assert 'hx-trigger="every 2s"' in answer
    assert "Waiting to be applied" in answer
    work()
    assert states(runs) == [RunState.APPLIED, RunState.PREVIEW, RunState.REFUSED, RunState.APPLIED, RunState.PREVIEW]
    assert stored() == [12, 30]
    text = client.get(several(world, runs)).content.decode()
    assert "2 files are applied. New or changed figures: 2." in text
    assert "2 files wait for you; each says why below." in text
    assert 'hx-trigger="every 2s"' not in text
    assert "Apply 2 files" not in text


@pytest.mark.parametrize(
    ("remark", "is_clean"), [("years_added", False), ("sum_differs", False), ("days_missing", True), ("", True)]
)
def test_what_was_guessed_is_looked_at_first(world: Any, remark: str, is_clean: bool) -> None:
    (run,) = sent(world, CLEAN)
    run.preview["remarks"] = [[remark, {}]] if remark else []
    assert services.is_clean(run) == is_clean


def test_each_is_undone_by_itself_and_leads_back(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    runs = sent(world, CLEAN, ALSO)
    press(client, world, runs)
    work()
    numbers = "-".join(str(run.pk) for run in runs)
    answer = client.post(url(world, "import_undo", runs[0].pk), {"several": numbers})
    assert answer.url == several(world, runs)
    work()
    assert states(runs) == [RunState.UNDONE, RunState.APPLIED]
    assert stored() == [30]
    assert client.post(url(world, "import_undo", runs[1].pk), {"several": "//evil.example/"}).url.startswith("/p/")


def test_all_are_undone_with_one_press_while_nothing_came_after(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    runs = sent(world, CLEAN, ALSO, THIRD)
    press(client, world, runs)
    work()
    assert "Undo all 3 imports" in client.get(several(world, runs)).content.decode()
    assert "0 of 3 files undone." in client.post(several(world, runs, "_undo"), follow=True).content.decode()
    work()
    assert (states(runs), stored()) == ([RunState.UNDONE] * 3, [])
    assert not WeekTotal.objects.exists()


def test_after_another_import_only_each_by_itself(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    runs = sent(world, CLEAN, ALSO)
    press(client, world, runs)
    work()
    later = sent(world, THIRD)
    press(client, world, later)
    text = client.get(several(world, runs)).content.decode()
    assert "Undo all" not in text
    assert "Something was imported after these files." in text
    answer = client.post(several(world, runs, "_undo"), follow=True).content.decode()
    assert "Each of them can still be undone by itself." in answer
    work()
    assert (states(runs + later), stored()) == ([RunState.APPLIED] * 3, [7, 12, 30])


def test_what_was_not_shown_is_not_applied_and_a_second_press_says_so(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    runs = sent(world, CLEAN, ALSO)
    client.post(several(world, runs, "_apply"), {"run": [runs[0].pk]})
    assert states(runs) == [RunState.APPLYING, RunState.PREVIEW]
    answer = client.post(several(world, runs, "_apply"), {"run": [runs[0].pk]}, follow=True).content.decode()
    assert "These files were already applied or changed." in answer
    work()
    assert stored() == [12]


def test_who_waits_can_be_discarded_or_applied_alone(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    runs = sent(world, CLEAN, ALSO, THIRD)
    press(client, world, runs)
    client.post(url(world, "import_discard", runs[1].pk))
    work()
    assert (states(runs), stored()) == ([RunState.APPLIED, RunState.DISCARDED, RunState.APPLIED], [7, 12])


def test_one_that_fails_does_not_stop_the_others(world: Any) -> None:
    runs = sent(world, CLEAN, ALSO, THIRD)
    services.apply_runs(runs, by=world.influencer)
    ImportRun.objects.filter(pk=runs[0].pk).update(attempts=jobs.ATTEMPTS)  # it took its worker along three times
    work()
    assert states(runs) == [RunState.FAILED, RunState.APPLIED, RunState.APPLIED]


def test_the_sweep_goes_on_where_a_worker_was_lost(world: Any, monkeypatch: Any) -> None:
    runs = sent(world, CLEAN, ALSO)
    services.apply_runs(runs, by=world.influencer)
    jobs.apply(runs[0].pk)  # and killed before it could hand on
    assert states(runs) == [RunState.APPLIED, RunState.PREVIEW]
    assert turns.accounts_in_line() == [runs[0].account_id]
    tasks.sweep()
    assert states(runs) == [RunState.APPLIED, RunState.APPLYING]
    work()
    assert stored() == [12, 30]


def test_the_log_says_who_pressed(world: Any) -> None:
    second = make_user("second_manager")
    join(second, world.program, Role.MANAGER)
    runs = sent(world, CLEAN, ALSO, by=world.manager, whose=COMPANY)
    services.apply_runs(runs, by=second)
    work()
    said = Entry.objects.filter(verb__in=("imports.applying", "imports.applied"), subject_id__in=[r.pk for r in runs])
    assert list(said.values_list("actor", flat=True)) == [second.pk] * 4


def test_nobody_else_presses(world: Any, sign_in: Any) -> None:
    runs = sent(world, CLEAN, ALSO)
    for other in (world.influencer2, world.manager, world.stranger):
        for do in ("_apply", "_undo"):
            assert sign_in(other).post(several(world, runs, do), {"run": [runs[0].pk]}).status_code == 404
    assert states(runs) == [RunState.PREVIEW] * 2


@pytest.mark.django_db(transaction=True)
def test_two_managers_press_at_the_same_moment(world: Any) -> None:
    second = make_user("second_manager")
    join(second, world.program, Role.MANAGER)
    runs = sent(world, CLEAN, ALSO, THIRD, by=world.manager, whose=COMPANY)
    taken: list[int] = []

    def apply(person: Any, some: list[ImportRun]) -> None:
        taken.extend(run.pk for run in services.apply_runs(some, by=person))

    def alone() -> None:
        try:
            taken.append(services.apply_run(runs[2], by=second).pk)
        except NotNow:
            return

    beside(lambda: apply(world.manager, runs), lambda: apply(second, runs[::-1]), alone)
    assert sorted(taken) == sorted(run.pk for run in runs)
    work()
    assert (states(runs), stored()) == ([RunState.APPLIED] * 3, [7, 12, 30])

    def undo(person: Any) -> None:
        services.undo_runs(runs, by=person)

    beside(lambda: undo(world.manager), lambda: undo(second))
    work()
    assert (states(runs), stored()) == ([RunState.UNDONE] * 3, [])


def test_files_that_were_undone_are_told_apart_by_their_days(world: Any, sign_in: Any) -> None:
    """Their names are gone with them; each was a "Table of figures" twice over."""
    client = sign_in(world.influencer)
    runs = sent(world, CLEAN, ALSO)
    press(client, world, runs)
    work()
    client.post(several(world, runs, "_undo"))
    work()
    page = client.get(several(world, runs)).content.decode()
    assert [f"{day} Nov 2026 to {day} Nov 2026" in page for day in (3, 4)] == [True, True]


def test_a_file_with_nothing_but_older_values_says_so(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    press(client, world, sent(world, CLEAN + b"2026-11-20,impressions,5\n"))
    work()
    again = sent(world, HEAD + b"2026-11-03,impressions,99\n", HEAD + b"2026-11-21,impressions,5\n")
    assert [run.rows_older for run in again] == [1, 0]
    page = client.get(several(world, again)).content.decode()
    assert page.count("Nothing new in this file") == 1
    assert "0 figures" not in page
