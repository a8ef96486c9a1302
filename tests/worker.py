"""A real Celery worker (and whatever else runs as a process) against the test's own database and broker.

    with worker("mail", concurrency=2) as process:
        newsletters_tasks.sweep.delay()
        ...
        process.kill()          # SIGKILL, with the children

Only for tests with `@pytest.mark.django_db(transaction=True)`: the worker sees what is committed. The worker reads
the same Valkey with the same key prefix as this test run, so `.delay()` of this process reaches it.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
from celery import current_app
from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from tests import roles

#: Seconds until a wait counts as hopeless. Only what is broken ever waits so long, so it may be far too much.
PATIENCE = 180.0
ROOT = Path(__file__).resolve().parents[1]


class Running:
    """A started process with its children."""

    def __init__(self, command: list[str], environment: dict[str, str], log: Path | None = None) -> None:
        out: Any = log.open("ab") if log else subprocess.DEVNULL
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        return self.process.pid

    def children(self) -> list[psutil.Process]:
        """The forked processes that do the work."""
        with suppress(psutil.NoSuchProcess):
            return psutil.Process(self.pid).children(recursive=True)
        return []

    def kill_a_child(self) -> bool:
        """SIGKILL to one process that works; the worker itself lives on and forks another."""
        for child in self.children()[:1]:
            with suppress(psutil.NoSuchProcess):
                child.kill()
                return True
        return False

    def kill(self) -> None:
        """SIGKILL to the worker and everything it forked, as a power cut would."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(PATIENCE / 3)
            except subprocess.TimeoutExpired:
                self.kill()


def environment(**more: str) -> dict[str, str]:
    """The environment of a process that shares this test's database, broker and mail server."""
    database = connection.settings_dict
    parts = {name: database[name.upper()] for name in ("user", "password", "host", "port") if database[name.upper()]}
    url = make_conninfo(dbname=database["NAME"], options=roles.AS_SITE, **parts)
    return os.environ | {
        "DATABASE_URL": url,
        "DATA_DIR": str(Path(settings.MEDIA_ROOT).parent),
        "REDIS_URL": settings.REDIS_URL,
        "SECRET_KEY": settings.SECRET_KEY,
        "SMTP_HOST": settings.EMAIL_HOST,
        "SMTP_PORT": str(settings.EMAIL_PORT),
        "TEST_RUN": os.environ.get("TEST_RUN", ""),
        "DJANGO_SETTINGS_MODULE": "influencer.settings",
        **more,
    }


@contextmanager
def worker(
    *queues: str, concurrency: int = 1, log: Path | None = None, module: str = "influencer.at_work", **more: str
) -> Iterator[Running]:
    """A worker for these queues, ready to work; settings that come from the environment can be given by name. `module`:
    one that changes something and then is `influencer.at_work`."""
    forget_messages()
    command = [sys.executable, "-m", module, "worker", "-Q", ",".join(queues), "-c", str(concurrency)]
    command += ["-n", f"test{time.monotonic_ns()}@here"]
    running = Running(command, environment(**more), log)
    try:
        yield running
    finally:
        running.stop()
        forget_messages()


def forget_messages() -> None:
    """Empty the broker's queues of this test run: nothing of an earlier test is worked off later."""
    with current_app.connection_for_write() as broker:
        for queue in ("now", "default", "mail", "imports", "reports", "networks"):
            with suppress(Exception):
                broker.default_channel.queue_purge(queue)


def wait_until(condition: Any, seconds: float = PATIENCE, pause: float = 0.1, tick: Any = None) -> bool:
    """Whether a condition came true in time. `tick`: the periodic task that finds the work, sent every second as the
    clock sends it again and again: a single one may come while the worker is still at the work before."""
    until = time.monotonic() + seconds
    ticks = until - seconds  # when the next one is due
    while time.monotonic() < until:
        if condition():
            return True
        if tick and time.monotonic() >= ticks:
            ticks = time.monotonic() + 1
            tick.delay()
        time.sleep(pause)
    return bool(condition())
