"""Whom a post concerns, each once, with what concerns them most; nobody hears of what they may not read."""

from typing import Any

import pytest
from django.urls import reverse

from community.forum import arranging, hosting, jobs, posts, services
from community.forum.models import Post, Reading, Topic, Visitor
from core.news import queries as inbox
from core.news import services as news
from core.news.models import Notification
from tests.factories.forum import make_post, make_topic


def told(person: Any) -> list[str]:
    """The sentences of somebody's inbox."""
    return [each.sentence for each in inbox.inbox_of(person, only_new=True)]


@pytest.fixture
def calm(world: Any) -> Any:
    """A question of the influencer, of which everybody who wanted was told."""
    Topic.objects.filter(program=world.program).delete()
    world.topic = make_topic(world, world.influencer)
    jobs.sweep()
    Notification.objects.all().delete()
    return world


def say(world: Any, by: Any, text: str = "Ask them first.") -> Post:
    post = make_post(world.topic, by, text)
    jobs.sweep()
    jobs.tell(post.pk)
    return post


def test_whose_topic_it_is_hears_of_an_answer_once(calm: Any) -> None:
    say(calm, calm.coach)
    assert told(calm.influencer) == [f"Coach answered: {calm.topic.title}"]
    assert Notification.objects.count() == 1


def test_several_answers_are_one_line(calm: Any) -> None:
    for person in (calm.coach, calm.manager, calm.coach):
        say(calm, person)
    assert told(calm.influencer) == [f"3 answers: {calm.topic.title}"]
    bundle = inbox.inbox_of(calm.influencer, only_new=True)[0]
    assert bundle.names == "Coach, Manager"
    assert bundle.url.endswith(f"/forum/{calm.topic.pk}/?post=2#post-2")


def test_each_hears_what_concerns_them_most(calm: Any) -> None:
    say(calm, calm.influencer2, "I follow this now.")
    Notification.objects.all().delete()
    say(calm, calm.coach, "> @Influencer:\n> Two colleagues\n\n@Manager, do you know?")
    assert told(calm.manager) == [f"Coach mentioned you: {calm.topic.title}"]
    assert told(calm.influencer) == [f"Coach quoted you: {calm.topic.title}"]
    assert told(calm.influencer2) == [f"Coach wrote: {calm.topic.title}"]
    assert told(calm.coach) == []


def test_the_writer_of_the_answer_hears_that_it_helped(calm: Any) -> None:
    post = say(calm, calm.influencer2)
    for _ in range(2):
        services.mark_answer(post, by=calm.influencer)
    assert told(calm.influencer2) == [f"Your answer helped: {calm.topic.title}"]


def test_who_muted_the_topic_hears_nothing(calm: Any) -> None:
    services.follow(calm.topic, by=calm.influencer, follows=False)
    say(calm, calm.coach, "@Influencer, look!")
    assert told(calm.influencer) == []


def test_what_was_seen_is_no_news(calm: Any) -> None:
    say(calm, calm.coach)
    say(calm, calm.coach)
    services.read(calm.topic, to=2, by=calm.influencer)
    assert told(calm.influencer) == [f"Coach answered: {calm.topic.title}"]
    services.read(calm.topic, to=3, by=calm.influencer)
    assert told(calm.influencer) == []


def test_nobody_hears_of_what_is_for_hosts(calm: Any) -> None:
    topic = make_topic(calm, calm.manager, "hosts", title="Among us")
    Reading.objects.create(topic=topic, person=calm.influencer, follows=True)  # from before it moved there
    make_post(topic, calm.coach, "@Influencer2")
    jobs.sweep()
    assert told(calm.influencer) == told(calm.influencer2) == []
    assert told(calm.manager) == ["Coach answered: Among us"]


def test_a_topic_that_moves_to_the_hosts_is_told_no_more(calm: Any) -> None:
    say(calm, calm.coach)
    hosts = make_topic(calm, calm.manager, "hosts").board
    hosting.move_topic(calm.topic, board=hosts, by=calm.manager)
    assert told(calm.influencer) == []


def test_a_deleted_post_is_not_told_and_comes_back(calm: Any) -> None:
    post = say(calm, calm.coach)
    posts.delete_post(post, by=calm.coach)
    assert (told(calm.influencer), news.count(calm.influencer, [calm.program.pk])) == ([], 0)
    posts.restore_post(post, by=calm.coach)
    assert len(told(calm.influencer)) == news.count(calm.influencer, [calm.program.pk]) == 1


def test_hosts_hear_that_a_post_was_reported_and_nobody_who_did_it(calm: Any) -> None:
    post = say(calm, calm.influencer2)
    Notification.objects.all().delete()
    hosting.report(post, reason="This is no answer.", by=calm.influencer)
    assert told(calm.coach) == told(calm.manager) == [f"A post was reported: {calm.topic.title}"]
    assert told(calm.influencer) == told(calm.influencer2) == []
    hosting.decide(post, decision="stays", because="", by=calm.coach)
    assert told(calm.manager) == []
    assert news.count(calm.manager, [calm.program.pk]) == 0


def test_the_page_tells_the_bell_what_was_seen(
    calm: Any, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = sign_in(calm.influencer)
    assert 'aria-label="Notifications"' in client.get("/me/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        say(calm, calm.coach)
    assert 'aria-label="Notifications, 1 new"' in " ".join(client.get("/me/").content.decode().split())
    with django_capture_on_commit_callbacks(execute=True):
        seen = client.post(reverse("community:topic_seen", args=["nordlichter", calm.topic.pk]), {"to": 2})
    assert seen["HX-Trigger"] == "told"
    assert 'aria-label="Notifications"' in client.get(reverse("news:bell")).content.decode()


def test_what_becomes_of_my_posts_is_my_choice(calm: Any, sign_in: Any) -> None:
    client, address = sign_in(calm.influencer), reverse("community:forum_settings", args=["nordlichter"])
    assert client.post(address, {"words_go": "yes"}).status_code == 302
    assert Visitor.objects.get(person=calm.influencer).words_go
    assert client.post(address, {"words_go": "always"}).status_code == 422


def test_news_go_along_with_posts_that_move(calm: Any) -> None:
    post, other = say(calm, calm.coach), make_topic(calm, calm.influencer2, title="The same question")
    arranging.merge(calm.topic, into=other, by=calm.manager)
    (bundle,) = inbox.inbox_of(calm.influencer, only_new=True)
    assert (bundle.about, bundle.title) == (str(other.pk), "The same question")
    post.refresh_from_db()
    services.read(other, to=post.number, by=calm.influencer)
    assert told(calm.influencer) == []
