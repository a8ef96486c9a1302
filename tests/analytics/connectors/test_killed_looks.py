"""A real worker with a real broker, killed with SIGKILL within a look at an account: nothing is half there, and another
worker takes the look up."""

import random
import time
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.utils import timezone

from analytics.connectors import tasks
from analytics.connectors.models import Connection, Look
from analytics.metrics.models import Post, Reading
from tests.analytics.connectors.networks import HOST, Mastodon, a_mastodon, status
from tests.core.kit.outside import certificate_for
from tests.worker import wait_until, worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
POSTS = 100
MODULE = "tests.analytics.connectors.on_loopback"


class Halting(Mastodon):
    """It tells when it is asked for its second page, and answers that one only when it may."""

    def __init__(self, outside: Any) -> None:
        super().__init__(outside)
        self.is_asked, self.may_answer, self.is_over = Event(), Event(), Event()

    def get(self, path: str, default: Any) -> Any:
        answer = super().get(path, default)

        def halting(request: Any) -> None:
            if "max_id" in path:
                self.is_asked.set()
                self.may_answer.wait(120)
            answer(request)
            if self.pages >= 4:  # three pages of posts, and an empty one
                self.is_over.set()

        return halting


def posts() -> list[dict[str, Any]]:
    now = timezone.now()
    return [
        status(1000 - n, likes=n, created_at=(now - timedelta(days=n)).isoformat().replace("+00:00", "Z"))
        for n in range(POSTS)
    ]


def stored(connection: Connection) -> tuple[int, int]:
    """Posts, and looks that brought something."""
    mine = Post.objects.filter(account=connection.account_id).count()
    return mine, Look.objects.filter(connection=connection, code="").count()


def test_a_look_that_was_killed_is_taken_up_by_another_worker(world: Any, tmp_path: Path) -> None:
    rng = random.Random(5)
    connection = world.connection
    Connection.objects.exclude(pk=connection.pk).delete()
    Look.objects.all().delete()
    Connection.objects.filter(pk=connection.pk).update(due_at=timezone.now(), fetched_at=None)
    certificate, log = certificate_for(HOST, tmp_path), tmp_path / "worker.log"
    with a_mastodon(certificate) as plain:
        network = Halting(plain.outside)
        network.statuses = posts()
        more = {"SSL_CERT_FILE": str(certificate), "CONNECTOR_HOSTS": HOST, "NETWORK_PORT": str(plain.outside.port)}

        def working() -> Any:
            return worker("networks", log=log, module=MODULE, **more)

        with working() as running:  # a power cut while the network is being asked
            tasks.look.delay(connection.pk)
            assert network.is_asked.wait(120), log.read_text()
            running.kill()
        assert stored(connection) == (0, 0)
        held = Connection.objects.get(pk=connection.pk)
        assert (held.fetched_at, held.older_from) == (None, "")
        assert held.lease_until is not None
        network.may_answer.set()
        network.pages = 0

        with working() as running:
            tasks.look.delay(connection.pk)  # the dead one still holds it: nobody looks twice at once
            tasks.sweep.delay()
            time.sleep(2)
            assert network.pages == 0, log.read_text()
            Connection.objects.filter(pk=connection.pk).update(lease_until=timezone.now())  # five minutes pass
            tasks.sweep.delay()
            assert network.is_over.wait(120), log.read_text()
            time.sleep(rng.uniform(0, 0.3))
            running.kill()  # somewhere about the moment of storing
        assert stored(connection) in ((0, 0), (POSTS, 1))

        Connection.objects.filter(pk=connection.pk, fetched_at=None).update(lease_until=timezone.now())
        with working():
            assert wait_until(lambda: stored(connection) == (POSTS, 1), tick=tasks.sweep), log.read_text()
    values = Reading.objects.filter(account=connection.account_id, post__isnull=False, metric=4)
    assert sum(values.values_list("value", flat=True)) == sum(range(POSTS))
    after = Connection.objects.get(pk=connection.pk)
    assert (after.lease_until, after.setbacks) == (None, 0)
