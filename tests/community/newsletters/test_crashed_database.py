"""PostgreSQL loses what was not on disk when one of its processes is killed, and goes on by itself."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from community.newsletters.ledger import LAST_START
from influencer.embedded.servers import services
from tests.worker import wait_until

pytestmark = pytest.mark.slow


@pytest.fixture
def home() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a socket lies below it
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def test_a_crash_that_it_recovers_from_counts_as_a_start(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for given in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        monkeypatch.delenv(given, raising=False)
    with services(home, durable=False) as environment:

        def asked(what: str) -> Any:
            with psycopg.connect(environment["DATABASE_URL"]) as connection:
                return connection.execute(f"SELECT {what}").fetchone()

        def begun() -> Any:
            try:
                return asked(LAST_START)
            except psycopg.OperationalError:
                return before  # it is recovering

        before, started = asked("now()"), asked("pg_postmaster_start_time()")
        assert asked(LAST_START) < before
        servers = [each for each in psutil.process_iter(["cwd"]) if (each.info["cwd"] or "").startswith(str(home))]
        next(each for each in servers if "checkpointer" in " ".join(each.cmdline())).kill()
        assert wait_until(lambda: begun() > before, 60)
        assert asked("pg_postmaster_start_time()") == started
