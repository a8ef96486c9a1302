"""What `make run` serves is compressed as in production, made once, and made again only after a change."""

import gzip
from pathlib import Path
from typing import Any

import brotli
import pytest

from influencer.embedded import static


@pytest.fixture
def collected(settings: Any, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "influencer.embedded.static.DemoStorage"}}
    static.collect()
    return tmp_path / "static"


def test_own_files_are_compressed_and_others_are_not(collected: Path) -> None:
    sheet = next(collected.glob("css/site.*.css"))
    assert brotli.decompress(sheet.with_suffix(".css.br").read_bytes()) == sheet.read_bytes()
    assert gzip.decompress(sheet.with_suffix(".css.gz").read_bytes()) == sheet.read_bytes()
    assert list(collected.glob("vendor/echarts/echarts.min.*.js.br"))
    assert not list(collected.glob("admin/**/*.br"))


def test_they_are_made_again_only_after_a_change(collected: Path) -> None:
    assert static.is_current()
    mark = collected.with_suffix(".collected")
    mark.write_text("another state")
    assert not static.is_current()
