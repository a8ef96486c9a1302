"""Files from outside, through a real worker: checked, applied, undone, and the hostile ones refused."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from analytics.imports.models import ImportRun, RunState
from analytics.metrics.models import Reading
from programs.consents.models import Purpose
from tests.core.sheets import hostile
from tests.journeys.stage import COMPANY, OWN_EXPORT, SAMPLES, make_erika, running
from tests.worker import PATIENCE, Running, wait_until

BAD = (hostile.macro, hostile.bomb, hostile.doctype, hostile.far_row, hostile.truncated)
AT_WORK = {RunState.QUEUED, RunState.READING, RunState.APPLYING, RunState.UNDOING}
ENGLISH = SAMPLES / "synthetic"


@pytest.fixture
def process(here: Any, settings: Any, tmp_path: Path) -> Iterator[Running]:
    with running(settings, DATA_DIR=str(tmp_path / "data")) as (_, process):
        yield process


class Uploader:
    """A person who uploads files and waits for what becomes of them."""

    def __init__(self, here: Any, client: Client) -> None:
        self.here, self.client = here, client

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"analytics:{name}", args=[self.here.program.slug, *args])

    def upload(self, name: str, content: bytes) -> ImportRun:
        answer = self.client.post(self.url("import_new"), {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 302, answer.content.decode()
        return self.settled(ImportRun.objects.latest("pk"))

    def act(self, run: ImportRun, name: str, **data: Any) -> ImportRun:
        self.client.post(self.url(name, run.pk), data)
        return self.settled(run)

    def settled(self, run: ImportRun) -> ImportRun:
        """What a reload of the page would show when the worker is done."""
        assert wait_until(lambda: ImportRun.objects.get(pk=run.pk).state not in AT_WORK), "the worker is stuck"
        return ImportRun.objects.get(pk=run.pk)

    def page(self, run: ImportRun) -> str:
        return self.client.get(self.url("import_detail", run.pk)).content.decode()


def test_the_own_export_is_applied_undone_and_applied_again(here: Any, process: Running, sign_in: Any) -> None:
    erika = Uploader(here, sign_in(make_erika(here.generation)))
    run = erika.upload(OWN_EXPORT.name, OWN_EXPORT.read_bytes())
    assert (run.state, run.rows_changed, run.rows_refused) == (RunState.PREVIEW, 0, 0)
    assert not Reading.objects.exists(), "a preview stores nothing"
    assert erika.act(run, "import_apply").state == RunState.APPLIED
    stored = Reading.objects.count()
    assert stored == run.rows_new > 0

    again = erika.upload(OWN_EXPORT.name, OWN_EXPORT.read_bytes())
    assert again.state == RunState.DISCARDED, "the same file again is nothing to do"
    assert Reading.objects.count() == stored

    assert erika.act(run, "import_undo").state == RunState.UNDONE
    assert not Reading.objects.exists()
    run = erika.upload(OWN_EXPORT.name, OWN_EXPORT.read_bytes())
    assert erika.act(run, "import_apply").state == RunState.APPLIED
    assert Reading.objects.count() == stored
    assert erika.client.get(erika.url("mine")).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "AggregateAnalytics_DE_headers-partly-inferred.xlsx",
        "Content_2026-10-03_2026-11-01_ErikaBeispiel.xlsx",
        "SinglePostAnalytics_Erika Beispiel_7513855734526870202.xlsx",
    ],
)
def test_every_shape_of_the_own_export_is_understood(here: Any, process: Running, sign_in: Any, name: str) -> None:
    erika = Uploader(here, sign_in(make_erika(here.generation)))
    run = erika.upload(name, (ENGLISH / name).read_bytes())
    if run.state == RunState.QUESTION:
        run = erika.act(run, "import_answer", answer="yes")
    assert run.state == RunState.PREVIEW, run.message
    assert run.rows_new > 0


def test_the_company_page_brings_its_three_files(here: Any, process: Running, sign_in: Any) -> None:
    manager = Uploader(here, sign_in(here.manager))
    for name in ("linkedin-content.anonymised.xls", "linkedin-followers.xls", "linkedin-visitors.xls"):
        run = manager.upload(name, (COMPANY / name).read_bytes())
        assert run.state == RunState.PREVIEW, (name, run.message)
        assert manager.act(run, "import_apply").state == RunState.APPLIED
    assert Reading.objects.filter(value__lt=0).exists(), "negative days are legal"


def test_the_file_of_another_person_is_asked_about(here: Any, process: Running, sign_in: Any) -> None:
    user = make_erika(here.generation)
    user.name = "Mara Behrens"
    user.save()
    mara = Uploader(here, sign_in(user))
    run = mara.upload(OWN_EXPORT.name, OWN_EXPORT.read_bytes())
    assert run.state == RunState.QUESTION
    assert "The name in the file is “Erika Beispiel”. Is this your file?" in mara.page(run)
    assert mara.act(run, "import_answer", answer="no").state == RunState.DISCARDED
    assert not Reading.objects.exists()


def test_whatever_is_uploaded_gets_its_sentence_and_the_worker_lives_on(
    here: Any, process: Running, sign_in: Any, tmp_path: Path
) -> None:
    erika = Uploader(here, sign_in(make_erika(here.generation)))
    built = {build.__name__: build(tmp_path / f"{build.__name__}.xlsx").read_bytes() for build in BAD}
    bad = {
        "report.csv": (b"%PDF-1.7\n" + b"x" * 500, "the content is “PDF”"),
        "macro.xlsx": (built["macro"], "contains macros"),
        "bomb.xlsx": (built["bomb"], "When unpacked, the file is larger than"),
        "doctype.xlsx": (built["doctype"], "XML instructions that are not allowed"),
        "far.xlsx": (built["far_row"], "cells beyond row"),
        "truncated.xlsx": (built["truncated"], "incomplete or damaged"),
        "company.xls": ((COMPANY / "linkedin-followers.xls").read_bytes(), "export of a company page"),
    }
    for name, (content, words) in bad.items():
        run = erika.upload(name, content)
        page = erika.page(run)
        assert run.state == RunState.REFUSED, (name, run.state, run.message)
        assert words in page, (name, run.message)
        assert "Nothing was stored." in page
    assert not Reading.objects.exists()
    assert process.process.poll() is None, "it is the same worker as before"
    run = erika.upload(OWN_EXPORT.name, OWN_EXPORT.read_bytes())
    assert run.state == RunState.PREVIEW, "and it goes on with the next file"


def test_one_gigabyte_is_refused_while_it_comes_in(here: Any, live_server: Any, client: Client) -> None:
    """The answer is there after the first piece: nobody waits for a gigabyte to be told that it is too much."""
    client.force_login(make_erika(here.generation, Purpose.PARTICIPATION, Purpose.OWN_FIGURES))
    address = reverse("analytics:import_new", args=[here.program.slug])
    token = client.get(address).cookies["csrftoken"].value
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="big.csv"\r\n\r\n'
    connection = http.client.HTTPConnection(urlsplit(live_server.url).netloc, timeout=PATIENCE)
    connection.putrequest("POST", address)
    for name, value in {
        "Cookie": f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}",
        "X-CSRFToken": token,
        "Content-Type": "multipart/form-data; boundary=b",
        "Content-Length": str(1024**3),
    }.items():
        connection.putheader(name, value)
    connection.endheaders(head + b"x" * 200_000)
    answer = connection.getresponse()  # long before a gigabyte was sent
    assert answer.status == 413
    assert "the limit is 50 MB" in answer.read().decode()
    assert not ImportRun.objects.exists()
