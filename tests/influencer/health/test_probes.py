"""Live and ready: each dependency that is gone, hangs or lags turns its own field red, and nothing else."""

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.cache import cache
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test import Client

from core.kit import database, rooms
from influencer.health import probes
from tests.worker import PATIENCE

READY, LIVE = "/health/ready", "/health/live"


@pytest.fixture(autouse=True)
def known(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first question of a process looks for all migrations, and a busy machine takes its time: what is there gets
    as much of it as it needs. What hangs is given up as soon as on a site."""
    probes._shipped()
    if "silent" not in request.fixturenames:
        monkeypatch.setattr(probes, "LIMIT", PATIENCE)
        monkeypatch.setattr(database, "CONNECT", PATIENCE)


@pytest.fixture
def beating() -> Iterator[None]:
    """A worker that is there."""
    probes.record_heartbeat()
    yield
    cache.delete(probes.HEARTBEAT)


def test_all_migrations_are_known_without_executing_one() -> None:
    assert probes._shipped() == frozenset(MigrationLoader(None).graph.nodes)
    code = (
        "import sys, django; django.setup()\n"
        "from influencer.health import probes\n"
        "assert probes._shipped()\n"
        "print([name for name in sys.modules if '.migrations.0' in name])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


@pytest.fixture
def silent() -> Iterator[int]:
    """A server that takes connections and says nothing: it hangs, as a paused database does."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def ask(path: str = READY) -> tuple[int, dict[str, str]]:
    answer = Client().get(path)
    return answer.status_code, json.loads(answer.content)


def states(**wrong: str) -> dict[str, str]:
    return {"status": "down", "database": "ok", "migrations": "ok", "broker": "ok", "worker": "ok"} | wrong


pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("beating")
def test_ready_when_all_is_there() -> None:
    assert ask() == (200, states(status="ok"))


def test_not_ready_without_a_worker() -> None:
    cache.delete(probes.HEARTBEAT)
    assert ask() == (503, states(worker="late"))


def test_not_ready_when_the_last_heartbeat_is_old() -> None:
    cache.set(probes.HEARTBEAT, time.time() - probes.HEARTBEAT_MAY_BE_OLD - 1, timeout=60)
    assert ask() == (503, states(worker="late"))
    cache.delete(probes.HEARTBEAT)


@pytest.mark.usefixtures("beating")
def test_not_ready_without_the_broker(settings: Any, tmp_path: Path) -> None:
    settings.REDIS_URL = f"unix://{tmp_path}/nobody"
    assert ask() == (503, states(broker="down"))


@pytest.mark.usefixtures("beating")
def test_not_ready_when_the_broker_hangs(settings: Any, silent: int) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{silent}"
    assert ask() == (503, states(broker="down"))


@pytest.mark.usefixtures("beating")
def test_not_ready_without_the_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(connection.settings_dict, "HOST", str(tmp_path))
    assert ask() == (503, states(database="down", migrations="down"))


@pytest.mark.usefixtures("beating")
def test_not_ready_when_the_database_hangs(monkeypatch: pytest.MonkeyPatch, silent: int) -> None:
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", str(silent))
    before = threading.active_count()
    for _ in range(3):  # asking again must not pile up waiting threads
        assert ask() == (503, states(database="down", migrations="down"))
    assert threading.active_count() <= before + 2


def test_the_answer_does_not_wait_for_who_hangs() -> None:
    end = threading.Event()
    hanging = {"hanging": lambda: "ok" if end.wait() else ""}
    try:
        assert probes.ask({**hanging, "quick": lambda: "ok"}, limit=0.5) == {"hanging": "down", "quick": "ok"}
        assert probes.ask(hanging, limit=0) == {"hanging": "down"}
    finally:
        end.set()


@pytest.mark.usefixtures("beating")
def test_not_ready_while_a_migration_waits() -> None:
    params = connection.get_connection_params()
    del params["cursor_factory"], params["context"]
    with psycopg.connect(**params, autocommit=True) as own:
        row = own.execute(
            "DELETE FROM django_migrations WHERE app = 'programs' RETURNING app, name, applied"
        ).fetchall()
        try:
            assert ask() == (503, states(migrations="pending"))
        finally:
            for each in row:
                own.execute("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", each)


def test_live_asks_nobody(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings.REDIS_URL = f"unix://{tmp_path}/nobody"
    monkeypatch.setitem(connection.settings_dict, "HOST", str(tmp_path))
    assert ask(LIVE)[:2] == (200, {"status": "ok"})


@pytest.mark.parametrize("path", [READY, LIVE])
def test_no_version_and_no_host_leaks(path: str) -> None:
    answer = Client().get(path)
    words = {"status", "database", "migrations", "broker", "worker", "ok", "down", "late", "pending"}
    assert set(json.loads(answer.content).values()) | set(json.loads(answer.content)) <= words
    assert not {"Server", "X-Powered-By"} & set(answer.headers)
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("path", [READY, LIVE])
def test_probes_only_look(path: str) -> None:
    assert Client().post(path).status_code == 405


def test_the_heartbeat_of_the_timetable_is_a_known_task() -> None:
    from influencer.health.tasks import beat  # noqa: PLC0415 - after the environment

    assert beat in {line.task for room in rooms.every() for line in room.timetable}
    cache.delete(probes.HEARTBEAT)
    beat()
    assert probes.worker() == "ok"
    cache.delete(probes.HEARTBEAT)
