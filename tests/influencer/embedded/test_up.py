"""`make run` as people meet it: started, stopped, killed, started twice, on a port that is taken."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from influencer.embedded.processes import EmbeddedError, end_leftovers, prepare, start_time, write_register
from tests.site import ROOT, Site, own_site
from tests.worker import PATIENCE

pytestmark = pytest.mark.slow


@pytest.fixture
def site() -> Iterator[Site]:
    with own_site() as site:
        yield site


def until_gone(pids: list[int]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while any(map(start_time, pids)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not any(map(start_time, pids))


def test_it_runs_and_stops_without_a_trace(site: Site) -> None:
    site.start()
    site.until_ready()
    for path in ("/", "/dev/inbox/", "/health/ready"):
        with urllib.request.urlopen(f"http://127.0.0.1:{site.port}{path}", timeout=PATIENCE) as answer:
            assert answer.status == 200
    everybody = [child.pid for child in psutil.Process(site.process.pid).children(recursive=True)]
    assert len(everybody) >= 7  # mail, web and 2 workers, worker and 2 children, beat
    again = subprocess.run(
        [sys.executable, "manage.py", "up"],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert again.returncode == 1
    assert f"already runs with the data in {site.home} (at http://localhost:{site.port})" in again.stderr
    assert site.end(signal.SIGTERM) == 0
    assert until_gone(everybody)
    assert "Traceback" not in site.log.read_text()
    assert not (site.home / "up.json").exists()


def test_after_kill_9_nothing_keeps_the_port_and_the_data_is_there(site: Site) -> None:
    site.start()
    site.until_ready()
    key = (site.home / "secret_key").read_text()
    everybody = [child.pid for child in psutil.Process(site.process.pid).children(recursive=True)]
    site.sql("CREATE TABLE kept AS SELECT 42 AS answer")
    site.end(signal.SIGKILL)
    if sys.platform == "linux":
        assert until_gone(everybody)
    servers = site.servers()
    assert len(servers) > 2
    for server in servers:
        server.kill()
    site.start()
    site.until_ready()
    assert site.sql("SELECT answer FROM kept") == [(42,)]
    assert (site.home / "secret_key").read_text() == key
    for part in site.parts():
        assert start_time(part)


def test_one_part_that_dies_takes_the_rest_along(site: Site) -> None:
    site.start()
    site.until_ready()
    parts = site.parts()
    os.kill(parts[-1], signal.SIGKILL)
    assert site.process.wait(PATIENCE) == 1
    assert "The beat process was ended by signal 9; everything else was stopped too." in site.log.read_text()
    assert until_gone(parts)


def test_a_port_in_use_is_named(site: Site) -> None:
    with socket.create_server(("127.0.0.1", site.port)):
        site.start()
        assert site.process.wait(PATIENCE) == 1
    assert f"Port {site.port} is in use by another program" in site.log.read_text()
    assert f"PORT={site.port + 1} make run" in site.log.read_text()
    assert "Traceback" not in site.log.read_text()


def test_a_nonsense_port_is_refused(site: Site) -> None:
    site.start(PORT="70000")
    assert site.process.wait(PATIENCE) == 1
    assert "PORT must be a number from 1 to 65535, not '70000'." in site.log.read_text()


@pytest.mark.parametrize("port", ["eighty", "0", "-1", "8000.0"])
def test_other_nonsense_is_refused_too(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(EmbeddedError, match="PORT must be a number from 1 to 65535"):
        prepare()


def test_a_folder_that_cannot_be_written_is_named(site: Site) -> None:
    (site.home / "file").touch()
    site.start(DATA_DIR=str(site.home / "file"))
    assert site.process.wait(PATIENCE) == 1
    assert f"Nothing can be written to {site.home / 'file'}" in site.log.read_text()
    assert "Traceback" not in site.log.read_text()


def test_leftovers_are_ended_but_never_a_stranger_with_the_same_number(tmp_path: Path) -> None:
    register = tmp_path / "up.json"
    sleepers = [subprocess.Popen(["sleep", "60"]) for _ in range(2)]
    write_register(register, [sleeper.pid for sleeper in sleepers])
    rows = json.loads(register.read_text())
    rows[1][1] = "another time"
    register.write_text(json.dumps(rows))
    assert end_leftovers(register) == 1
    assert sleepers[0].wait(PATIENCE) == -signal.SIGTERM
    assert sleepers[1].poll() is None
    sleepers[1].kill()
    sleepers[1].wait()


@pytest.mark.parametrize("content", ["", "[[12", "{}", "[]"])
def test_a_broken_register_is_no_hindrance(tmp_path: Path, content: str) -> None:
    (tmp_path / "up.json").write_text(content)
    assert end_leftovers(tmp_path / "up.json") == 0
    assert not (tmp_path / "up.json").exists()
