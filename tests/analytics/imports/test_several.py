"""Several files in one upload: each has its own result, and none stops the others."""

from pathlib import Path
from time import sleep
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from analytics.imports import jobs, services
from analytics.imports.access import OWN
from analytics.imports.models import ImportRun, RunState
from tests.analytics.imports.flow import url
from tests.at_once import at_once
from tests.factories.imports import GHE, TABLE


def send(client: Any, world: Any, *files: tuple[str, bytes], **data: Any) -> Any:
    given = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(url(world, "import_new"), {"file": given, **data})


def test_each_file_has_its_own_result(world: Any, sign_in: Any, django_assert_num_queries: Any) -> None:
    ImportRun.objects.all().delete()
    client = sign_in(world.influencer)
    files = (
        ("a.csv", TABLE),
        ("b.csv", b"\x00\x00not a table"),
        ("empty.csv", b""),
        ("c.csv", TABLE + b"2026-10-09,saves,2\n"),
    )
    answer = send(client, world, *files)
    runs = list(ImportRun.objects.order_by("pk"))
    assert [run.file_name for run in runs] == ["a.csv", "b.csv", "empty.csv", "c.csv"]
    assert answer.url == url(world, "import_several", "-".join(str(run.pk) for run in runs))
    text = client.get(answer.url).content.decode()
    assert "every 2s" in text
    for run in runs:
        jobs.read(run.pk)
    states = list(ImportRun.objects.order_by("pk").values_list("state", flat=True))
    assert states == [RunState.PREVIEW, RunState.REFUSED, RunState.REFUSED, RunState.PREVIEW]
    with django_assert_num_queries(4):
        text = client.get(answer.url, HTTP_HX_REQUEST="true").content.decode()
    assert "every 2s" not in text
    assert text.count("needs you") == 2
    assert "contains no figures" in text


def test_the_same_file_twice_is_one(world: Any, sign_in: Any) -> None:
    ImportRun.objects.all().delete()
    answer = send(sign_in(world.influencer), world, ("a.csv", TABLE), ("a (1).csv", TABLE))
    assert answer.url == url(world, "import_detail", ImportRun.objects.get().pk)


def test_the_three_exports_of_a_page_at_once(world: Any, sign_in: Any) -> None:
    ImportRun.objects.all().delete()
    names = ("content.anonymised", "followers", "visitors")
    files = [(f"linkedin-{name}.xls", (GHE / f"linkedin-{name}.xls").read_bytes()) for name in names]
    answer = send(sign_in(world.manager), world, *files, whose="company")
    assert answer.status_code == 302
    for run in ImportRun.objects.order_by("pk"):
        jobs.read(run.pk)
    assert set(ImportRun.objects.values_list("state", flat=True)) == {RunState.PREVIEW}


def test_the_limit_holds_for_the_sum(world: Any, sign_in: Any, settings: Any) -> None:
    ImportRun.objects.all().delete()
    settings.UPLOAD_LIMIT = 300_000
    files = [(f"{n}.csv", b"x" * 120_000) for n in range(3)]
    assert send(sign_in(world.influencer), world, *files[:2]).status_code == 302
    ImportRun.objects.all().delete()
    answer = send(sign_in(world.influencer), world, *files)
    assert answer.status_code == 413
    assert not ImportRun.objects.exists()


def test_too_many_and_only_empty_ones_are_said(world: Any, sign_in: Any) -> None:
    ImportRun.objects.all().delete()
    client = sign_in(world.influencer)
    assert send(client, world, *[(f"{n}.csv", b"x") for n in range(21)]).status_code == 422
    assert send(client, world, ("a.csv", b""), ("b.csv", b"")).status_code == 422
    assert not ImportRun.objects.exists()


def test_nobody_sees_the_files_of_somebody_else(world: Any, sign_in: Any) -> None:
    ImportRun.objects.all().delete()
    answer = send(sign_in(world.influencer), world, ("a.csv", TABLE), ("b.csv", TABLE + b"2026-10-09,saves,2\n"))
    for other in (world.influencer2, world.manager, world.stranger):
        assert sign_in(other).get(answer.url).status_code == 404
    assert sign_in(world.influencer).get(url(world, "import_several", "x-" + "9" * 40)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_file_sent_by_several_hands_at_once_is_one_run(
    world: Any, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(services, "record", lambda *_, **__: sleep(0.2))  # the others look before it is committed
    before = ImportRun.objects.count()

    def send() -> int:
        file = SimpleUploadedFile("figures.csv", b"date,metric,value\n2026-11-03,impressions,12\n")
        return services.start_import(world.program, file, by=world.influencer, whose=OWN).pk

    assert len(set(at_once(send, 4))) == 1
    assert ImportRun.objects.count() == before + 1
