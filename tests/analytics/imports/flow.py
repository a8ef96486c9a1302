"""What a person does with a file, in few words: upload it, let it be read, apply it, look at the page."""

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from analytics.imports import jobs
from analytics.imports.models import ImportRun, RunState


def url(world: Any, name: str, *args: Any) -> str:
    return reverse(f"analytics:{name}", args=[world.program.slug, *args])


def upload(client: Any, world: Any, source: Path | bytes, name: str = "", **data: Any) -> ImportRun:
    content = source if isinstance(source, bytes) else source.read_bytes()
    name = name or ("figures.csv" if isinstance(source, bytes) else source.name)
    answer = client.post(url(world, "import_new"), {"file": SimpleUploadedFile(name, content), **data})
    assert answer.status_code == 302, answer.content.decode()
    run = ImportRun.objects.latest("pk")
    assert answer.url == url(world, "import_detail", run.pk)
    return run


def read(run: ImportRun) -> ImportRun:
    jobs.read(run.pk)
    run.refresh_from_db()
    return run


def applied(client: Any, world: Any, run: ImportRun) -> ImportRun:
    assert run.state == RunState.PREVIEW, (run.state, run.message)
    client.post(url(world, "import_apply", run.pk))
    jobs.apply(run.pk)
    run.refresh_from_db()
    assert run.state == RunState.APPLIED
    return run


def undone(client: Any, world: Any, run: ImportRun) -> ImportRun:
    client.post(url(world, "import_undo", run.pk))
    jobs.undo(run.pk)
    run.refresh_from_db()
    assert run.state == RunState.UNDONE
    return run


def page(client: Any, world: Any, run: ImportRun) -> str:
    answer = client.get(url(world, "import_detail", run.pk))
    assert answer.status_code == 200
    return answer.content.decode()
