"""What the embedded servers write is for its owner only."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from influencer.embedded.servers import needed
from tests.house.code import ROOT

WORK = """
import os, sys
from pathlib import Path
from influencer.embedded.servers import services
with services(Path(sys.argv[1])) as environment:
    (Path(environment["DATA_DIR"]) / "made_at_work").write_text("x")
    for folder, folders, files in os.walk(Path(environment["DATA_DIR"])):
        for name in (*folders, *files):
            path = Path(folder, name)
            if not path.is_symlink():
                print(oct(path.lstat().st_mode & 0o777), path)
"""


@pytest.fixture
def passable() -> Iterator[Path]:
    """Where the tests run as root, PostgreSQL runs as `nobody`, who cannot pass pytest's own folder."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o711)
        yield Path(name)


def open_to_others(lines: list[str]) -> list[str]:
    return [line for line in lines if int(line.split()[0], 8) & 0o077 and not line.endswith(".sock")]


@pytest.mark.slow
@pytest.mark.parametrize("exists", [False, True])
def test_the_data_folder_is_for_its_owner(passable: Path, exists: bool) -> None:
    """Also one from before, that lay open, and whatever the umask of the shell is."""
    home = passable / "data"
    if exists:
        home.mkdir()
        (home / "users").touch()
        home.chmod(0o755)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE", "REDIS"))}
    before = os.umask(0o000)
    try:
        run = subprocess.run(
            [sys.executable, "-c", WORK, home], cwd=ROOT, env=environment, capture_output=True, text=True
        )
    finally:
        os.umask(before)
    assert run.returncode == 0, run.stderr
    listed = run.stdout.splitlines()
    assert {"made_at_work", "mutex", "users", "PG_VERSION", "log"} <= {Path(line).name for line in listed}
    assert open_to_others(listed) == []
    assert stat.S_IMODE(home.stat().st_mode) in (0o700, 0o711)
    assert stat.S_IMODE(home.stat().st_mode) & 0o066 == 0


def test_what_lies_open_is_seen() -> None:
    assert open_to_others(["0o600 a", "0o644 b", "0o750 c", "0o700 d"]) == ["0o644 b", "0o750 c"]


@pytest.mark.parametrize("suffix", ["", "_FILE"])
def test_who_brings_servers_needs_none(suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also as secrets in files, as the compose file has them: the image holds no embedded servers."""
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    assert needed()
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.setenv(name + suffix, "/run/secrets/x")
    assert not needed()
