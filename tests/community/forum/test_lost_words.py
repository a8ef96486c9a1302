"""What was written for something that went meanwhile, or was taken back, is not lost."""

import uuid
from typing import Any

from django.urls import reverse

from community.forum import arranging, hosting, services, templates
from community.forum.models import Board, Post, Topic
from community.forum.places import place_url
from tests.factories.forum import make_post, make_topic


def url(name: str, *args: Any) -> str:
    return reverse(f"community:{name}", args=["nordlichter", *args])


def test_words_for_a_topic_that_went_meanwhile_are_not_lost(world: Any, sign_in: Any) -> None:
    """Removed, or moved to where its reader does not read: whoever answers gets the text back."""
    client, answer = sign_in(world.influencer2), {"text": "Half an hour of work", "key": uuid.uuid4()}
    hosting.remove_topic(world.topic, by=world.manager)
    for _ in range(2):
        got = client.post(url("post_add", world.topic.pk), answer)
        assert (got.status_code, "Half an hour of work" in got.content.decode()) == (404, True)
        hosting.restore_topic(world.topic, by=world.manager)
        hosting.move_topic(world.topic, board=Board.objects.get(program=world.program, key="hosts"), by=world.manager)
    got = client.post(url("post_edit", world.post.pk), {"text": "Other words", "version": 1})
    assert (got.status_code, "Other words" in got.content.decode()) == (404, True)
    assert world.topic.title not in got.content.decode()


def test_a_row_leads_to_what_is_new_in_it(world: Any, sign_in: Any) -> None:
    """The first post one has not read; who has read everything comes to the last one."""
    client, topic = sign_in(world.influencer2), make_topic(world, world.coach)
    for _ in range(3):
        make_post(topic, world.coach)
    for read, leads_to in ((2, 3), (4, 4)):
        services.read(topic, to=read, by=world.influencer2)
        page = client.get(f"{url('forum')}?show=all").content.decode()
        assert f'href="{place_url(world.program, topic.pk, leads_to)}"' in page


def test_the_welcome_speaks_german() -> None:
    welcome = templates.welcome("de")
    assert welcome.title == "Willkommen: So fragt es sich hier leicht"
    assert "**Fragen Sie früh.**" in welcome.text


def test_what_was_taken_back_can_be_said_again_by_the_same_form(world: Any, sign_in: Any) -> None:
    client, board = sign_in(world.influencer2), Board.objects.get(program=world.program, key="questions")
    form = {"title": "A day at the pier", "text": "Who comes along?", "board": board.pk, "key": uuid.uuid4()}
    first = client.post(url("topic_new"), form)["Location"]
    assert client.post(url("topic_new"), form)["Location"] == first
    client.post(url("post_take_back", Post.objects.get(topic__title="A day at the pier").pk))
    again = client.post(url("topic_new"), form)["Location"]
    assert again != first
    assert client.get(again).status_code == 200
    topic = Topic.objects.present().get(title="A day at the pier")
    arranging.merge(topic, into=world.topic, by=world.manager)
    client.post(url("topic_new"), form)
    assert Topic.objects.present().filter(title="A day at the pier", merged_into=None).count() == 0
