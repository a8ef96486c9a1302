"""A member leaves and the thread stays readable: who asked goes, the question and its answer stay without the name, in
the forum, in its search and on the phone of whoever kept the link; and nobody writes to who has left any more."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from community.forum import services
from community.forum.models import Board, Post, Topic
from core.news.models import Notification
from programs.membership.models import Role
from tests.journeys.stage import make_erika
from tests.world import join, make_user


@pytest.mark.django_db
def test_a_member_leaves_and_the_thread_stays_readable(here: Any, sign_in: Any) -> None:
    services.open_forum(here.program, by=here.manager)
    helper = make_user("carla_coach")
    join(helper, here.program, Role.COACH)
    erika = make_erika(here.generation)
    asker, host = sign_in(erika), sign_in(helper)

    def url(name: str, *args: Any) -> str:
        return reverse(f"community:{name}", args=[here.program.slug, *args])

    board = Board.objects.get(program=here.program, key="questions")
    words = {"title": "How do I photograph a furnace?", "text": "Mine always glows.", "board": board.pk}
    asker.post(url("topic_new"), words | {"key": uuid4()})
    topic = Topic.objects.get(title=words["title"])
    host.post(url("post_add", topic.pk), {"text": "From the side, @Erika Beispiel, by daylight.", "key": uuid4()})
    answer = topic.posts.get(number=2)
    asker.post(url("post_mark", answer.pk))
    quote = {"text": "> Mine always glows.\n\nSo did mine.", "key": uuid4()}
    host.post(url("post_add", topic.pk), quote)
    assert "Erika Beispiel" in host.get(url("topic_detail", topic.pk)).content.decode()

    asker.post(reverse("programs:participation_leave", args=[here.program.slug]))

    page = host.get(url("topic_detail", topic.pk)).content.decode()
    for kept in ("How do I photograph a furnace?", "Mine always glows.", "From the side,", "So did mine."):
        assert kept in page
    assert "Former member" in page
    assert "@former member" in page
    assert "Erika" not in page
    assert "Marked as the answer" in page
    found = host.get(url("forum"), {"q": "furnace"}).content.decode()
    assert "How do I photograph a" in found
    assert "Erika" not in found
    assert host.get(url("post_read", answer.pk)).status_code == 302, "a link that somebody kept leads there"

    before = Notification.objects.filter(person=erika).count()
    host.post(url("post_add", topic.pk), {"text": "It still does.", "key": uuid4()})
    assert Post.objects.filter(topic=topic).count() == 4
    assert Notification.objects.filter(person=erika).count() <= before
    assert asker.get(url("topic_detail", topic.pk)).status_code == 404
