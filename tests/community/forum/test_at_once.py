"""The same form fifty times at the same moment says it once; merging while people write waits for nobody for ever."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from community.forum import arranging, services
from community.forum.models import Board, Post, Topic
from community.forum.verbs import ForumVerb
from core.journal.models import Entry
from tests.at_once import VERY_MANY, at_once
from tests.factories.forum import make_post, make_topic


def posted(person: Any, address: str, words: dict[str, Any]) -> tuple[int, str]:
    client = Client()
    client.force_login(person)
    answer = client.post(address, words)
    return answer.status_code, answer.headers.get("Location", "")


@pytest.mark.django_db(transaction=True)
def test_a_topic_sent_fifty_times_is_one(world: Any) -> None:
    board = Board.objects.get(program=world.program, key="questions")
    words = {"title": "Said in a hurry", "text": "Once is enough.", "board": board.pk, "key": uuid4()}
    address = reverse("community:topic_new", args=[world.program.slug])
    answers = at_once(lambda: posted(world.influencer, address, words), VERY_MANY)
    topic = Topic.objects.get(title="Said in a hurry")
    assert set(answers) == {(302, reverse("community:topic_detail", args=[world.program.slug, topic.pk]))}
    assert topic.posts.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_answer_sent_fifty_times_is_one(world: Any) -> None:
    address = reverse("community:post_add", args=[world.program.slug, world.topic.pk])
    words = {"text": "Once is enough.", "key": uuid4()}
    answers = at_once(lambda: posted(world.influencer2, address, words), VERY_MANY)
    assert Post.objects.filter(text="Once is enough.").count() == 1
    assert {status for status, _place in answers} == {302}
    assert len(set(answers)) == 1


@pytest.mark.django_db(transaction=True)
def test_where_the_community_stands_sent_fifty_times_is_said_once(world: Any) -> None:
    address = reverse("community:lifecycle_answer", args=[world.program.slug])
    answers = at_once(lambda: posted(world.coach, address, {"stage": "working", "version": 1}), VERY_MANY)
    assert {status for status, _place in answers} == {302}
    assert Entry.objects.filter(verb=ForumVerb.LIFE_CYCLE).count() == 1


@pytest.mark.django_db(transaction=True)
def test_merging_both_ways_while_people_write_and_read(world: Any) -> None:
    """Whoever comes late hears that the topics moved on; every answer is in one of them, none is lost."""
    one, other = (make_topic(world, world.influencer, title=title) for title in ("This", "That"))
    works = [
        lambda: arranging.merge(one, into=other, by=world.manager),
        lambda: arranging.merge(other, into=one, by=world.manager),
        lambda: make_post(one, world.influencer2),
        lambda: make_post(other, world.influencer),
        lambda: services.read(one, to=1, by=world.coach),
        lambda: services.read(other, to=1, by=world.coach),
    ]
    left = [work for work in works for _ in range(3)]

    def work() -> int:
        try:
            left.pop()()
        except (arranging.MovedOn, IndexError):
            return 0
        return 1

    at_once(work)
    topic = Topic.objects.get(pk__in=[one.pk, other.pk], merged_into=None)
    assert topic.posts.count() == topic.posts_made == 8
