"""The same export by two hands: two managers for the company, two windows of one person, at the same moment too."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from analytics.imports import jobs, services
from analytics.imports.access import COMPANY, OWN
from analytics.imports.models import ImportRun, RunState
from analytics.imports.services import NotNow
from analytics.metrics.models import Reading, WeekTotal
from core.journal.models import Entry
from programs.membership.models import Role
from tests.analytics.imports.flow import applied, page, read, undone, url
from tests.at_once import at_once, beside
from tests.world import join, make_user

ROWS = b"date,metric,value\n2026-11-03,impressions,12\n2026-11-04,impressions,30\n"
SAME_CELLS = ROWS.replace(b"\n", b"\r\n")  # downloaded once more


@pytest.fixture(autouse=True)
def empty(world: Any, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    ImportRun.objects.all().delete()
    Reading.objects.all().delete()
    WeekTotal.objects.all().delete()
    world.manager2 = make_user("second_manager")
    join(world.manager2, world.program, Role.MANAGER)


def send(client: Any, world: Any, content: bytes = ROWS, whose: str = COMPANY) -> tuple[ImportRun, str]:
    """The run that the answer leads to, and what its page says."""
    file = SimpleUploadedFile("figures.csv", content)
    answer = client.post(url(world, "import_new"), {"file": file, "whose": whose})
    assert answer.status_code == 302, answer.content.decode()
    return ImportRun.objects.get(pk=int(answer.url.rstrip("/").split("/")[-1])), client.get(answer.url).content.decode()


def stored() -> list[int]:
    return sorted(Reading.objects.values_list("value", flat=True))


def test_a_file_of_two_managers_is_one_import_and_the_second_reads_whose(world: Any, sign_in: Any) -> None:
    first, second = sign_in(world.manager), sign_in(world.manager2)
    run, said = send(first, world)
    assert "has uploaded this file already" not in said
    twin, said = send(second, world)
    assert twin == run
    assert "Manager has uploaded this file already. This is the same import, and nothing is counted twice." in said
    read(run)
    first.post(url(world, "import_apply", run.pk))
    answer = second.post(url(world, "import_apply", run.pk), follow=True).content.decode()
    assert "Nothing is counted twice." in answer
    jobs.apply(run.pk)
    jobs.apply(run.pk)
    assert stored() == [12, 30]
    again, said = send(second, world)
    assert again != run
    read(again)
    assert "This file was already imported on" in page(second, world, again)
    assert stored() == [12, 30]


def test_two_that_were_read_side_by_side_are_applied_once(world: Any, sign_in: Any) -> None:
    first, second = sign_in(world.manager), sign_in(world.manager2)
    one, other = send(first, world)[0], send(second, world, SAME_CELLS)[0]
    assert one != other
    assert (read(one).state, read(other).state) == (RunState.PREVIEW, RunState.PREVIEW)
    assert one.fingerprint == other.fingerprint
    applied(first, world, one)
    second.post(url(world, "import_apply", other.pk))
    jobs.apply(other.pk)
    other.refresh_from_db()
    assert (other.state, other.same_as, other.rows_new, other.file.name) == (RunState.DISCARDED, one, 0, "")
    assert "This file was already imported on" in page(second, world, other)
    assert Entry.objects.filter(verb="imports.discarded", actor=world.manager2).exists()
    assert stored() == [12, 30]
    undone(first, world, one)
    assert stored() == []
    assert not WeekTotal.objects.exists()
    applied(second, world, read(send(second, world)[0]))
    assert stored() == [12, 30], "and it can be imported again"


def test_other_figures_of_two_hands_are_both_stored(world: Any, sign_in: Any) -> None:
    first, second = sign_in(world.manager), sign_in(world.manager2)
    one = read(send(first, world)[0])
    other = read(send(second, world, ROWS + b"2026-11-05,impressions,7\n")[0])
    applied(first, world, one)
    applied(second, world, other)
    assert stored() == [7, 12, 30]
    undone(first, world, one)
    assert stored() == [7, 12, 30], "the other file says all of them"


def test_the_same_file_of_two_people_is_of_each(world: Any, sign_in: Any) -> None:
    run, _said = send(sign_in(world.influencer), world, whose=OWN)
    other, said = send(sign_in(world.influencer2), world, whose=OWN)
    assert run != other
    assert run.account != other.account
    assert "has uploaded" not in said


@pytest.mark.django_db(transaction=True)
def test_two_managers_at_the_same_moment(world: Any) -> None:
    people = [world.manager, world.manager2]

    def sent(person: Any) -> int:
        file = SimpleUploadedFile("figures.csv", ROWS)
        return services.start_import(world.program, file, by=person, whose=COMPANY).pk

    found = set(beside(*(lambda person=person: sent(person) for person in people * 2)))  # type: ignore[misc]
    assert len(found) == 1
    run = read(ImportRun.objects.get(pk=found.pop()))
    assert run.state == RunState.PREVIEW, run.message

    def apply(person: Any) -> bool:
        try:
            services.apply_run(run, by=person)
        except NotNow:
            return False
        return True

    assert sorted(beside(*(lambda person=person: apply(person) for person in people))) == [False, True]  # type: ignore[misc]
    at_once(lambda: jobs.apply(run.pk), 4)
    run.refresh_from_db()
    assert (run.state, stored()) == (RunState.APPLIED, [12, 30])


@pytest.mark.django_db(transaction=True)
def test_two_windows_with_two_downloads_at_the_same_moment(world: Any) -> None:
    """Pressed side by side one of them waits; what comes second stores nothing and says so."""
    runs = []
    for content in (ROWS, SAME_CELLS):
        file = SimpleUploadedFile("figures.csv", content)
        runs.append(read(services.start_import(world.program, file, by=world.influencer, whose=OWN)))
    assert {run.state for run in runs} == {RunState.PREVIEW}, [run.message for run in runs]

    def press(run: ImportRun) -> bool:
        try:
            services.apply_run(run, by=world.influencer)
        except NotNow:
            return False
        jobs.apply(run.pk)
        return True

    pressed = beside(*(lambda run=run: press(run) for run in runs))  # type: ignore[misc]
    assert any(pressed)
    for run in runs:
        run.refresh_from_db()
        if run.state == RunState.PREVIEW:
            assert press(run)
            run.refresh_from_db()
    assert sorted(run.state for run in runs) == [RunState.APPLIED, RunState.DISCARDED]
    assert stored() == [12, 30]
    late = next(run for run in runs if run.state == RunState.DISCARDED)
    assert late.message["code"] == "already_imported"
