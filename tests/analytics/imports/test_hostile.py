"""Files that mean harm, from the upload to the sentence a person reads; the worker lives on."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from analytics.imports import jobs
from analytics.imports.messages import MESSAGES
from analytics.imports.models import ImportRun, RunState
from analytics.metrics.models import Reading
from core.sheets.messages import MESSAGES as SHEETS
from tests.factories.imports import PROFILE, SYNTHETIC, TABLE

HOSTILE = SYNTHETIC / "hostile"


def bomb() -> bytes:
    """A workbook whose sheet unpacks to 200 MB."""
    made = io.BytesIO()
    with zipfile.ZipFile(PROFILE) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            with target.open(item.filename, "w") as part:
                part.write(source.read(item))
                if item.filename.endswith("sheet1.xml"):
                    for _ in range(200):
                        part.write(b" " * 1_000_000)
    return made.getvalue()


def macros() -> bytes:
    made = io.BytesIO(PROFILE.read_bytes())
    with zipfile.ZipFile(made, "a") as target:
        target.writestr("xl/vbaProject.bin", b"\0" * 100)
    return made.getvalue()


FILES = {
    "zip bomb": ("bomb.xlsx", bomb, "unpacked_size"),
    "macros inside": ("harmless.xlsx", macros, "macros"),
    "macro file": ("formula_and_macro.xlsm", None, "macros"),
    "entities": ("xml_entity_expansion.xlsx", None, "xml_entities"),
    "far-away cell": ("lying_dimension.xlsx", None, ""),
    "wrong type": ("figures.csv", lambda: b"%PDF-1.7\n" + b"x" * 500, "type_mismatch"),
    "program's data": ("figures.csv", lambda: b'{"data": [1, 2]}', "json"),
    "cut short": ("AggregateAnalytics.xlsx", lambda: PROFILE.read_bytes()[:5000], "damaged"),
    "text as xls": ("figures.xls", lambda: b"<html><table><tr><td>1</td></tr></table></html>", ""),
    "not ours": ("picture.png", lambda: b"\x89PNG\r\n\x1a\n" + b"0" * 90, "type_unknown"),
    "nothing in it": ("figures.csv", lambda: b"\n\n", ""),
    "open quote": ("figures.csv", lambda: TABLE + b'2026-10-08,"impressions,4\n2026-10-09,saves,1\n', "csv_syntax"),
}


@pytest.mark.parametrize("what", FILES)
def test_a_hostile_file_is_refused_with_its_reason(
    what: str, world: Any, sign_in: Any, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    name, make, code = FILES[what]
    content = make() if make else (HOSTILE / name).read_bytes()
    client = sign_in(world.influencer)
    address = reverse("analytics:import_new", args=[world.program.slug])
    assert client.post(address, {"file": SimpleUploadedFile(name, content)}).status_code == 302
    run = ImportRun.objects.latest("pk")
    jobs.read(run.pk)  # this process is the worker: it is still here afterwards
    run.refresh_from_db()
    assert run.state == RunState.REFUSED, run.message
    assert run.message["code"] in ({code} if code else set(MESSAGES) | set(SHEETS))
    page = client.get(reverse("analytics:import_detail", args=[world.program.slug, run.pk])).content.decode()
    assert "This file cannot be imported" in page
    assert "Nothing was stored." in page
    assert not Reading.objects.exists()


def test_formulas_as_text_stay_text(world: Any, sign_in: Any, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    content = TABLE + b'2026-10-08,"=HYPERLINK(""http://evil.example"")",4\n'
    client = sign_in(world.influencer)
    client.post(
        reverse("analytics:import_new", args=[world.program.slug]), {"file": SimpleUploadedFile("f.csv", content)}
    )
    run = ImportRun.objects.latest("pk")
    jobs.read(run.pk)
    run.refresh_from_db()
    assert (run.state, run.rows_new, run.rows_refused) == (RunState.PREVIEW, 3, 1)
