from typing import Any

import pytest
from django.test import Client

from tests.world import make_world


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
