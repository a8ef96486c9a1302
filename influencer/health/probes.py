"""Is everything there that a request needs? Each question is answered in bounded time, even when nobody answers.

A hanging dependency keeps one thread per process busy, never more: while a probe still waits, the next one does not
start another.
"""

import threading
import time
from collections.abc import Callable
from functools import cache as once
from importlib.util import find_spec
from pkgutil import iter_modules

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from redis import Redis

from core.kit.database import connect_apart

LIMIT = 2.0  # seconds for all probes together: they run side by side
HEARTBEAT = "health:heartbeat"
HEARTBEAT_MAY_BE_OLD = 60.0  # seconds; beat sends one every 15
Probe = Callable[[], str]
_running: dict[str, "_Attempt"] = {}
_lock = threading.Lock()


class _Attempt:
    def __init__(self, name: str, probe: Probe) -> None:
        self.state = "down"
        self.done = threading.Event()
        self.name, self.probe = name, probe
        threading.Thread(target=self._run, name=f"probe-{name}", daemon=True).start()

    def _run(self) -> None:
        try:
            self.state = self.probe()
        except Exception:  # noqa: BLE001  # whatever it is: the answer is "down", its text belongs to nobody outside
            self.state = "down"
        finally:
            with _lock:
                _running.pop(self.name, None)
            self.done.set()


def ask(probes: dict[str, Probe], *, limit: float | None = None) -> dict[str, str]:
    """The state of each, after at most `limit` seconds (LIMIT unless said); who did not answer is down."""
    with _lock:
        for name, probe in probes.items():
            if name not in _running:
                _running[name] = _Attempt(name, probe)
        attempts = {name: _running[name] for name in probes}
    deadline = time.monotonic() + (LIMIT if limit is None else limit)
    return {
        name: attempt.state if attempt.done.wait(max(0.0, deadline - time.monotonic())) else "down"
        for name, attempt in attempts.items()
    }


def database() -> str:
    with connect_apart() as probe:
        probe.execute("SELECT 1")
    return "ok"


def migrations() -> str:
    with connect_apart() as probe:
        applied = {tuple(row) for row in probe.execute("SELECT app, name FROM django_migrations")}
    return "ok" if _shipped() <= applied else "pending"


def broker() -> str:
    with Redis.from_url(settings.REDIS_URL, socket_timeout=LIMIT, socket_connect_timeout=LIMIT) as probe:
        probe.ping()
    return "ok"


def worker() -> str:
    """Beat ticks, the broker carries it, a worker does it: the last time that went all the way round."""
    beaten = cache.get(HEARTBEAT)
    return "ok" if beaten is not None and time.time() - beaten <= HEARTBEAT_MAY_BE_OLD else "late"


def heartbeat_age() -> float | None:
    """Seconds since the last beat; None when there was none, or nobody remembers."""
    beaten = cache.get(HEARTBEAT)
    return None if beaten is None else time.time() - beaten


def record_heartbeat() -> None:
    cache.set(HEARTBEAT, time.time(), timeout=None)


@once
def _shipped() -> frozenset[tuple[str, str]]:
    """Every migration that this code brings along, by the names of their files: Django's loader would execute them all
    and keep them, 15 MiB in each process that is asked."""
    folders = [(app.label, find_spec(f"{app.name}.migrations")) for app in apps.get_app_configs()]
    return frozenset(
        (label, module.name)
        for label, found in folders
        if found
        for module in iter_modules(found.submodule_search_locations)
        if not module.name.startswith(("_", "~"))
    )


ALL: dict[str, Probe] = {"database": database, "migrations": migrations, "broker": broker, "worker": worker}
