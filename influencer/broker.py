"""How to reach the broker; the worker's settings and the timetable read it here, so that beat needs no Django."""

from typing import Any

from kombu.transport import TRANSPORT_ALIASES

from influencer import env

REDIS_URL = env.secret("REDIS_URL")
BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://")
TRANSPORT_OPTIONS: dict[str, Any] = {
    "visibility_timeout": 900,  # above the time limit and any countdown
    "unacked_restore_interval": 10,  # with the defaults, tasks of a killed worker were not back after a minute
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "socket_keepalive": True,  # a worker notices that the machine of the broker is gone
    # A broker that is away: a request must not wait for it, the row waits for the sweep. The worker has its own rules.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
    "global_keyprefix": env.text("TEST_RUN"),
}
# Where somebody waits for the answer: two tries end within a second, also when the broker hangs.
BRIEF_OPTIONS = TRANSPORT_OPTIONS | {"socket_timeout": 0.4, "socket_connect_timeout": 0.4}
for _name in ("redis", "rediss"):
    TRANSPORT_ALIASES[_name] = "core.kit.transport:Transport"
