"""Files at work lie in a private folder; what a killed process left there goes, what is being worked on stays."""

import os
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as real
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import RequestFactory

from core.kit.uploads import PrivateUpload
from core.kit.workplace import JUST_MADE, piece_of_work, tidy, workplace

WORKER = """
import django, sys, time
django.setup()
from core.kit.workplace import piece_of_work
with piece_of_work() as folder:
    (folder / "upload").write_text("private")
    print(folder, flush=True)
    time.sleep(600)
"""


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def later() -> float:
    return time.time() + JUST_MADE + 1


def test_only_the_site_may_look_into_it() -> None:
    assert stat.S_IMODE(workplace().stat().st_mode) == 0o700
    with piece_of_work() as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert list(workplace().iterdir()) == []


def test_what_a_killed_process_left_goes_and_what_is_at_work_stays(tmp_path: Path) -> None:
    environment = os.environ | {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "influencer.settings"}
    command = [sys.executable, "-c", WORKER]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=real.BASE_DIR)
    try:
        folder = Path(process.stdout.readline().strip())  # type: ignore[union-attr]
        assert (tidy(later()), folder.exists()) == (0, True)
    finally:
        process.kill()
        process.wait()
    assert (folder / "upload").read_text() == "private"
    assert (tidy(), folder.exists()) == (0, True)  # it was made a moment ago
    assert (tidy(later()), folder.exists()) == (1, False)


def test_a_large_upload_lies_there_while_its_request_lasts() -> None:
    handler = PrivateUpload(RequestFactory().post("/"))
    assert isinstance(handler, TemporaryFileUploadHandler)
    handler.new_file("file", "secret.csv", "text/csv", 3)
    handler.receive_data_chunk(b"abc", 0)
    upload = handler.file_complete(3)
    path = Path(upload.temporary_file_path())
    assert (path.parent, path.read_bytes(), upload.name, upload.size) == (workplace(), b"abc", "secret.csv", 3)
    assert tidy(later()) == 0
    upload.close()
    assert list(workplace().iterdir()) == []


def test_uploads_are_set_up_to_lie_there() -> None:
    assert "core.kit.uploads.PrivateUpload" in real.FILE_UPLOAD_HANDLERS
    assert "django.core.files.uploadhandler.TemporaryFileUploadHandler" not in real.FILE_UPLOAD_HANDLERS
