"""`make run` in a folder and at a port of its own, with PostgreSQL and Valkey of its own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg

from tests.worker import PATIENCE

ROOT = Path(__file__).parents[1]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


class Site:
    """One folder and port; `start` is `make run DEMO=0`, or with the demo."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        clean = {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "TEST_RUN", "STATIC_HASHED", "SECRET_KEY"}
        self.environment = {key: value for key, value in os.environ.items() if key not in clean}
        self.environment |= {"DATA_DIR": str(home), "PORT": str(self.port), "STATIC_HASHED": "0"}
        self.log = home / "up.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, *, with_demo: bool = False, **more: str) -> None:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up", "--stay-down", *([] if with_demo else ["--no-demo"])],
                cwd=ROOT, env=self.environment | more, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def until_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while "Ctrl-C" not in self.log.read_text():
            assert self.process
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.1)

    def parts(self) -> list[int]:
        return [pid for pid, _ in json.loads((self.home / "up.json").read_text())][1:]

    def servers(self) -> list[psutil.Process]:
        """PostgreSQL with its children, and Valkey."""
        return [
            each
            for each in psutil.process_iter(["cwd", "name", "ppid"])
            if (each.info["cwd"] or "").startswith(str(self.home))
        ]

    def server(self, name: str) -> psutil.Process:
        """`postgres` or `valkey-server`: the process that the others descend from."""
        pids = {each.pid: each for each in self.servers() if each.info["name"] == name}
        (first,) = [each for each in pids.values() if each.info["ppid"] not in pids]
        return first

    def signal(self, name: str, how: int) -> list[psutil.Process]:
        """To the server and its children; PostgreSQL ends one of them whenever it likes. Returns who had it."""
        told = []
        first = self.server(name)
        for each in [first, *first.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                each.send_signal(how)
                told.append(each)
        return told

    @contextmanager
    def hanging(self, name: str) -> Iterator[None]:
        stopped = self.signal(name, signal.SIGSTOP)
        try:
            yield
        finally:
            for each in stopped:
                with suppress(psutil.NoSuchProcess):
                    each.send_signal(signal.SIGCONT)

    def bring_servers_back(self) -> None:
        """Any command of the site starts what is missing."""
        subprocess.run(
            [sys.executable, "manage.py", "check"], cwd=ROOT, env=self.environment, check=True, capture_output=True
        )

    def sql(self, text: str, *values: object) -> list[tuple]:
        password = (self.home / "password_influencer").read_text()
        address = f"host={self.home / 'run'} user=influencer password={password} dbname=influencer"
        with psycopg.connect(address, autocommit=True) as connection:
            answer = connection.execute(text, values or None)
            return answer.fetchall() if answer.description else []

    def end(self, how: int) -> int:
        assert self.process
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)

    def clear_away(self) -> None:
        if self.process and self.process.poll() is None:
            self.end(signal.SIGTERM)
        if self.servers():  # of a killed run: this command adopts them and stops them with it
            self.bring_servers_back()
        shutil.rmtree(self.home, ignore_errors=True)


@contextmanager
def own_site() -> Iterator[Site]:
    home = Path(tempfile.mkdtemp(prefix="up-"))  # short: sockets live below it
    home.chmod(0o755)
    site = Site(home)
    try:
        yield site
    finally:
        site.clear_away()
