"""How often a person's videos on LinkedIn were played: asked in time, since LinkedIn forgets it after a year."""

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
    (path,) = asked_about_videos(on_linkedin)
    assert f"(ugc:urn%3Ali%3AugcPost%3A{VIDEO})" in path
    assert "queryType=VIDEO_PLAY" in path


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


def test_a_day_of_questions_is_less_than_linkedin_answers() -> None:
    of_a_post = len(linkedin_person.OF_A_POST) + len(linkedin_person.OF_A_VIDEO)
    of_the_days = len(linkedin_person.DAILY) + 3
    assert linkedin_person.MOST_POSTS * of_a_post + of_the_days <= 100
