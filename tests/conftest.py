import gc
import os
import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.test import Client, TransactionTestCase, override_settings
from django.utils import timezone, translation

from tests import draws, roles
from tests.databases import Databases
from tests.world import make_demo, make_world

FURNITURE = {"world": make_world, "demo": make_demo}
QUICK = {
    # Argon2 is slow on purpose. That passwords are kept with it is tested where passwords are (tests/core/people/).
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    # Every test client would look for all static files anew, which takes longer than its requests.
    "WHITENOISE_AUTOREFRESH": True,
}


# How long an example takes says which machine it ran on.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


def pytest_itemcollected(item: pytest.Item) -> None:
    """A journey starts a worker and a mail server, a browser test a browser: they need no mark of their own."""
    place = item.path.relative_to(item.config.rootpath).parts[1]
    if place in ("browser", "journeys"):
        item.add_marker(pytest.mark.slow)
    if place == "browser" and os.environ.get("CI"):
        # A browser among three tests on two cores now and then loses a press or a message. The report names what was
        # run twice ("RERUN"), which is to be mended; nothing else is ever run twice.
        item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(trylast=True)  # after the shuffling
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each worker gets its share of what is slow, and begins with it: so that at the end none waits for another one's
    longest test. The workers take equal parts of this list, one after the other."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    slow = [item for item in items if item.get_closest_marker("slow")]
    rest = [item for item in items if not item.get_closest_marker("slow")]
    items[:] = [item for worker in range(workers) for item in (*slow[worker::workers], *rest[worker::workers])]


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end: looking for waste in it again and again would take a tenth
    of the time of all tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Databases]:
    """In place of Django's one test database."""
    folder = tmp_path_factory.mktemp("databases")
    with (
        override_settings(MEDIA_ROOT=folder / "media", **QUICK),
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        roles.signed_in_as_owner(),
        closing(Databases(settings.DATABASES["default"]["TEST"]["NAME"], folder, FURNITURE)) as databases,
        django_db_blocker.block(),
    ):
        # A test that commits has a copy of its own: Django need not empty it.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: None)
        yield databases


@pytest.fixture
def _django_db_helper(database: None, _django_db_helper: None) -> None:
    """What `db`, `transactional_db` and the mark `django_db` lead to: first comes the right database."""


@pytest.fixture
def database(request: pytest.FixtureRequest, django_db_setup: Databases, django_db_blocker: Any) -> Iterator[None]:
    """The one of this test: furnished with what it asks for by name, and its own when it commits."""
    kind = next((kind for kind in FURNITURE if kind in request.fixturenames), "blank")
    with django_db_blocker.unblock():
        django_db_setup.enter(kind, alone=_commits(request))
    yield
    under_way.wait()
    with django_db_blocker.unblock():
        django_db_setup.leave()


class UnderWay:
    """Requests that threads of a server still answer. One that went on into the next test would leave things of the
    last one in its cache, under the numbers of its rows.
    """

    MOST = 20.0  # seconds; a thread of a test may have ended without closing its answer

    def __init__(self) -> None:
        self.threads: set[int] = set()
        self.changed = threading.Condition()
        request_started.connect(self._began)
        request_finished.connect(self._ended)

    def wait(self) -> None:
        with self.changed:
            self.threads.discard(threading.get_ident())
            self.changed.wait_for(lambda: not self.threads, timeout=self.MOST)
            self.threads.clear()

    def _began(self, **_: Any) -> None:
        with self.changed:
            self.threads.add(threading.get_ident())

    def _ended(self, **_: Any) -> None:
        with self.changed:
            self.threads.discard(threading.get_ident())
            self.changed.notify_all()


under_way = UnderWay()


def _commits(request: pytest.FixtureRequest) -> bool:
    mark = request.node.get_closest_marker("django_db")
    return bool(mark and mark.kwargs.get("transaction")) or bool(
        {"transactional_db", "live_server"} & {*request.fixturenames}
    )


@pytest.fixture(autouse=True)
def neutral(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test starts in the site's language and zone: a request leaves its reader's behind in the thread. What it
    draws is its own."""
    translation.activate(settings.LANGUAGE_CODE)
    timezone.deactivate()
    with draws.of(request.node.nodeid):
        yield


@pytest.fixture
def fresh_cache(db: None) -> None:
    """Every test with a database begins with an empty cache; this says that the test counts on it."""


@pytest.fixture
def world(db: None, django_db_setup: Databases) -> Any:
    """The cast and one of each thing; whatever a test does to them, the next one does not see."""
    return django_db_setup.things("world")


@pytest.fixture
def demo(db: None) -> None:
    """Both companies of the demo."""


@pytest.fixture
def sign_in(client: Client) -> Any:
    """`sign_in(world.manager)` returns a client that is signed in."""

    def do(user: Any) -> Client:
        fresh = Client()
        fresh.force_login(user)
        return fresh

    return do
