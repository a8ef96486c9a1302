"""How often a person's videos on LinkedIn were played: asked in time, since LinkedIn forgets it after a year."""

from datetime import timedelta
from typing import Any

import pytest

from analytics.connectors.models import Connection
from analytics.connectors.networks import linkedin_person
from analytics.metrics.models import Grain, Metric, Post, PostId, Reading
from tests.analytics.connectors.linkedin import POST, LinkedIn, connected, look, said
from tests.analytics.connectors.networks import NOW

pytestmark = pytest.mark.django_db
VIDEO = POST.replace("218", "230")


@pytest.fixture
def own(on_linkedin: LinkedIn, world: Any, sign_in: Any) -> Connection:
    """With a post of text and one that holds a video."""
    found = connected(sign_in(world.influencer))
    for scheme, number in (("share", POST), ("ugcPost", VIDEO)):
        post = Post.objects.create(program=found.program, account=found.account, published_at=NOW, title=scheme, url="")
        PostId.objects.create(program=found.program, account=found.account, post=post, scheme=scheme, value=number)
    on_linkedin.of_memberCreatorPostAnalytics = lambda asked: {"elements": [{"count": 3}]}  # type: ignore[method-assign]
    return found


def plays(connection: Connection) -> dict[str, int]:
    rows = Reading.objects.filter(account=connection.account_id, metric=Metric.VIDEO_VIEWS, grain=Grain.LIFETIME)
    return dict(rows.values_list("post__title", "value"))


def asked_about_videos(network: LinkedIn) -> list[str]:
    return [path for path in network.paths if "memberCreatorVideoAnalytics" in path]


def test_plays_come_and_only_what_can_hold_a_video_is_asked_about(on_linkedin: LinkedIn, own: Connection) -> None:
    on_linkedin.of_memberCreatorVideoAnalytics = lambda asked: {"elements": [{"count": 88}]}  # type: ignore[attr-defined]
    assert look(own).looks.latest("pk").code == ""
    assert plays(own) == {"ugcPost": 88}
    paths = asked_about_videos(on_linkedin)
    assert all(f"(ugc:urn%3Ali%3AugcPost%3A{VIDEO})" in path for path in paths)
    kinds = [path.partition("queryType=")[2].partition("&")[0] for path in paths]
    assert kinds == ["VIDEO_PLAY", "VIDEO_VIEWER", "VIDEO_WATCH_TIME"]


def test_viewers_and_watch_time_come_with_the_plays(on_linkedin: LinkedIn, own: Connection) -> None:
    told = {"VIDEO_PLAY": 88, "VIDEO_VIEWER": 61, "VIDEO_WATCH_TIME": 734_600}  # the last in milliseconds
    on_linkedin.of_memberCreatorVideoAnalytics = (  # type: ignore[attr-defined]
        lambda asked: {"elements": [{"count": told[asked["queryType"]]}]}
    )
    look(own)
    rows = Reading.objects.filter(post__title="ugcPost", metric__in=(Metric.VIDEO_VIEWERS, Metric.WATCH_SECONDS))
    assert dict(rows.values_list("metric", "value")) == {Metric.VIDEO_VIEWERS: 61, Metric.WATCH_SECONDS: 735}


@pytest.mark.parametrize("status", [400, 403, 404])
def test_a_post_without_a_video_keeps_its_other_figures(status: int, on_linkedin: LinkedIn, own: Connection) -> None:
    real = on_linkedin.get
    on_linkedin.get = (  # type: ignore[method-assign]
        lambda path, default: said({}, status) if "VideoAnalytics" in path else real(path, default)
    )
    after = look(own)
    assert (after.looks.latest("pk").code, plays(own)) == ("", {})
    assert Reading.objects.filter(post__title="ugcPost").count() == len(linkedin_person.OF_A_POST)


def test_what_linkedin_forgot_after_a_year_stays(on_linkedin: LinkedIn, own: Connection) -> None:
    on_linkedin.of_memberCreatorVideoAnalytics = lambda asked: {"elements": [{"count": 88}]}  # type: ignore[attr-defined]
    look(own)
    on_linkedin.of_memberCreatorVideoAnalytics = lambda asked: {"elements": []}  # type: ignore[attr-defined]
    look(own)
    assert plays(own) == {"ugcPost": 88}


def test_a_day_of_questions_is_less_than_linkedin_answers(on_linkedin: LinkedIn, own: Connection) -> None:
    for n in range(20):
        number = str(int(VIDEO) + 1 + n)
        post = Post.objects.create(
            program=own.program, account=own.account, published_at=NOW + timedelta(minutes=n), title=number, url=""
        )
        PostId.objects.create(program=own.program, account=own.account, post=post, scheme="ugcPost", value=number)
    on_linkedin.of_memberCreatorVideoAnalytics = lambda asked: {"elements": [{"count": 88}]}  # type: ignore[attr-defined]
    on_linkedin.paths.clear()
    look(own)
    assert len(on_linkedin.paths) <= 100
    assert len(plays(own)) == 9
