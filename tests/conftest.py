from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone, translation
from redis import Redis

from tests.world import make_world


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Transactional tests empty every table afterwards. In test databases only, the consent ledger allows that;
    lines can still be neither changed nor deleted."""
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            name = connection.ops.quote_name(connection.settings_dict["NAME"])
            cursor.execute(f"ALTER DATABASE {name} SET influencer.flush = 'on'")
        connection.close()
        connection.close_pool()  # the next connections know of it


@pytest.fixture(autouse=True)
def neutral() -> None:
    """Every test starts in the site's language and zone: a request leaves its reader's behind in the thread."""
    translation.activate(settings.LANGUAGE_CODE)
    timezone.deactivate()


def forget_cache() -> None:
    """Empty this worker's part of the cache; the other workers keep theirs in the same database."""
    found = Redis.from_url(settings.CACHES["default"]["LOCATION"])
    if keys := list(found.scan_iter(f"{settings.CACHES['default']['KEY_PREFIX']}:*")):
        found.delete(*keys)
    found.close()


@pytest.fixture
def fresh_cache() -> Iterator[None]:
    """No limit is reached yet and nothing is remembered, before the test and after it."""
    forget_cache()
    yield
    forget_cache()


@pytest.fixture
def world(db: None) -> Any:
    return make_world()


@pytest.fixture
def sign_in(client: Client) -> Any:
    """`sign_in(world.manager)` returns a client that is signed in."""

    def do(user: Any) -> Client:
        fresh = Client()
        fresh.force_login(user)
        return fresh

    return do
