"""Valkey and PostgreSQL are stopped, hung, killed and wiped under a walk through the main job.

Nothing that was answered with a yes is lost, nobody is signed out, and everything comes back by itself.
"""

import json
import signal
from collections.abc import Callable, Iterator

import pytest
from redis import Redis

from tests.site import Site, own_site
from tests.walk import PASSWORD, Visitor, Walk
from tests.worker import wait_until


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with own_site() as site:
        site.start(with_demo=True, DEMO_PASSWORD=PASSWORD)
        site.until_ready()
        yield site
        print(site.log.read_text())  # noqa: T201  # shown when something failed


@pytest.fixture(scope="module")
def walk(site: Site) -> Walk:
    walk = Walk(site)
    walk.sign_in()
    return walk


def probes(site: Site) -> tuple[int, dict[str, str]]:
    status, text = Visitor(site.url).get("/health/ready")
    return status, json.loads(text)


def is_ready(site: Site) -> bool:
    return probes(site)[0] == 200


def _stop(site: Site) -> None:
    site.server("valkey-server").terminate()
    assert wait_until(lambda: not [each for each in site.servers() if each.info["name"] == "valkey-server"])


def _kill(site: Site) -> None:
    site.server("valkey-server").kill()
    assert wait_until(lambda: not [each for each in site.servers() if each.info["name"] == "valkey-server"])


def _hang(site: Site) -> None:
    site.server("valkey-server").send_signal(signal.SIGSTOP)


def _go_on(site: Site) -> None:
    site.server("valkey-server").send_signal(signal.SIGCONT)


def _wipe(site: Site) -> None:
    with Redis.from_url(f"unix://{site.home / 'run' / 'valkey'}") as valkey:
        valkey.execute_command("FLUSHALL")  # of its own server


@pytest.mark.parametrize(
    ("fault", "heal"),
    [(_stop, Site.bring_servers_back), (_hang, _go_on), (_kill, Site.bring_servers_back), (_wipe, lambda site: None)],
    ids=["stopped", "hung", "killed", "wiped"],
)
def test_valkey(site: Site, walk: Walk, fault: Callable[[Site], None], heal: Callable[[Site], object]) -> None:
    fault(site)
    try:
        for step in walk.steps * 2:
            step()
        assert Visitor(site.url).get("/health/live")[0] == 200
        if fault is not _wipe:
            status, states = probes(site)
            assert status == 503
            assert states["broker"] == "down"
            assert states["database"] == "ok"
    finally:
        heal(site)
    assert walk.is_signed_in()
    assert wait_until(lambda: is_ready(site)), "it is back by itself"
    assert wait_until(lambda: walk.waiting() == 0), "the sweep finds what no message told of"
    assert walk.kept() == walk.promised()
    for step in walk.steps:
        step()


def test_postgresql_hangs(site: Site, walk: Walk) -> None:
    with site.hanging("postgres"):
        _nobody_waits_in_vain(site, walk)
    _all_is_well_again(site, walk)


def test_postgresql_is_killed(site: Site, walk: Walk) -> None:
    site.signal("postgres", signal.SIGKILL)
    assert wait_until(lambda: not [each for each in site.servers() if each.info["name"] == "postgres"])
    try:
        _nobody_waits_in_vain(site, walk)
    finally:
        site.bring_servers_back()
    _all_is_well_again(site, walk)


def _nobody_waits_in_vain(site: Site, walk: Walk) -> None:
    german = Visitor(site.url, "de")
    for person, path, words in (
        (walk.manager, walk.base, "Temporarily unavailable"),
        (walk.influencer, walk.base, "Temporarily unavailable"),
        (german, "/invitation/x/", "Vorübergehend nicht erreichbar"),  # looked up by who is not signed in, too
    ):
        for _ in range(4):
            status, page = person.get(path)
            assert status == 503, f"{path} led to {person.landed}"
            assert words in page
    assert walk.manager.post(f"{walk.base}items/{walk.open[0]}/tick/")[0] == 503
    assert german.get("/health/live")[0] == 200
    status, states = probes(site)
    assert status == 503
    assert states["database"] == "down"
    assert states["broker"] == "ok"


def _all_is_well_again(site: Site, walk: Walk) -> None:
    assert wait_until(lambda: is_ready(site)), "it is back by itself"
    assert wait_until(walk.is_signed_in)
    assert walk.kept() == walk.promised()
    for step in walk.steps:
        step()
    assert walk.kept() == walk.promised()
