"""The main job while Valkey hangs or is gone, and how soon somebody is told that PostgreSQL does not answer.

The limit is a promise in seconds, not a measurement: home within 1 second, a clear page within 5. Each fault begins
afresh for every round, so that the first visitor, who finds it out for everybody, is always among the samples.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bench.harness import REPEATS, Report, seconds
from tests.site import Site, own_site
from tests.walk import PASSWORD, Visitor, Walk
from tests.worker import wait_until

NAME = "faults"
HOME, TOLD, LIVE = 1.0, 5.0, 1.0  # seconds


def run(report: Report) -> None:
    with own_site() as site:
        site.start(with_demo=True, DEMO_PASSWORD=PASSWORD)
        site.until_ready()
        walk = Walk(site)
        walk.sign_in()
        walk.home()
        _line(report, "home, all is well", [seconds(walk.home) / 2 for _ in range(REPEATS)], HOME)
        for name, fault in (("hangs", _valkey_hangs), ("is killed", _valkey_is_killed)):
            _with_valkey(report, site, walk, name, fault)
        _with_postgresql(report, site, walk)


def _with_valkey(report: Report, site: Site, walk: Walk, name: str, fault: Callable[[Site], Iterator[None]]) -> None:
    homes, steps = [], []
    for _ in range(REPEATS):
        with contextmanager(fault)(site):
            homes += [seconds(lambda: walk.manager.get(walk.base)), seconds(lambda: walk.influencer.get(walk.base))]
            steps += [max(map(seconds, (walk.tick, walk.log, walk.upload)))]
        assert wait_until(lambda: Visitor(site.url).get("/health/ready")[0] == 200)
    _line(report, f"home, Valkey {name}, slowest", [max(homes)], HOME)
    _line(report, f"slowest of tick, log and upload, Valkey {name}", steps, HOME)
    assert walk.kept() == walk.promised(), "nothing is lost"


def _with_postgresql(report: Report, site: Site, walk: Walk) -> None:
    told, live, back = [], [], []
    for _ in range(REPEATS):
        with contextmanager(_postgresql_hangs)(site):
            told.append(seconds(lambda: walk.manager.get(walk.base)))
            assert walk.manager.get(walk.base)[0] == 503
            live.append(seconds(lambda: Visitor(site.url).get("/health/live")))
        back.append(seconds(lambda: wait_until(lambda: walk.manager.get(walk.base)[0] == 200)))
        assert wait_until(lambda: Visitor(site.url).get("/health/ready")[0] == 200)
    _line(report, "told that PostgreSQL hangs, slowest", [max(told)], TOLD)
    _line(report, "live, PostgreSQL hangs", live, LIVE)
    _line(report, "back after PostgreSQL", back, TOLD)


def _line(report: Report, name: str, samples: list[float], promise: float) -> None:
    report.line(name, samples, "s", [promise], 1)


def _valkey_hangs(site: Site) -> Iterator[None]:
    with site.hanging("valkey-server"):
        yield


def _valkey_is_killed(site: Site) -> Iterator[None]:
    site.server("valkey-server").kill()
    try:
        yield
    finally:
        site.bring_servers_back()


def _postgresql_hangs(site: Site) -> Iterator[None]:
    with site.hanging("postgres"):
        yield
