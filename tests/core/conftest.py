import threading
from collections.abc import Iterator

import pytest

from core.kit import caching, wake
from core.kit.breaker import Breaker
from tests.worker import wait_until


@pytest.fixture
def is_back(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """The cache and the wake-ups have a breaker of their own; once open, it closes when this event is set."""
    event = threading.Event()

    def ask() -> None:
        if not event.is_set():
            raise OSError

    breaker = Breaker("test", ask)
    for module in (caching, wake):
        monkeypatch.setattr(module, "breaker", breaker)
    yield event
    event.set()
    assert wait_until(lambda: not breaker.is_open)
