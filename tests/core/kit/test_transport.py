"""A worker outlives its broker."""

import pytest
from celery import current_app
from kombu import Connection

from core.kit.transport import Transport
from influencer.broker import BROKER_URL


@pytest.mark.parametrize("url", [BROKER_URL, "redis://x:1/0", "rediss://x:1/0", "redis+socket:///x"])
def test_every_way_to_valkey_is_this_one(url: str) -> None:
    assert current_app.conf.broker_url == BROKER_URL
    assert Connection(url).get_transport_cls() is Transport


def test_a_broken_connection_may_be_closed_twice() -> None:
    """As Celery does it, with a task in hand that cannot be given back."""
    connection = Connection(BROKER_URL)
    channel = connection.default_channel
    channel.qos._delivered["in progress"] = object()
    connection._do_close_transport()  # what the first closing leaves behind
    connection.close()
    assert not connection.connected
    channel.qos._delivered.clear()
