"""Work in a process of its own, like one of the worker's pool, and the most memory that it took."""

import multiprocessing
import threading
from collections.abc import Callable
from contextlib import suppress

import psutil
from django.db import connection

EVERY = 0.05  # seconds between two looks


def peak_of(work: Callable[[], object]) -> float:
    """MiB of the process and of all that it started, together, when they were most. Of the process everything counts
    that it holds, of what it started what those share counts once."""
    return max(map(sum, _looks(work)))


def peaks_of(work: Callable[[], object]) -> tuple[float, float]:
    """MiB of the process when it was most, and of all that it started when they were."""
    own, started = zip(*_looks(work), strict=True)
    return max(own), max(started)


def _looks(work: Callable[[], object]) -> list[tuple[float, float]]:
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    worker = multiprocessing.get_context("fork").Process(target=work)
    worker.start()
    found = [(0.0, 0.0)]
    over = threading.Event()

    def look() -> None:
        while not over.wait(EVERY):
            with suppress(psutil.Error):
                top = psutil.Process(worker.pid)
                found.append((_size(top), sum(_part(each) for each in top.children(recursive=True))))

    looker = threading.Thread(target=look)
    looker.start()
    worker.join()
    over.set()
    looker.join()
    assert worker.exitcode == 0
    return found


def _size(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / 2**20


def _part(process: psutil.Process) -> float:
    with suppress(psutil.Error):
        return float(process.memory_full_info().pss) / 2**20
    return 0.0
