"""A database that says nothing is given up in bounded time."""

import os
import socket
import threading
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction
from django.db.utils import InterfaceError
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import ConnectionPool

from core.kit import database
from core.kit.breaker import Breaker
from tests.house.test_production import production, run
from tests.worker import wait_until


class Relay:
    """A way to the test's PostgreSQL that can fall silent."""

    def __init__(self) -> None:
        self.silent, self.ends = threading.Event(), []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self.socket.accept()
                there = socket.socket(socket.AF_UNIX)
                self.ends += [here, there]
                there.connect(f"{conninfo_to_dict(os.environ['DATABASE_URL'])['host']}/.s.PGSQL.5432")
                for source, target in ((here, there), (there, here)):
                    threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while got := source.recv(4096):
                if not self.silent.is_set():
                    target.sendall(got)

    def close(self) -> None:
        for each in (self.socket, *self.ends):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)  # who reads there stops
            each.close()


def _connect(seconds: float, **more: Any) -> Any:
    """To the server of the tests, beside their database: who connects there would stand in the way of its copies."""
    beside = conninfo_to_dict(os.environ["DATABASE_URL"])
    return database.patient(seconds).connect(**{**beside, "autocommit": True, **more})


def test_a_connection_that_says_nothing_is_given_up() -> None:
    own = _connect(0.3)
    at_the_server = own.info.backend_pid
    with pytest.raises(psycopg.OperationalError):
        own.execute("SELECT pg_sleep(60)")
    assert own.closed
    with pytest.raises(psycopg.OperationalError):
        own.execute("SELECT 1")
    with _connect(30) as another:  # it would sleep on
        another.execute("SELECT pg_terminate_backend(%s)", [at_the_server])


def test_an_answer_of_the_server_keeps_the_connection() -> None:
    with _connect(30) as own:
        own.execute("SET statement_timeout = 50")
        with pytest.raises(psycopg.errors.QueryCanceled):
            own.execute("SELECT pg_sleep(60)")
        assert own.execute("SELECT 1").fetchone() == (1,)


def test_a_connection_that_broke_in_the_pool_is_noticed() -> None:
    own = _connect(30)
    ConnectionPool.check_connection(own)
    with _connect(30) as another:
        another.execute("SELECT pg_terminate_backend(%s)", [own.info.backend_pid])
    with pytest.raises(psycopg.OperationalError):
        ConnectionPool.check_connection(own)
    assert not database.breaker.is_open, "one broken connection says nothing about the others"


def test_the_first_that_hears_nothing_speaks_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL is stopped behind a relay, which goes on taking what it is sent."""
    server = Relay()
    first, second = (_connect(30, host="127.0.0.1", port=server.port) for _ in range(2))
    answers = threading.Event()

    def ask() -> None:
        if not answers.is_set():
            raise OSError

    monkeypatch.setattr(database, "breaker", Breaker("test", ask))
    monkeypatch.setattr(database, "CHECK", 0.3)
    server.silent.set()
    with pytest.raises(psycopg.OperationalError):
        ConnectionPool.check_connection(first)
    assert database.breaker.is_open
    with pytest.raises(psycopg.OperationalError, match="known to be away"):
        ConnectionPool.check_connection(second)
    answers.set()
    assert wait_until(lambda: not database.breaker.is_open)
    second.close()
    server.close()


def test_a_server_that_takes_no_part_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(psycopg.errors.ConnectionTimeout):
        _connect(30, host="127.0.0.1", port=silent.getsockname()[1], connect_timeout=database.CONNECT)


def _error(sqlstate: str | None, kind: type[Exception] = OperationalError) -> Exception:
    error = kind("from Django")
    error.__cause__ = psycopg.errors.lookup(sqlstate)() if sqlstate else psycopg.OperationalError("gone")
    return error


@pytest.mark.parametrize(
    ("error", "gone", "long"),
    [
        (_error(None), True, False),
        (_error("57P01"), True, False),  # PostgreSQL is stopping
        (_error("57P03"), True, False),  # it is starting
        (_error("08006"), True, False),
        (_error("53300"), True, False),  # no connection is left
        (_error("57014"), False, True),  # statement_timeout
        (_error("55P03"), False, True),  # lock_timeout
        (_error("40P01"), False, False),  # a deadlock is an accident of ours
        (InterfaceError("the connection is closed"), True, False),
        (_error("23505", IntegrityError), False, False),
        (ValueError("x"), False, False),
        (None, False, False),
    ],
)
def test_what_counts_as_gone(error: Any, gone: bool, long: bool) -> None:
    assert (database.is_gone(error), database.took_too_long(error)) == (gone, long)


def test_what_failed_because_the_database_was_gone_counts_too() -> None:
    later = transaction.TransactionManagementError("You can't execute queries until the end of the block.")
    later.__context__ = _error("57P01")
    assert database.is_gone(later)


PLANNED = "-c plan_cache_mode=force_generic_plan"


def test_commands_wait_and_the_web_server_does_not(tmp_path: Any) -> None:
    """Workers and commands take the time they need; deploy/gunicorn.conf.py sets what a request may wait."""
    asked = "from django.conf import settings as s; d = s.DATABASES['default']; print(d['OPTIONS'].get('options'),"
    asked += (
        " getattr(d['OPTIONS']['pool'].get('connection_class'), 'patience', None), d['OPTIONS']['pool']['timeout'])"
    )
    environment = production(tmp_path)
    assert run(["manage.py", "shell", "-v0", "-c", asked], environment).stdout.strip() == f"{PLANNED} None 4"
    brief = run(["manage.py", "shell", "-v0", "-c", asked], environment | {"REQUEST_PATIENCE": "3"}).stdout.strip()
    assert brief == f"{PLANNED} -c statement_timeout=3s 3.5 3"
    assert settings.DATABASES["default"]["CONN_HEALTH_CHECKS"]
    assert settings.DATABASES["default"]["OPTIONS"]["connect_timeout"] == database.CONNECT
