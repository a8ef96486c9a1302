"""What a killed worker left of somebody whose account is erased: nothing of it stays on the disk."""

import os
from pathlib import Path
from typing import Any

from core.kit.workplace import JUST_MADE, workplace
from core.people.models import ERASED
from core.people.services import erase_account
from influencer.privacy import jobs

ROWS = "https://linkedin.example/posts/anna-4711"


def test_an_erased_account_leaves_nothing_in_the_folder_of_work(world: Any, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    left = workplace() / "tmp-of-a-killed-worker"
    left.mkdir()
    (left / "upload.csv").write_text(f"{world.influencer2.email};{ROWS}", encoding="utf-8")
    (left / "rows.tsv").write_text(ROWS, encoding="utf-8")
    before = left.stat().st_mtime - JUST_MADE - 1
    os.utime(left, (before, before))
    address = world.influencer2.email
    erase_account(world.influencer2)
    assert jobs.retention().failed == 0
    world.influencer2.refresh_from_db()
    assert world.influencer2.email.endswith(ERASED)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in files if ROWS.encode() in path.read_bytes() or address.encode() in path.read_bytes()]
    assert list(workplace().iterdir()) == []
