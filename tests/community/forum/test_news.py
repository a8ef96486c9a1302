"""What others say while somebody reads is announced, and costs next to nothing while nothing is said."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.forum import posts
from tests.factories.forum import make_post


def test_nothing_new_is_an_empty_answer_and_new_posts_are_one_line(world: Any, sign_in: Any) -> None:
    topic, client = world.topic, sign_in(world.influencer)
    url = reverse("community:topic_news", args=["nordlichter", topic.pk])
    made = topic.posts_made
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(url, {"after": made}).status_code == 204
    assert len(asked) <= 6
    make_post(topic, world.influencer, "My own words are no news to me.")
    assert client.get(url, {"after": made}).status_code == 204
    first = make_post(topic, world.coach, "Hello")
    make_post(topic, world.influencer2, "Hello too")
    text = client.get(url, {"after": made}).content.decode()
    assert "2 new answers" in text
    assert f"?post={first.number}#post-{first.number}" in text
    posts.delete_post(first, by=world.coach)
    assert "1 new answer" in client.get(url, {"after": made}).content.decode()
    assert client.get(url, {"after": "x" * 99}).status_code == 200
    assert sign_in(world.stranger).get(url).status_code == 404
