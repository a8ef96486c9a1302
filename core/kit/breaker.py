"""A server that is away, or that hangs, is left alone until it answers again: only who meets it first waits for it.

One breaker per server and process. A thread of its own asks from time to time, so no request pays for finding out.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 0.25, 2.0  # seconds between two questions: each time twice as long


class Breaker:
    """`ask` raises while the server is away, and does not hang."""

    def __init__(self, name: str, ask: Callable[[], object]) -> None:
        self.name, self.ask = name, ask
        self._begin()
        os.register_at_fork(after_in_child=self._begin)  # threads do not come along

    def _begin(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, Callable[[], object]] = {}
        self.is_open = False

    def open(self, why: object) -> None:
        """Leave the server alone from now on."""
        with self._lock:
            if self.is_open:
                return
            self.is_open = True
        log.warning("%s does not answer and is left alone until it does: %s", self.name, why)
        threading.Thread(target=self._watch, name=f"watch {self.name}", daemon=True).start()

    def when_back(self, name: str, do: Callable[[], object]) -> None:
        """What must not get lost while the server is away: the last one under each name is done once it is back."""
        with self._lock:
            self._waiting[name] = do
        self.open("something waits to be done there")

    def _watch(self) -> None:
        for pause in _pauses():
            time.sleep(pause)
            try:
                self.ask()
                while not self._is_caught_up():
                    pass
            except Exception:  # noqa: BLE001, S112  # whatever it is, the server is not back
                continue
            log.warning("%s answers again.", self.name)
            return

    def _is_caught_up(self) -> bool:
        """Do one thing that waits; when there is none left, the server is in use again."""
        with self._lock:
            if not self._waiting:
                self.is_open = False
                return True
            name, do = next(iter(self._waiting.items()))
        do()
        with self._lock:
            if self._waiting.get(name) is do:
                del self._waiting[name]
        return False


def _pauses() -> Iterator[float]:
    pause = FIRST_PAUSE
    while True:
        yield pause
        pause = min(pause * 2, LONGEST_PAUSE)
