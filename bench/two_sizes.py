"""The same work over few rows and over many, in turns: a busy moment meets both, and what is compared stands side by
side. The few rows are kept in a database of their own, copied before the many were written."""

import time
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from django.db import connection
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

FEW = "few_rows"
TURNS = 15
OF_A_TURN = 3  # the middle one counts: the first finds caches that the other database has taken
Samples = dict[str, list[float]]


def keep_few() -> None:
    """What stands in the database now is what the many are compared with."""
    now = connection.settings_dict["NAME"]
    server: dict[str, Any] = {
        key: value
        for key, value in connection.get_connection_params().items()
        if key not in {"cursor_factory", "context"}
    }
    _leave()
    with psycopg.connect(**(server | {"dbname": "postgres"}), autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(FEW), sql.Identifier(now)))


def in_both(works: Mapping[str, Callable[[], object]]) -> tuple[Samples, Samples]:
    """Milliseconds of each, over few and over many."""
    few: Samples = {name: [] for name in works}
    many: Samples = {name: [] for name in works}
    for _ in range(TURNS):
        with _among_few():
            _turn(works, few)
        _turn(works, many)
    return few, many


def _turn(works: Mapping[str, Callable[[], object]], samples: Samples) -> None:
    for name, work in works.items():
        work()
        samples[name].append(sorted(_milliseconds(work) for _ in range(OF_A_TURN))[OF_A_TURN // 2])


@contextmanager
def _among_few() -> "Iterator[None]":
    many = connection.settings_dict["NAME"]
    _leave()
    connection.settings_dict["NAME"] = FEW
    try:
        yield
    finally:
        _leave()
        connection.settings_dict["NAME"] = many


def _leave() -> None:
    connection.close()
    connection.close_pool()


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
