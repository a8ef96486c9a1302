"""The first days: fewer topics, links and pictures, said kindly, with everything that was typed kept."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from community.forum import newcomers, posts, services
from community.forum.models import Board, Post, Topic
from core.kit.markdown import links_in
from core.writing.models import Draft
from programs.membership.models import Membership
from tests.at_once import at_once
from tests.community.forum.test_at_once import posted
from tests.factories.forum import make_post, make_topic
from tests.world import join, make_user

LINKS = "See https://example.com/a and [this](https://example.com/b)"


@pytest.fixture
def new(world: Any, settings: Any) -> Any:
    """Everybody joined today; nobody has said anything yet."""
    settings.FORUM_NEWCOMER_DAYS = 7
    Topic.objects.filter(program=world.program).delete()
    return world


def url(name: str, *args: Any) -> str:
    return reverse(f"community:{name}", args=["nordlichter", *args])


def form(world: Any, **words: Any) -> dict[str, Any]:
    board = Board.objects.get(program=world.program, key="questions")
    return {"title": "May I?", "text": "In short.", "board": board.pk, "key": uuid.uuid4()} | words


def ask(world: Any, client: Any, **words: Any) -> Any:
    return client.post(url("topic_new"), form(world, **words))


def test_the_fourth_topic_of_a_day_waits_and_nothing_is_lost(new: Any, sign_in: Any) -> None:
    client, first = sign_in(new.influencer), uuid.uuid4()
    assert [ask(new, client, key=key).status_code for key in (first, uuid.uuid4(), uuid.uuid4())] == [302] * 3
    answer = ask(new, client, title="A fourth one", text="Typed with care")
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "you can start up to 3 topics a day" in page
    assert "You can start the next one on" in page
    assert ("A fourth one" in page, "Typed with care" in page) == (True, True)
    assert ask(new, client, key=first).status_code == 302, "the same form again is no further topic"
    Topic.objects.filter(program=new.program).update(created_at=timezone.now() - timedelta(hours=25))
    assert ask(new, client, title="A fourth one").status_code == 302


def said(client: Any, topic: Topic, text: str = "In short.") -> Any:
    return client.post(url("post_add", topic.pk), {"text": text, "key": uuid.uuid4()})


def test_the_eleventh_post_of_a_day_waits_and_nothing_is_lost(new: Any, sign_in: Any) -> None:
    topic = make_topic(new, new.coach)
    client = sign_in(new.influencer)
    assert ask(new, client).status_code == 302, "a topic begins with a post"
    assert {said(client, topic).status_code for _ in range(9)} == {302}
    answer = said(client, topic, "Typed with care")
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "you can write up to 10 posts a day" in page
    assert "Typed with care" in page
    assert ask(new, client, title="A second topic").status_code == 429
    assert not Topic.objects.filter(title="A second topic").exists()
    make_post(topic, new.influencer2, "The others go on.")
    Post.objects.filter(by=new.influencer).update(at=timezone.now() - timedelta(hours=25))
    assert said(client, topic, "Typed with care").status_code == 302


def test_a_newcomer_mentions_ten_people_a_day(new: Any, sign_in: Any) -> None:
    people = []
    for number in range(11):
        person = make_user(f"person{number}")
        person.name = f"Person {chr(65 + number)}"
        person.save()
        people.append(join(person, new.program, "coach").user)
    topic, client = make_topic(new, new.coach), sign_in(new.influencer)
    eleven = "Hello " + ", ".join(f"@{person.name}" for person in people)
    answer = said(client, topic, eleven)
    page = answer.content.decode()
    assert (answer.status_code, "mention up to 10 people a day" in page, "mention 10 more" in page) == (429, True, True)
    assert "@Person K" in page
    assert said(client, topic, eleven.replace("@Person K", "Person K")).status_code == 302
    again = said(client, topic, "And @Person K!")
    assert (again.status_code, "take out the @ of the names" in again.content.decode()) == (429, True)
    assert said(client, topic, "And Person K!").status_code == 302
    make_post(topic, new.coach, eleven)


@pytest.mark.django_db(transaction=True)
def test_twenty_posts_at_once_are_ten(new: Any) -> None:
    topic = make_topic(new, new.coach)
    words = {"text": "Buy my bicycle."}
    address = url("post_add", topic.pk)
    answers = at_once(lambda: posted(new.influencer, address, words | {"key": uuid.uuid4()}))
    assert sorted(status for status, _place in answers) == [302] * 10 + [429] * 10
    assert Post.objects.filter(topic=topic, by=new.influencer).count() == 10


@pytest.mark.parametrize("who", ["manager", "coach"])
def test_hosts_have_no_limits(new: Any, sign_in: Any, who: str) -> None:
    client = sign_in(getattr(new, who))
    assert {ask(new, client, text=f"{LINKS} https://example.com/c").status_code for _ in range(5)} == {302}


def test_after_the_first_days_there_are_none(new: Any, sign_in: Any) -> None:
    client = sign_in(new.influencer)
    Membership.objects.filter(user=new.influencer).update(since=timezone.now() - timedelta(days=7, minutes=1))
    assert {ask(new, client, text=f"{LINKS} https://example.com/c").status_code for _ in range(5)} == {302}


def test_who_comes_back_is_not_new(new: Any, sign_in: Any) -> None:
    ended = {"ended_at": timezone.now() - timedelta(days=2)}
    old = Membership.objects.create(program=new.program, user=new.influencer, role="coach", **ended)
    Membership.objects.filter(pk=old.pk).update(since=timezone.now() - timedelta(days=90))
    assert {ask(new, sign_in(new.influencer)).status_code for _ in range(4)} == {302}


def test_a_site_can_do_without(new: Any, sign_in: Any, settings: Any) -> None:
    settings.FORUM_NEWCOMER_DAYS = 0
    assert {ask(new, sign_in(new.influencer)).status_code for _ in range(4)} == {302}


def test_links_and_pictures_of_a_post(new: Any, sign_in: Any) -> None:
    topic = make_topic(new, new.coach)
    client, address = sign_in(new.influencer), url("post_add", topic.pk)
    pictures = " ".join(f"![](attachment:{uuid.uuid4()})" for _ in range(5))
    for text, said in ((f"{LINKS} https://example.com/c", "up to 2 links"), (pictures, "up to 4 pictures and files")):
        answer = client.post(address, {"text": text, "key": uuid.uuid4()})
        page = answer.content.decode()
        assert (answer.status_code, said in page, text[-12:] in page) == (422, True, True)
        assert ask(new, client, text=text).status_code == 422
    assert client.post(address, {"text": LINKS, "key": uuid.uuid4()}).status_code == 302
    post = make_post(topic, new.influencer, "Plain words.")
    edited = {"text": f"{LINKS} https://example.com/c", "version": post.version}
    assert client.post(url("post_edit", post.pk), edited).status_code == 422
    assert Post.objects.get(pk=post.pk).text == "Plain words."


@pytest.mark.parametrize(
    ("text", "count"),
    [("none", 0), (LINKS, 2), ("`https://example.com`", 0), ("> https://a.example\n\nhttps://b.example", 2)],
)
def test_links_are_counted_as_they_are_read(text: str, count: int) -> None:
    assert links_in(text) == count


@pytest.mark.django_db(transaction=True)
def test_twenty_topics_at_once_are_three(new: Any) -> None:
    answers = at_once(lambda: posted(new.influencer, url("topic_new"), form(new)))
    assert sorted(status for status, _place in answers) == [302] * 3 + [429] * 17
    assert Topic.objects.filter(by=new.influencer).count() == 3


def test_names_that_an_edit_took_out_were_called_all_the_same(new: Any) -> None:
    topic = make_topic(new, new.coach)
    post = make_post(topic, new.influencer, "@Coach and @Manager?")
    posts.edit_post(post, text="Nobody.", version=1, by=new.influencer)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(newcomers, "MENTIONS_A_DAY", 2)
        with pytest.raises(newcomers.UsedUp, match="mention up to 2"):
            make_post(topic, new.influencer, "@Coach?")


def test_what_is_not_accepted_is_a_draft(new: Any, sign_in: Any) -> None:
    topic = make_topic(new, new.coach)
    client = sign_in(new.influencer)
    text = "\n".join(f"https://example.com/{number}" for number in range(3))
    page = client.post(url("post_add", topic.pk), {"text": text, "key": uuid.uuid4()})
    assert page.status_code == 422
    draft = Draft.objects.get(person=new.influencer)
    assert (draft.text, draft.key) == (text, services.post_draft(topic))
    assert f'data-draft-version="{draft.version}"' in page.content.decode()
    data = form(new) | {"text": text, "title": "Well?"}
    assert client.post(url("topic_new"), data).status_code == 422
    assert Draft.objects.get(key=services.topic_draft(new.program)).beside["title"] == "Well?"
    long = {"text": "a" * 200_000, "key": uuid.uuid4()}
    assert client.post(url("post_add", topic.pk), long).status_code == 422
    assert Draft.objects.get(key=draft.key).text == text
