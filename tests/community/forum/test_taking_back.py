"""What was sent too soon comes back into the editor; a question that is answered already is not asked."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from community.forum import jobs, services
from community.forum.models import Board, Post, Reading, Topic
from core.news import queries as inbox
from core.news.models import Notification
from core.writing.models import Draft
from core.writing.services import keep_draft
from tests.at_once import at_once
from tests.community.forum.test_at_once import posted
from tests.factories.forum import make_post, make_topic


def url(name: str, *args: Any) -> str:
    return reverse(f"community:{name}", args=["nordlichter", *args])


def draft_at(person: Any, key: str) -> Draft | None:
    return Draft.objects.filter(person=person, key=key).first()


@pytest.fixture
def asked(world: Any) -> Any:
    world.topic = make_topic(world, world.influencer)
    jobs.sweep()
    Notification.objects.all().delete()
    return world


def sent(world: Any, client: Any, text: str = "Too soon, @Coach") -> Post:
    answer = client.post(url("post_add", world.topic.pk), {"text": text, "key": uuid.uuid4()}, follow=True)
    page = answer.content.decode()
    post = Post.objects.get(topic=world.topic, by=world.influencer2, deleted_at=None)
    assert "You can withdraw it for two minutes." in page
    assert f'action="{url("post_take_back", post.pk)}"' in page
    return post


def test_a_post_comes_back_into_the_editor_and_nobody_hears_of_it(asked: Any, sign_in: Any) -> None:
    client = sign_in(asked.influencer2)
    post = sent(asked, client)
    jobs.tell(post.pk)
    assert inbox.inbox_of(asked.coach, only_new=True)
    answer = client.post(url("post_take_back", post.pk))
    assert answer["Location"].endswith("#answer")
    assert "Too soon, @Coach</textarea>" in client.get(answer["Location"]).content.decode()
    assert inbox.inbox_of(asked.coach, only_new=True) == []
    assert set(Notification.objects.filter(item=str(post.pk)).values_list("is_gone", flat=True)) == {True}
    again = sent(asked, client, "Not told yet, @Coach")
    client.post(url("post_take_back", again.pk))
    jobs.tell(again.pk)
    assert not Notification.objects.filter(item=str(again.pk)).exists()


def test_what_is_being_written_stays_behind_it(asked: Any, sign_in: Any) -> None:
    client = sign_in(asked.influencer2)
    post = sent(asked, client)
    key = services.post_draft(asked.topic)
    keep_draft(asked.influencer2, key, "The next thought")
    client.post(url("post_take_back", post.pk))
    draft = draft_at(asked.influencer2, key)
    assert draft
    assert draft.text == "Too soon, @Coach\n\nThe next thought"


def test_not_after_two_minutes_nor_after_an_answer_nor_by_others(asked: Any, sign_in: Any) -> None:
    client = sign_in(asked.influencer2)
    post = sent(asked, client)
    Post.objects.filter(pk=post.pk).update(at=timezone.now() - timedelta(minutes=2, seconds=1))
    page = client.post(url("post_take_back", post.pk), follow=True).content.decode()
    assert "You can only withdraw a post within two minutes." in page
    Post.objects.filter(pk=post.pk).update(at=timezone.now())
    make_post(asked.topic, asked.coach, "I see.")
    page = client.post(url("post_take_back", post.pk), follow=True).content.decode()
    assert "Somebody has answered in the meantime" in page
    assert Post.objects.present().filter(pk=post.pk).exists()
    assert sign_in(asked.manager).post(url("post_take_back", post.pk)).status_code == 403


def test_a_topic_comes_back_with_everything_that_was_typed(asked: Any, sign_in: Any) -> None:
    client = sign_in(asked.influencer)
    board = Board.objects.get(program=asked.program, key="ideas")
    day = (asked.today + timedelta(days=9)).isoformat()
    form = {"title": "Which day?", "text": "For all.", "board": board.pk, "key": uuid.uuid4()}
    poll = {
        "poll-question": "When?",
        "poll-choices": "Monday\nFriday",
        "poll-takes_several": "on",
        "poll-last_day": day,
    }
    client.post(url("topic_new"), form | poll)
    topic = Topic.objects.get(title="Which day?")
    answer = client.post(url("post_take_back", topic.posts.get().pk))
    assert answer["Location"] == url("topic_new")
    assert not Topic.objects.present().filter(pk=topic.pk).exists()
    page = client.get(answer["Location"])
    assert (page.context["form"]["title"].value(), page.context["form"]["text"].value()) == ("Which day?", "For all.")
    assert str(page.context["form"]["board"].value()) == str(board.pk)
    draft = draft_at(asked.influencer, services.topic_draft(asked.program))
    assert draft
    assert draft.beside == {"title": "Which day?", "board": str(board.pk)} | poll


@pytest.mark.django_db(transaction=True)
def test_taken_back_twenty_times_at_once_it_comes_back_once(world: Any) -> None:
    post = make_post(make_topic(world, world.coach), world.influencer2, "Once.")
    at_once(lambda: posted(world.influencer2, url("post_take_back", post.pk), {}))
    draft = draft_at(world.influencer2, services.post_draft(post.topic))
    assert draft
    assert draft.text == "Once."


def test_a_newcomer_may_post_again_what_came_back(asked: Any, sign_in: Any, settings: Any) -> None:
    settings.FORUM_NEWCOMER_DAYS = 7
    Topic.objects.filter(by=asked.influencer2).delete()
    client, board = sign_in(asked.influencer2), Board.objects.get(program=asked.program, key="questions")
    for number in range(4):
        form = {"title": f"Number {number}", "text": "In short.", "board": board.pk, "key": uuid.uuid4()}
        assert client.post(url("topic_new"), form).status_code == 302
        if not number:
            client.post(url("post_take_back", Post.objects.get(topic__title="Number 0").pk))


def test_an_earlier_topic_ends_the_asking_and_undo_goes_on(asked: Any, sign_in: Any) -> None:
    client, me = sign_in(asked.influencer2), asked.influencer2
    Topic.objects.filter(pk=asked.topic.pk).update(replies=0)
    similar = client.get(url("topic_similar"), {"title": "Photos from the workshop"}).content.decode()
    assert f'formaction="{url("topic_answers", asked.topic.pk)}"' not in similar, "nobody has answered it"
    Topic.objects.filter(pk=asked.topic.pk).update(replies=1)
    similar = client.get(url("topic_similar"), {"title": "Photos from the workshop"}).content.decode()
    assert f'formaction="{url("topic_answers", asked.topic.pk)}"' in similar
    key = services.topic_draft(asked.program)
    keep_draft(me, key, "An older state")
    typed = {"title": "May I post photos?", "text": "Of the workshop", "board": "1", "key": uuid.uuid4()}
    answer = client.post(url("topic_answers", asked.topic.pk), typed)
    assert answer["Location"] == url("topic_detail", asked.topic.pk)
    assert Reading.objects.get(topic=asked.topic, person=me).follows is True
    assert draft_at(me, key) is None
    page = client.get(answer["Location"]).content.decode()
    assert "You now follow this topic" in page
    undo = f"{url('topic_answers_not', asked.topic.pk)}?follows="
    assert undo in page
    assert client.post(undo)["Location"] == url("topic_new")
    assert Reading.objects.get(topic=asked.topic, person=me).follows is None
    draft = draft_at(me, key)
    assert draft
    assert (draft.text, draft.beside["title"]) == ("Of the workshop", "May I post photos?")


def test_what_was_begun_meanwhile_stands_behind_it(asked: Any, sign_in: Any) -> None:
    client, me, key = sign_in(asked.influencer2), asked.influencer2, services.topic_draft(asked.program)
    client.post(url("topic_answers", asked.topic.pk), {"text": "First"})
    keep_draft(me, key, "Second")
    client.post(url("topic_answers_not", asked.topic.pk))
    draft = draft_at(me, key)
    assert draft
    assert draft.text == "First\n\nSecond"


def test_a_text_that_cannot_be_put_away_leaves_the_draft(asked: Any, sign_in: Any) -> None:
    client, me, key = sign_in(asked.influencer2), asked.influencer2, services.topic_draft(asked.program)
    keep_draft(me, key, "What was kept last")
    client.post(url("topic_answers", asked.topic.pk), {"text": "a\u202eb", "title": "May I?"})
    client.post(url("topic_answers_not", asked.topic.pk))
    draft = draft_at(me, key)
    assert draft
    assert (draft.text, draft.beside["title"]) == ("What was kept last", "May I?")


def test_not_from_a_topic_that_was_closed_meanwhile(asked: Any, sign_in: Any) -> None:
    client = sign_in(asked.influencer2)
    post = sent(asked, client)
    Topic.objects.filter(pk=asked.topic.pk).update(closed_at=timezone.now())
    assert (
        "has been closed in the meantime" in client.post(url("post_take_back", post.pk), follow=True).content.decode()
    )
    assert Post.objects.present().filter(pk=post.pk).exists()


def test_ones_own_next_post_answers_nothing(asked: Any, sign_in: Any) -> None:
    client = sign_in(asked.influencer2)
    post = sent(asked, client)
    make_post(asked.topic, asked.influencer2, "PS")
    client.post(url("post_take_back", post.pk))
    assert not Post.objects.present().filter(pk=post.pk).exists()
    again = client.post(url("post_take_back", post.pk), follow=True)
    assert again.status_code == 200, "pressed twice"
    own = make_topic(asked, asked.influencer2)
    make_post(own, asked.influencer2, "PS")
    page = client.post(url("post_take_back", own.posts.get(number=1).pk), follow=True).content.decode()
    assert "You have written more in this topic" in page


def test_a_text_of_many_lines_is_put_away_and_comes_back_before_a_newer_one(asked: Any, sign_in: Any) -> None:
    client, key = sign_in(asked.influencer2), services.topic_draft(asked.program)
    typed = {"text": "a\r\n\r\nb", "title": "Well?", "poll-choices": "x\r\ny"}
    page = client.post(url("topic_answers", asked.topic.pk), typed, follow=True).content.decode()
    assert draft_at(asked.influencer2, key) is None
    keep_draft(asked.influencer2, key, "c", beside={"title": "Newer?"})
    client.post(page.split("data-toast")[1].split('action="')[1].split('"')[0].replace("&amp;", "&"))
    draft = draft_at(asked.influencer2, key)
    assert draft
    assert [line.strip() for line in draft.text.split("\n") if line.strip()] == ["a", "b", "c"]
    assert draft.beside["title"] == "Newer?"
    assert draft.beside["poll-choices"].split() == ["x", "y"]
