"""What the embedded servers write is for its owner only."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from influencer.embedded.servers import EmbeddedError, needed, refuse_others
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

AS_OWNER = """
import sys
from pathlib import Path
import psycopg
from psycopg.conninfo import conninfo_to_dict
from influencer.embedded.servers import services

def owner_is_asked(environment):
    site = conninfo_to_dict(environment["DATABASE_URL"])
    psycopg.connect(**site).close()
    for password in ({"password": site["password"]}, {"password": ""}):
        try:
            psycopg.connect(**site | {"user": "influencer"} | password).close()
        except psycopg.OperationalError as error:
            assert "password" in str(error), error
        else:
            raise AssertionError("The site is in as the owner.")

home = Path(sys.argv[1])
with services(home, durable=False) as environment:
    owner_is_asked(environment)
    with psycopg.connect(environment["DATABASE_OWNER_URL"]) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 7 AS n")
for was in sys.argv[2].split():  # as a folder of an older version is, and one whose password got lost
    if was == "trust":
        next(home.rglob("pg_hba.conf")).write_text("local all all trust\\n")
    for file in home.rglob("password_influencer*"):
        file.unlink()
    with services(home, durable=False) as environment:
        owner_is_asked(environment)
        with psycopg.connect(environment["DATABASE_OWNER_URL"]) as owner:
            print(owner.execute("SELECT n FROM kept").fetchone()[0])
"""


KILLED = """
import os, signal, subprocess, sys, time
from pathlib import Path
import psycopg, redis
from influencer.embedded.servers import bring_back, services

home = Path(sys.argv[1])
with services(home) as environment:
    def answers():
        with psycopg.connect(environment["DATABASE_URL"]) as site:
            return site.execute("SELECT 7").fetchone()[0], redis.Redis.from_url(environment["REDIS_URL"]).ping()

    postgres = int(next(home.rglob("postmaster.pid")).read_text().split()[0])
    valkey = redis.Redis.from_url(environment["REDIS_URL"]).info("server")["process_id"]
    os.kill(valkey, signal.SIGSTOP)
    bring_back()
    os.kill(valkey, signal.SIGCONT)
    print(redis.Redis.from_url(environment["REDIS_URL"]).info("server")["process_id"] == valkey)
    for pid in (valkey, postgres):
        os.kill(pid, signal.SIGKILL)
    for _ in range(60):
        time.sleep(0.5)
        bring_back()
        try:
            print(*answers())
            break
        except (psycopg.OperationalError, redis.ConnectionError):
            continue
"""


@pytest.fixture
def passable() -> Iterator[Path]:
    """Where the tests run as root, PostgreSQL runs as `nobody`, who cannot pass pytest's own folder."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o711)
        yield Path(name)


def open_to_others(lines: list[str]) -> list[str]:
    return [line for line in lines if int(line.split()[0], 8) & 0o077 and not line.endswith(".sock")]


def with_own_servers(script: str, *arguments: object) -> list[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE", "REDIS"))}
    before = os.umask(0o000)
    try:
        run = subprocess.run(
            [sys.executable, "-c", script, *map(str, arguments)],
            cwd=ROOT, env=environment, capture_output=True, text=True,
        )  # fmt: skip
    finally:
        os.umask(before)
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


@pytest.mark.slow
def test_the_site_does_not_become_the_owner_of_its_tables(passable: Path) -> None:
    """Neither in a new data folder nor in one that was made before the owner had a password; what it holds stays."""
    assert with_own_servers(AS_OWNER, passable / "data", "trust lost") == ["7", "7"]


@pytest.mark.slow
def test_a_server_that_was_killed_comes_back_and_one_that_hangs_is_left_alone(passable: Path) -> None:
    assert with_own_servers(KILLED, passable / "data") == ["True", "7 True"]


@pytest.mark.slow
@pytest.mark.parametrize("there", ["", "users", "up.lock"])
def test_the_data_folder_is_for_its_owner(passable: Path, there: str) -> None:
    """Also one from before, that lay open, one with only our lock in it, and whatever the umask of the shell is."""
    home = passable / "data"
    if there:
        home.mkdir()
        (home / there).touch()
        home.chmod(0o755)
    listed = with_own_servers(WORK, home)
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


def test_a_folder_that_somebody_else_has_laid_out_for_the_sockets_is_refused(tmp_path: Path) -> None:
    theirs, run = tmp_path / "theirs", tmp_path / "run"
    theirs.mkdir()
    run.symlink_to(theirs)
    with pytest.raises(EmbeddedError, match="somebody else"):
        refuse_others(run, {})
    run.unlink()
    refuse_others(run, {})
    run.mkdir()
    run.chmod(0o777)
    refuse_others(run, {})
    assert stat.S_IMODE(run.stat().st_mode) == 0o700
    if os.getuid() == 0:
        os.chown(run, 12345, -1)
        with pytest.raises(EmbeddedError, match="somebody else"):
            refuse_others(run, {"user": "nobody"})
