"""The forum: who asks is answered, what is new is found, and nobody sees what is not for them."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.forum import services
from community.forum.models import Board, Post, Reading, Topic, Visitor
from core.attachments.models import Attachment
from core.journal.models import Entry
from core.people import services as people
from core.writing.models import Draft
from programs.membership.models import Membership, Role
from tests.factories.attachments import picture_bytes
from tests.factories.forum import make_post, make_topic
from tests.world import join, make_user

FORUM = "/p/nordlichter/forum/"


def url(name: str, *args: Any) -> str:
    return reverse(f"community:{name}", args=["nordlichter", *args])


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def ask(client: Client, world: Any, title: str = "How long may a post be?", **more: Any) -> Any:
    board = Board.objects.get(program=world.program, key="questions")
    words = {"title": title, "text": "Mine is *long*.", "board": board.pk, "key": uuid.uuid4()}
    return client.post(url("topic_new"), words | more)


def answer(client: Client, topic: Topic, text: str = "As long as it is read.", **more: Any) -> Any:
    return client.post(url("post_add", topic.pk), {"text": text, "key": uuid.uuid4(), **more})


def see(client: Client, topic: Topic, start: int = 1) -> str:
    """The page of a topic, and what its script tells."""
    address = url("topic_detail", topic.pk)
    text = page(client, f"{address}?from={start}" if start > 1 else address)
    if told := re.search(r'hx-vals=.{"to": (\d+)}', text):
        assert client.post(url("topic_seen", topic.pk), {"to": told[1]}).status_code == 204
    return text


@pytest.fixture
def calm(world: Any) -> Any:
    """Nothing was asked yet, and everybody has read the welcome."""
    Topic.objects.filter(program=world.program).delete()
    return world


def test_a_forum_is_opened_by_a_host_and_welcomes(calm: Any, sign_in: Any) -> None:
    Board.objects.filter(program=calm.program).delete()
    assert "not open yet" in page(sign_in(calm.influencer), FORUM)
    assert sign_in(calm.influencer).get(url("topic_new"))["Location"] == FORUM
    manager = sign_in(calm.manager)
    assert "Open the forum" in page(manager, FORUM)
    for _ in range(2):
        manager.post(url("forum_open"))
    boards = Board.objects.filter(program=calm.program)
    assert [board.title for board in boards] == ["Questions", "Ideas", "Successes and stories", "Hosts"]
    assert Topic.objects.get(program=calm.program).pinned_at is not None
    assert Entry.objects.filter(verb="forum.opened", program_id=calm.program.pk, actor=calm.manager).count() == 1 + 1
    assert "Welcome: how asking works here" in page(sign_in(calm.influencer), FORUM)


def test_a_question_finds_its_answer(calm: Any, sign_in: Any) -> None:
    asker, helper = sign_in(calm.influencer), sign_in(calm.influencer2)
    ask(asker, calm)
    topic = Topic.objects.get(program=calm.program)
    assert (topic.is_question, topic.by, topic.posts.get().text) == (True, calm.influencer, "Mine is *long*.")
    assert "waiting for an answer" in page(helper, FORUM)
    answer(helper, topic)
    post = topic.posts.get(number=2)
    assert "Did one help?" in page(asker, f"{FORUM}?show=mine")
    shown = page(asker, url("topic_detail", topic.pk))
    assert "This is the answer" in shown
    assert "Mine is <em>long</em>." in shown
    assert "This is the answer" not in page(helper, url("topic_detail", topic.pk))
    assert helper.post(url("post_mark", post.pk)).status_code == 403
    asker.post(url("post_mark", post.pk))
    topic.refresh_from_db()
    assert topic.answer == post
    assert "Marked as the answer" in page(helper, url("topic_detail", topic.pk))
    asker.post(url("post_unmark", post.pk))
    topic.refresh_from_db()
    assert topic.answer is None


def test_the_question_itself_is_no_answer(world: Any, sign_in: Any) -> None:
    first = world.topic.posts.get(number=1)
    assert sign_in(world.influencer).post(url("post_mark", first.pk)).status_code == 403


def test_the_same_form_twice_says_it_once(calm: Any, sign_in: Any) -> None:
    client, key = sign_in(calm.influencer), uuid.uuid4()
    for _ in range(2):
        ask(client, calm, key=key)
    topic = Topic.objects.get(program=calm.program)
    for _ in range(2):
        answer(client, topic, key=key)  # a key of one's own that is taken
    again = uuid.uuid4()
    for _ in range(2):
        answer(client, topic, "Twice", key=again)
    assert [post.text for post in topic.posts.all()].count("Twice") == 1
    topic.refresh_from_db()
    assert topic.posts_made == topic.posts.count()


def test_new_is_what_others_said_and_i_have_not_seen(calm: Any, sign_in: Any) -> None:
    topic = make_topic(calm, calm.influencer)
    reader, title = sign_in(calm.influencer2), topic.title
    assert title in page(reader, FORUM)
    assert "You are up to date" in page(sign_in(calm.influencer), FORUM)  # one's own words are no news
    see(reader, topic)
    assert title not in page(reader, FORUM)
    assert Reading.objects.get(topic=topic, person=calm.influencer2).read_to == 1
    make_post(topic, calm.coach)
    assert "1 new post" in page(reader, FORUM)
    assert "New for you" in see(reader, topic)
    assert "New for you" not in see(reader, topic)
    assert reader.post(url("topic_seen", topic.pk), {"to": "x"}).status_code == 422
    reader.post(url("topic_seen", topic.pk), {"to": 2000})  # nobody has seen what is not there yet
    assert Reading.objects.get(topic=topic, person=calm.influencer2).read_to == 2


def test_a_muted_topic_is_no_news_and_a_followed_one_comes_first(calm: Any, sign_in: Any) -> None:
    topic, client = make_topic(calm, calm.influencer), sign_in(calm.influencer2)
    for word, kept in (("yes", True), ("no", False), ("", None)):
        client.post(url("topic_follow", topic.pk), {"follows": word})
        assert Reading.objects.get(topic=topic, person=calm.influencer2).follows is kept
    client.post(url("topic_follow", topic.pk), {"follows": "yes"})
    assert "Where you take part" in page(client, FORUM)
    assert topic.title in page(client, f"{FORUM}?show=followed")
    client.post(url("topic_follow", topic.pk), {"follows": "no"})
    assert topic.title not in page(client, FORUM)
    assert topic.title in page(client, f"{FORUM}?show=all")


def test_all_read_can_be_taken_back(calm: Any, sign_in: Any) -> None:
    topic, client = make_topic(calm, calm.influencer), sign_in(calm.influencer2)
    said = client.post(url("forum_read"), follow=True).content.decode()
    assert topic.title not in page(client, FORUM)
    undo = f"{url('forum_read')}?until="
    assert f'action="{undo}"' in said
    client.post(undo)
    assert Visitor.objects.get(person=calm.influencer2).all_read_at is None
    assert topic.title in page(client, FORUM)


def test_news_grow_old(calm: Any, sign_in: Any) -> None:
    topic = make_topic(calm, calm.influencer)
    Topic.objects.filter(pk=topic.pk).update(last_at=timezone.now() - timedelta(days=31))
    assert topic.title not in page(sign_in(calm.influencer2), FORUM)
    assert topic.title in page(sign_in(calm.influencer2), f"{FORUM}?show=all")


def test_lists_show_what_they_say(calm: Any, sign_in: Any) -> None:
    waiting, idea = make_topic(calm, calm.influencer), make_topic(calm, calm.coach, "ideas", title="A series")
    answered = make_topic(calm, calm.influencer2, title="Was answered")
    make_post(answered, calm.coach)
    client = sign_in(calm.influencer)
    shown = {show: page(client, f"{FORUM}?show={show}") for show in ("waiting", "mine", "followed", "all")}
    found = {
        show: {topic.title for topic in (waiting, idea, answered) if topic.title in text}
        for show, text in shown.items()
    }
    assert found == {
        "waiting": {waiting.title},
        "mine": {waiting.title},
        "followed": {waiting.title},
        "all": {waiting.title, idea.title, answered.title},
    }
    board = page(client, f"{FORUM}?board=ideas")
    assert (idea.title in board, waiting.title in board) == (True, False)


def test_a_long_list_goes_on_behind_its_last_row(calm: Any, sign_in: Any) -> None:
    for number in range(30):
        make_topic(calm, calm.influencer, title=f"Topic {number:02}.")
    client, address, seen = sign_in(calm.influencer2), f"{FORUM}?show=all", []
    for _ in range(3):
        text = page(client, address)
        seen += [number for number in range(30) if f"Topic {number:02}." in text]
        if 'rel="next"' not in text:
            break
        address = text.split('class="btn" href="')[1].split('"')[0].replace("&amp;", "&")
    assert sorted(seen) == list(range(30))
    assert client.get(f"{FORUM}?show=all&after=nonsense_x").status_code == 200


def test_a_long_topic_has_pages_and_lasting_addresses(calm: Any, sign_in: Any) -> None:
    topic = make_topic(calm, calm.influencer)
    for number in range(2, 25):
        make_post(topic, calm.coach, f"Post number {number}.")
    client = sign_in(calm.influencer2)
    last = topic.posts.get(number=24)
    assert client.get(url("post_read", last.pk))["Location"] == f"{url('topic_detail', topic.pk)}?post=24#post-24"
    first = see(client, topic)
    assert ("Post number 20." in first, "Post number 21." in first) == (True, False)
    assert Reading.objects.get(topic=topic, person=calm.influencer2).read_to == 20
    assert "Post number 24." in see(client, topic, 21)
    see(client, topic)  # going back forgets nothing
    assert Reading.objects.get(topic=topic, person=calm.influencer2).read_to == 24
    for odd in ("0", "-1", "x", "99999999999", "1e3"):
        assert client.get(f"{url('topic_detail', topic.pk)}?from={odd}").status_code == 200


def test_a_board_for_hosts_exists_for_hosts_only(calm: Any, sign_in: Any) -> None:
    topic = make_topic(calm, calm.manager, "hosts", title="Who welcomes them?", text="Confidential words")
    post = topic.posts.get()
    client = sign_in(calm.influencer)
    for address in (url("topic_detail", topic.pk), url("post_read", post.pk)):
        assert client.get(address).status_code == 404
    for address in (FORUM, f"{FORUM}?show=all", f"{FORUM}?board=hosts", f"{FORUM}?q=confidential"):
        assert topic.title not in page(client, address)
    assert topic.title in page(sign_in(calm.coach), f"{FORUM}?q=confidential")
    board = Board.objects.get(program=calm.program, key="hosts")
    assert ask(client, calm, board=board.pk).status_code == 422
    assert client.get(f"/people/find/topic/{topic.pk}/?q=").status_code == 404


def test_names_lead_to_people_who_read_there(calm: Any, sign_in: Any) -> None:
    ask(sign_in(calm.influencer), calm, text="What do you say, @Coach, and @Executive?")
    topic = Topic.objects.get(program=calm.program)
    assert topic.posts.get().text == f"What do you say, @[{calm.coach.pk}], and @Executive?"
    assert ">@Coach</a>" in page(sign_in(calm.manager), url("topic_detail", topic.pk))


def test_who_left_is_a_former_member(calm: Any, sign_in: Any) -> None:
    topic = make_topic(calm, calm.influencer2, title="Still readable", text="These words stay.")
    Membership.objects.filter(user=calm.influencer2).update(ended_at=timezone.now())
    for address in (FORUM, url("topic_detail", topic.pk), f"{FORUM}?q=words"):
        text = page(sign_in(calm.influencer), address)
        assert ("Former member" in text, "Influencer2" in text) == (True, False)
    people.erase_account(calm.influencer2)
    assert "erased" not in page(sign_in(calm.influencer), url("topic_detail", topic.pk))


def test_a_lead_who_hands_over_keeps_the_name_as_long_as_the_role_is_kept(calm: Any, sign_in: Any) -> None:
    """The end of a role in the team takes back no consent; somebody who was asked yesterday is still answered to."""
    lead = join(make_user("former_lead"), calm.program, Role.MANAGER)
    topic = make_topic(calm, lead.user, title="Still readable", text="These words stay.")
    address = url("topic_detail", topic.pk)
    for days, shown in ((0, True), (29, True), (31, False)):
        Membership.objects.filter(pk=lead.pk).update(ended_at=timezone.now() - timedelta(days=days))
        text = page(sign_in(calm.influencer), address)
        assert ("Former Lead" in text, "Former member" in text) == (shown, not shown), days
    Membership.objects.filter(pk=lead.pk).update(ended_at=timezone.now())
    part = join(lead.user, calm.program, Role.INFLUENCER, ended_at=timezone.now())
    assert "Former Lead" not in page(sign_in(calm.influencer), address)  # took the consent back
    Membership.objects.filter(pk=part.pk).delete()
    lead.user.erase_at = timezone.now()
    lead.user.save()
    assert "Former Lead" not in page(sign_in(calm.influencer), address)  # deletes the account


def test_an_archived_program_is_read_only(world: Any, sign_in: Any) -> None:
    world.program.archived_at = timezone.now()
    world.program.save()
    client = sign_in(world.influencer)
    text = page(client, url("topic_detail", world.topic.pk))
    assert ("Ask them first" in text, 'id="answer"' in text, "This is the answer" in text) == (True, False, False)
    assert answer(client, world.topic).status_code == 403
    assert client.get(url("topic_new")).status_code == 403


def test_an_answer_to_a_closed_topic_is_kept_on_the_page(world: Any, sign_in: Any) -> None:
    Topic.objects.filter(pk=world.topic.pk).update(closed_at=timezone.now())
    reply = answer(sign_in(world.influencer2), world.topic, "Too late, and still mine")
    assert (reply.status_code, "Too late, and still mine" in reply.content.decode()) == (409, True)
    assert not Post.objects.filter(text__startswith="Too late").exists()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("title", " ", "in one sentence"),
        ("title", "x" * 141, "140"),
        ("title", "a\u202eb", "invisible"),
        ("text", "", "Please write something"),
        ("text", "x" * 200_000, "20000"),
        ("text", "[x](javascript:1)", "not allowed"),
        ("board", "999999", "Select a valid choice"),
        ("key", "none", ""),
    ],
)
def test_a_bad_topic_says_why_and_is_kept(field: str, value: str, says: str, calm: Any, sign_in: Any) -> None:
    reply = ask(sign_in(calm.influencer), calm, **{"title": "Title kept", "text": "Text kept", field: value})
    text = reply.content.decode()
    assert (reply.status_code, says in text) == (422, True)
    assert all(words in text for name, words in (("title", "Title kept"), ("text", "Text kept")) if name != field)
    assert not Topic.objects.filter(program=calm.program).exists()


def test_a_draft_waits_and_goes_with_the_post(world: Any, sign_in: Any) -> None:
    client, topic = sign_in(world.influencer2), world.topic
    for key, address in (
        (services.post_draft(topic), url("topic_detail", topic.pk)),
        (f"forum:{world.program.pk}", url("topic_new")),
    ):
        client.post("/writing/draft/", {"key": key, "text": "Half a thought"})
        assert "Half a thought" in page(client, address)
        assert "Half a thought" not in page(sign_in(world.manager), address)
    answer(client, topic)
    ask(client, world)
    assert not Draft.objects.filter(person=world.influencer2).exists()


def test_pictures_of_a_new_topic_move_there(calm: Any, sign_in: Any) -> None:
    client, file = sign_in(calm.influencer), SimpleUploadedFile("hands.jpg", picture_bytes())
    source = client.post(f"/files/picture/forum/{calm.program.pk}/", {"file": file}).json()["source"]
    ask(client, calm, text=f"![Hands]({source})")
    topic = Topic.objects.get(program=calm.program)
    attachment = Attachment.objects.get(pk=source.removeprefix("attachment:"))
    assert (attachment.kind, attachment.target_id) == ("topic", topic.pk)
    assert f'src="{reverse("attachments:file", args=[attachment.pk])}"' in page(client, url("topic_detail", topic.pk))


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("Die Sprechstunde am Montag", "sprechstunden"),
        ("Welche Größe?", "groesse"),
        ("Welche Groesse?", "Größe"),
        ("The meetings were postponed", "meeting"),
        ("Café in der Halle", "cafe"),
        ("Bildrechteformular", "bildrechte"),
    ],
)
def test_words_are_found_however_they_are_written(written: str, wanted: str, calm: Any, sign_in: Any) -> None:
    make_topic(calm, calm.influencer, title="One", text=written)
    make_topic(calm, calm.influencer, title="Other", text="Nothing of the kind")
    text = page(sign_in(calm.influencer2), f"{FORUM}?q={wanted}")
    assert (">One<" in text, ">Other<" in text) == (True, False)


def test_the_search_over_everything_knows_the_forum(world: Any, sign_in: Any) -> None:
    assert world.topic.title in page(sign_in(world.influencer2), "/p/nordlichter/search/?q=workshop")
    assert world.topic.title not in page(sign_in(world.executive), "/p/nordlichter/search/?q=workshop")
    for odd in ("'", "!", "& | !", ":*", "%", "\\", "a" * 300, "🙂"):
        assert sign_in(world.influencer).get(FORUM, {"q": odd}).status_code == 200


def test_a_list_names_who_is_mentioned(calm: Any, sign_in: Any) -> None:
    topic = make_topic(calm, calm.influencer)
    make_post(topic, calm.coach, f"Ask @{calm.influencer2}:\n\n- in **writing**\n- with `@[1]` in it")
    assert f"Ask @{calm.influencer2}: · in writing · with" in page(sign_in(calm.manager), f"{FORUM}?show=all")


def test_lists_and_topics_ask_as_much_for_one_row_as_for_three(
    calm: Any, sign_in: Any, django_assert_num_queries: Any
) -> None:
    client = sign_in(calm.influencer)
    topic = make_topic(calm, calm.coach)
    for address in (f"{FORUM}?show=all", url("topic_detail", topic.pk)):
        client.get(address)
    others = [join(make_user(f"other{number}"), calm.program, Role.INFLUENCER).user for number in range(3)]
    for rows in (1, 3):
        with django_assert_num_queries(6):
            client.get(f"{FORUM}?show=all")
        with django_assert_num_queries(8):
            client.get(url("topic_detail", topic.pk))
        if rows == 1:
            for person in others:
                make_topic(calm, person)
                make_post(topic, person)
            client.get(url("topic_detail", topic.pk))


def test_while_a_title_is_typed_similar_topics_are_shown(world: Any, sign_in: Any) -> None:
    hidden = make_topic(world, world.manager, board="hosts", title="Photos from the workshop of the team")
    asked = {"title": "photos in a workshop"}
    page = sign_in(world.influencer2).get(f"{FORUM}similar/", asked).content.decode()
    assert (world.topic.title in page, hidden.title in page) == (True, False)
    assert hidden.title in sign_in(world.manager).get(f"{FORUM}similar/", asked).content.decode()
    assert "has an answer" not in page
    services.mark_answer(world.post, by=world.influencer)
    page = sign_in(world.influencer2).get(f"{FORUM}similar/", asked).content.decode()
    assert "has an answer" in page
    assert "Ask them first, in writing." in page  # read in place
    make_topic(world, world.coach, title="Was ist das für eine Frage?", text="Wie für alle.")
    for title in ("", "zebra", "\x00", "& | !", "für eine was wie the"):
        assert "<li>" not in sign_in(world.influencer2).get(f"{FORUM}similar/", {"title": title}).content.decode()
    for title, is_alike in (("Workshop, monthly budget", False), ("Workshop, monthly photos", True)):
        page = sign_in(world.influencer2).get(f"{FORUM}similar/", {"title": title}).content.decode()
        assert (world.topic.title in page) is is_alike, "one common word is not enough"
    assert "similar/" in sign_in(world.influencer2).get(f"{FORUM}new/").content.decode()
    without_scripts = sign_in(world.influencer2).get(f"{FORUM}new/", asked).content.decode()
    assert "That answers my question" in without_scripts
