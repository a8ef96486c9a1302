"""Bluesky, YouTube, feeds and JSON through the site's own way out: well, badly, cut off, changed, empty, for ever."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from analytics.channels.models import Account
from analytics.connectors import asking, jobs
from analytics.connectors.models import Connection, Look, Server
from analytics.metrics.models import Grain, Metric, Post, PostId, Reading
from tests.analytics.connectors.linkedin import cut_off
from tests.analytics.connectors.networks import JSON, NOW, slowly
from tests.analytics.connectors.servers import RECORDED, SERVED, BlueskyServed, Served, told
from tests.core.kit.outside import an_outside, certificate_for, says
from tests.factories.connectors import make_connection

pytestmark = pytest.mark.django_db


@pytest.fixture(params=SERVED, ids=lambda kind: kind.__name__)
def served(
    request: Any, world: Any, tmp_path: Path, monkeypatch: Any, settings: Any, now: Any
) -> Iterator[tuple[Served, Any]]:
    """A network with an account of the influencer's that is due, and how to look at it again."""
    kind: type[Served] = request.param
    certificate = certificate_for(kind.host, tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setattr(kind.source, "seconds_between", 0.0)
    settings.CONNECTOR_HOSTS, settings.YOUTUBE_API_KEY = [kind.host], "of-this-site"
    Connection.objects.all().delete()
    account, _new = Account.objects.get_or_create(
        program=world.program, user=world.influencer, network=kind.network, kind=Account.Kind.PERSON
    )
    connection = make_connection(account, host=kind.host, number=kind.number)
    with an_outside(certificate) as outside:

        def look() -> Look:
            now.shift(timedelta(minutes=1))
            Connection.objects.update(due_at=timezone.now())
            jobs.look(connection.pk, **outside.wiring)
            return connection.looks.latest("pk")

        yield kind().on(outside), look


def stored() -> tuple[int, int]:
    """Posts, and figures of them."""
    return Post.objects.filter(account__connection__isnull=False).count(), Reading.objects.filter(
        post__isnull=False, account__connection__isnull=False
    ).count()


def test_what_is_there_comes(served: Any) -> None:
    network, look = served
    found = look()
    assert (found.code, found.posts, found.posts_new, found.left_out, found.is_whole) == ("", 3, 3, 0, True)
    posts, figures = stored()
    assert (posts, figures > 0) == (3, network.has_figures)
    followers = Reading.objects.filter(metric=Metric.FOLLOWERS_TOTAL, account__connection__isnull=False)
    assert followers.exists() is network.has_followers
    again = look()
    assert (again.posts_new, again.figures_new, again.figures_changed) == (0, 0, 0)


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (says(b"{}", 401, JSON), "refused"),
        (says(b"{}", 403, JSON), "refused"),
        (says(b"{}", 404, JSON), "gone"),
        (says(b"{}", 429, JSON, Retry_After="1800"), "busy"),
        (says(b"{}", 500, JSON), "silent"),
        (says(b"", 503, JSON, Retry_After="60"), "silent"),
        (cut_off, "odd"),
        ("changed", "odd"),
        (says(b"", 200, JSON), "odd"),
        ("empty", "odd"),
        (told([]), "odd"),
    ],
)
def test_what_goes_wrong_is_said_keeps_what_is_there_and_passes(trouble: Any, code: str, served: Any, now: Any) -> None:
    network, look = served
    look()
    before = stored()
    network.trouble = {"changed": network.changed, "empty": told({})}.get(trouble, trouble)
    code = network.says_otherwise.get(trouble, code)
    found = look()
    assert (found.code, stored()) == (code, before)
    after = Connection.objects.get()
    assert after.due_at is not None
    assert after.due_at > timezone.now()
    if code == "busy":
        assert Server.objects.get(host=network.host).free_at >= timezone.now() + timedelta(seconds=1799)
        asked = len(network.asked)
        look()
        assert len(network.asked) == asked  # left alone
        now.shift(timedelta(seconds=1800))
    network.trouble = None
    assert (look().code, stored()) == ("", before)


def test_who_hangs_is_let_go(served: Any, monkeypatch: Any) -> None:
    network, look = served
    monkeypatch.setattr(asking.asker, "__kwdefaults__", asking.asker.__kwdefaults__ | {"seconds": 0.3})
    network.trouble = slowly
    assert look().code == "silent"


def test_an_account_without_posts_is_no_trouble(served: Any) -> None:
    network, look = served
    network.posts = 0
    assert (look().code, stored()) == ("", (0, 0))


def test_a_page_that_comes_again_for_ever_ends_and_counts_once(served: Any) -> None:
    network, look = served
    network.repeats = True
    found = look()
    assert (found.code, found.posts_new, stored()[0]) == ("", 3, 3)
    assert len(network.asked) <= 6
    assert Connection.objects.get().older_from == ""


@pytest.mark.parametrize("served", [BlueskyServed], indirect=True)
def test_the_recorded_post_is_stored_as_bluesky_tells_it(served: Any) -> None:
    _network, look = served
    look()
    number = PostId.objects.filter(scheme="bluesky", value=f"{RECORDED['uri']}2").get()
    likes = Reading.objects.get(post=number.post, metric=Metric.REACTIONS, grain=Grain.LIFETIME)
    assert likes.value == 2
    assert number.post.url.startswith("https://bsky.app/profile/test.marshal.dev/post/3kaheyt6vpc22")
    assert number.post.published_at == NOW - timedelta(days=3)
