"""Single posts: other words, gone and back, a word of thanks; and what hosts do with topics and reports."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse

from community.forum import access, hosting, jobs, leaving, posts, rituals, services
from community.forum.host_day import open_reports
from community.forum.models import Board, Decision, Post, Reaction, Report, Topic
from core.journal.models import Entry
from core.kit.differences import differences
from core.news import queries as inbox
from core.writing.editing import edit_key
from core.writing.models import Draft
from core.writing.services import keep_draft
from tests.factories.forum import make_post, make_ritual, make_topic

FORUM = "/p/nordlichter/forum/"


def url(name: str, *args: Any) -> str:
    return reverse(f"community:{name}", args=["nordlichter", *args])


def page(client: Any, address: str) -> str:
    return client.get(address).content.decode()


def undo_of(answer: Any) -> str:
    return answer.content.decode().split("data-toast")[1].split('action="')[1].split('"')[0].replace("&amp;", "&")


def edit(client: Any, post: Post, text: str, version: int = 1) -> Any:
    return client.post(url("post_edit", post.pk), {"text": text, "version": version}, follow=True)


def test_an_edit_keeps_what_was_there_before_and_can_be_taken_back(world: Any, sign_in: Any) -> None:
    client, post = sign_in(world.influencer2), world.post
    undo = undo_of(edit(client, post, "Ask them first, by mail."))
    text = page(sign_in(world.coach), url("topic_detail", world.topic.pk))
    assert ("by mail" in text, "in writing" in text, "edited" in text) == (True, False, True)
    versions = page(sign_in(world.coach), url("post_versions", post.pk))
    assert "<del> in writing</del><ins> by mail</ins>" in versions
    client.post(undo)
    post.refresh_from_db()
    assert (post.text, post.version, post.versions.count()) == ("Ask them first, in writing.", 3, 2)
    assert "first" in page(client, f"{FORUM}?q=writing")


def test_two_edits_at_once_lose_nothing(world: Any, sign_in: Any) -> None:
    client, post = sign_in(world.influencer2), world.post
    edit(client, post, "The first window.")
    answer = edit(client, post, "The second window.", version=1)
    text = answer.content.decode()
    assert (answer.status_code, "The first window." in text, "The second window." in text) == (422, True, True)
    assert edit(client, post, "").status_code == 422
    post.refresh_from_db()
    assert post.text == "The first window."


def test_what_is_begun_of_an_edit_is_there_again_with_what_was_saved_meanwhile(world: Any, sign_in: Any) -> None:
    client, post = sign_in(world.influencer2), world.post
    here, key = url("post_edit", post.pk), edit_key("post", post.pk)
    keep_draft(world.influencer2, key, "Half a thought", beside={"version": "1"})
    text = page(client, here)
    assert ("Half a thought</textarea>" in text, "The other version" in text) == (True, False)
    edit(client, post, "")
    assert not Draft.objects.filter(key=key, text="Half a thought").exists()  # what was sent last, and refused, is kept
    edit(client, post, "The first window.")
    assert not Draft.objects.exists()
    edit(client, post, "The second window.", version=1)
    text = page(client, here)  # another day: both are still there
    assert ("The second window.</textarea>" in text, "The first window.</pre>" in text) == (True, True)
    assert 'data-beside=""' in text  # it names no version: whoever goes on with it is shown the other one again
    edit(client, post, "Both.", version=2)
    assert not Draft.objects.exists()
    keep_draft(world.influencer2, key, "Half a thought", beside={"version": "3"})
    posts.delete_post(post, by=world.manager)
    assert "Half a thought" in page(client, here)
    leaving.forget_person(world.influencer2, world.program)
    assert not Draft.objects.exists()


def test_nobody_changes_what_others_said(world: Any, sign_in: Any) -> None:
    for person in (world.manager, world.coach, world.influencer):
        assert edit(sign_in(person), world.post, "Other words").status_code == 403


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("a b", "a c", [("", "a"), ("del", " b"), ("ins", " c")]),
        ("a", "a", [("", "a")]),
        ("", "a", [("ins", "a")]),
    ],
)
def test_differences_are_told_word_by_word(before: str, after: str, told: list[tuple[str, str]]) -> None:
    assert list(differences(before, after)) == told


def test_a_post_is_deleted_and_brought_back_by_its_writer(world: Any, sign_in: Any) -> None:
    client, topic = sign_in(world.influencer2), world.topic
    services.mark_answer(world.post, by=world.influencer)
    before = Topic.objects.get(pk=topic.pk).replies
    undo = undo_of(client.post(url("post_delete", world.post.pk), follow=True))
    topic.refresh_from_db()
    assert (topic.answer, topic.replies) == (None, before - 1)
    assert "Ask them first" not in page(client, url("topic_detail", topic.pk))
    assert "Ask them first" not in page(client, f"{FORUM}?q=writing")
    assert sign_in(world.manager).post(undo).status_code == 403  # it was the writer's own wish
    client.post(undo)
    assert "Ask them first" in page(client, url("topic_detail", topic.pk))
    assert not Entry.objects.filter(verb__startswith="forum.post_").exists()


def test_a_host_removes_a_post_and_another_host_brings_it_back(world: Any, sign_in: Any) -> None:
    undo = undo_of(sign_in(world.coach).post(url("post_remove", world.post.pk), {"because": "Off topic."}, follow=True))
    assert "Removed by a host" in page(sign_in(world.influencer), url("topic_detail", world.topic.pk))
    assert sign_in(world.influencer2).post(undo).status_code == 403
    sign_in(world.manager).post(undo)
    assert Post.objects.present().filter(pk=world.post.pk).exists()
    assert Entry.objects.filter(verb="forum.post_removed", actor=world.coach).count() == 1


def test_a_topic_nobody_answered_goes_with_its_first_post(world: Any, sign_in: Any) -> None:
    topic, client = make_topic(world, world.influencer, title="Never mind"), sign_in(world.influencer)
    undo = undo_of(client.post(url("post_delete", topic.posts.get().pk), follow=True))
    assert client.get(url("topic_detail", topic.pk)).status_code == 404
    client.post(undo)
    assert client.get(url("topic_detail", topic.pk)).status_code == 200
    first = world.topic.posts.get(number=1)  # this one has answers: they stay readable
    client.post(url("post_delete", first.pk))
    text = page(client, url("topic_detail", world.topic.pk))
    assert ("Two colleagues" in text, "Ask them first" in text) == (False, True)


def test_a_reaction_is_said_by_name_and_taken_back(world: Any, sign_in: Any) -> None:
    client, address = sign_in(world.influencer), url("post_react", world.post.pk)
    for _ in range(2):  # pressed twice, said once
        client.post(address, {"kind": "thanks", "on": "1"})
    assert Reaction.objects.count() == 1
    text = page(sign_in(world.coach), url("topic_detail", world.topic.pk))
    assert 'title="Influencer"' in text
    client.post(address, {"kind": "thanks", "on": ""})
    assert not Reaction.objects.exists()
    sign_in(world.influencer2).post(address, {"kind": "thanks", "on": "1"})  # nobody thanks themselves
    client.post(address, {"kind": "none", "on": "1"})
    assert not Reaction.objects.exists()
    posts.react(world.post, kind="thanks", by=world.influencer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reaction.objects.create(post=world.post, person=world.influencer, kind="thanks")


def test_reactions_sort_nothing_and_are_added_up_nowhere(world: Any, sign_in: Any) -> None:
    """The page of a topic keeps the order of its numbers, whatever people say to them."""
    posts.react(world.own_post, kind="helpful", by=world.coach)
    text = page(sign_in(world.manager), url("topic_detail", world.topic.pk))
    assert text.index('id="post-2"') < text.index('id="post-3"')


@pytest.mark.parametrize(("step", "field", "back"), [("pin", "pinned_at", "unpin"), ("close", "closed_at", "reopen")])
def test_a_host_tidies_with_a_way_back(step: str, field: str, back: str, world: Any, sign_in: Any) -> None:
    client, address = sign_in(world.coach), url("topic_tidy", world.topic.pk)
    for _ in range(2):
        answer = client.post(address, {"do": step}, follow=True)
    world.topic.refresh_from_db()
    assert getattr(world.topic, field) is not None
    client.post(undo_of(answer))
    world.topic.refresh_from_db()
    assert getattr(world.topic, field) is None
    told = Entry.objects.filter(verb__startswith="forum.", subject_id=world.topic.pk, actor=world.coach)
    assert [entry.verb.split(".")[1] for entry in told.order_by("pk")] == [
        {"pin": "pinned", "close": "closed"}[step],
        {"unpin": "unpinned", "reopen": "reopened"}[back],
    ]


def test_a_topic_moves_with_its_readers_and_back(world: Any, sign_in: Any) -> None:
    client, address = sign_in(world.manager), url("topic_tidy", world.topic.pk)
    answer = client.post(address, {"do": "move", "board": "ideas"}, follow=True)
    world.topic.refresh_from_db()
    assert (world.topic.board.key, world.topic.is_question) == ("ideas", False)
    client.post(undo_of(answer))
    world.topic.refresh_from_db()
    assert (world.topic.board.key, world.topic.is_question) == ("questions", True)
    for odd in ({"do": "move", "board": "nowhere"}, {"do": "explode"}, {}):
        assert client.post(address, odd).status_code == 302
    hidden = client.post(address, {"do": "move", "board": "hosts"}, follow=True)
    assert hidden.status_code == 200
    assert sign_in(world.influencer).get(url("topic_detail", world.topic.pk)).status_code == 404


def test_a_removed_topic_is_gone_and_comes_back(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    undo = undo_of(client.post(url("topic_remove", world.topic.pk), {"because": "Twice."}, follow=True))
    for person in (world.manager, world.influencer2):
        assert sign_in(person).get(url("topic_detail", world.topic.pk)).status_code == 404
    with pytest.raises(Http404):
        access.get_post(world.manager, "nordlichter", world.post.pk)
    client.post(undo)
    assert sign_in(world.influencer).get(url("topic_detail", world.topic.pk)).status_code == 200


@pytest.mark.parametrize("has_left", [False, True])
def test_hosts_bring_back_no_topic_that_its_author_deleted(has_left: bool, world: Any, sign_in: Any) -> None:
    topic = make_topic(world, world.influencer, title="Never mind")
    sign_in(world.influencer).post(url("post_delete", topic.posts.get().pk))
    if has_left:
        leaving.forget_person(world.influencer, world.program)
    assert sign_in(world.manager).post(f"{url('topic_tidy', topic.pk)}?do=restore").status_code == 403
    assert sign_in(world.coach).post(url("post_restore", topic.posts.get().pk)).status_code == 403
    assert not Topic.objects.present().filter(pk=topic.pk).exists()


def test_a_host_takes_back_the_removal_of_the_own_topic(world: Any, sign_in: Any) -> None:
    topic, host = make_topic(world, world.manager), sign_in(world.manager)
    host.post(undo_of(host.post(url("topic_remove", topic.pk), {"because": "Twice."}, follow=True)))
    assert Topic.objects.present().filter(pk=topic.pk).exists()


def test_a_restored_topic_brings_back_no_post_that_its_author_deleted(world: Any, sign_in: Any) -> None:
    first, host = world.topic.posts.get(number=1), sign_in(world.manager)
    sign_in(world.influencer).post(url("post_delete", first.pk))
    host.post(undo_of(host.post(url("topic_remove", world.topic.pk), {"because": "Twice."}, follow=True)))
    text = page(sign_in(world.coach), url("topic_detail", world.topic.pk))
    assert ("Two colleagues" in text, "Ask them first" in text) == (False, True)


def test_a_lone_post_that_a_host_removed_comes_back_with_its_topic(world: Any, sign_in: Any) -> None:
    topic, host = make_topic(world, world.influencer, title="Never mind"), sign_in(world.manager)
    host.post(url("post_remove", topic.posts.get().pk), {"because": "Twice."})
    host.post(f"{url('topic_tidy', topic.pk)}?do=restore")
    assert "Two colleagues" in page(sign_in(world.influencer), url("topic_detail", topic.pk))


def test_a_decision_taken_back_brings_back_no_post_that_its_author_deleted(world: Any, sign_in: Any) -> None:
    post, host = world.reported_post, sign_in(world.coach)
    sign_in(world.influencer2).post(url("post_delete", post.pk))
    stale = Post.objects.get(pk=post.pk)
    stale.deleted_at = None  # as a host held it who decides at the same moment
    hosting.decide(stale, decision=Decision.GOES, because="No sales here.", by=world.coach)
    host.post(f"{url('report_decide', post.pk)}?undo=1")
    assert not Post.objects.present().filter(pk=post.pk).exists()


def test_a_reported_post_is_decided_once_for_everybody(world: Any, sign_in: Any) -> None:
    post, host = world.reported_post, sign_in(world.coach)
    for _ in range(2):
        sign_in(world.influencer).post(url("post_report", post.pk), {"reason": "This is no answer."})
    sign_in(world.manager).post(url("post_report", post.pk), {"reason": "An advertisement."})
    assert Report.objects.filter(post=post).count() == 2
    queue = page(host, url("forum_host"))
    assert ("This is no answer." in queue, "An advertisement." in queue) == (True, True)
    assert "1 reported post is waiting" in page(host, FORUM)
    answer = host.post(url("report_decide", post.pk), {"decision": "goes", "because": "No sales here."}, follow=True)
    assert "Removed by a host: No sales here." in page(sign_in(world.influencer2), url("topic_detail", world.topic.pk))
    assert "This is no answer." not in page(host, url("forum_host"))
    host.post(undo_of(answer))
    assert Post.objects.present().filter(pk=post.pk).exists()
    assert "This is no answer." in page(host, url("forum_host"))
    host.post(url("report_decide", post.pk), {"decision": "stays"})
    assert set(Report.objects.filter(post=post).values_list("decision", flat=True)) == {Decision.STAYS}
    assert Entry.objects.filter(verb="forum.decided").count() == 3  # twice decided, and once undone


def test_what_is_reported_once_more_is_news_once_more(world: Any, sign_in: Any) -> None:
    """After a decision the hosts hear of a new report; its undo loses none; a removed topic asks nothing."""
    post, manager = world.post, sign_in(world.manager)
    hosting.decide(world.reported_post, decision=Decision.STAYS, because="", by=world.manager)

    def told() -> int:
        jobs.sweep()
        return sum(each.news.kind == "forum.reported" for each in inbox.inbox_of(world.coach, only_new=True))

    hosting.report(post, reason="Off topic", by=world.influencer)
    assert told() == 1
    hosting.decide(post, decision=Decision.STAYS, because="", by=world.manager)
    assert told() == 0
    hosting.take_back_decision(post, by=world.manager)
    assert told() == 1
    hosting.decide(post, decision=Decision.STAYS, because="", by=world.manager)
    hosting.report(post, reason="Still off topic", by=world.influencer)
    assert told() == 1
    hosting.take_back_decision(post, by=world.manager)  # an old page
    assert Report.objects.filter(post=post, decided_at=None).count() == 1
    hosting.remove_topic(world.topic, by=world.manager)
    assert (told(), open_reports(world.program)) == (0, 0)
    assert "Nothing was reported." in page(manager, url("forum"))


def test_who_reported_is_told_to_nobody(world: Any, sign_in: Any) -> None:
    Topic.objects.exclude(pk=world.topic.pk).delete()
    Post.objects.filter(topic=world.topic, by=world.influencer).update(by=world.influencer2)
    Topic.objects.filter(pk=world.topic.pk).update(by=world.influencer2, answer=world.post)
    for host in (world.manager, world.coach):
        queue = page(sign_in(host), url("forum_host"))
        assert ("This is no answer." in queue, ">Influencer<" in queue) == (True, False)
    assert not Entry.objects.filter(actor=world.influencer, verb__startswith="forum.").exists()


def test_nobody_decides_about_the_own_post(world: Any, sign_in: Any) -> None:
    post = make_post(world.topic, world.coach, "A host's own words.")
    hosting.report(post, reason="View", by=world.influencer)
    assert "another host decides" in page(sign_in(world.coach), url("forum_host"))
    assert sign_in(world.coach).post(url("report_decide", post.pk), {"decision": "stays"}).status_code == 403
    with pytest.raises(PermissionDenied):
        access.get_post_to_judge(world.coach, "nordlichter", post.pk)


def test_a_report_says_why(world: Any, sign_in: Any) -> None:
    answer = sign_in(world.influencer).post(url("post_report", world.post.pk), {"reason": " "})
    assert (answer.status_code, "One sentence helps" in answer.content.decode()) == (422, True)


def test_who_asks_for_the_first_time_is_welcomed(world: Any, sign_in: Any) -> None:
    first = make_topic(world, world.influencer2, title="My very first question")
    queue = page(sign_in(world.manager), url("forum_host"))
    assert (first.title in queue, "asks for the first time" in queue) == (True, True)
    services.add_post(first, key=uuid.uuid4(), text="Welcome.", by=world.coach)
    assert first.title not in page(sign_in(world.manager), url("forum_host"))


def test_a_postscript_of_who_asked_answers_nothing(world: Any, sign_in: Any) -> None:
    topic = make_topic(world, world.influencer, title="Who lends me a lens?")
    make_post(topic, world.influencer, "PS: by Friday.")

    def waits() -> tuple[bool, bool]:
        unanswered = page(sign_in(world.coach), f"{FORUM}?show=waiting")
        return topic.title in unanswered, topic.title in page(sign_in(world.manager), url("forum_host"))

    assert waits() == (True, True)
    reply = make_post(topic, world.influencer2, "I do.")
    assert waits() == (False, False)
    posts.delete_post(reply, by=world.influencer2)
    assert waits() == (True, True)


def test_the_host_page_asks_as_much_for_one_row_as_for_three(
    world: Any, sign_in: Any, django_assert_num_queries: Any
) -> None:
    client = sign_in(world.manager)
    Board.objects.filter(program=world.program, key="hosts").update(asks=False)
    make_topic(world, world.influencer)
    rituals.approve(world.ritual, version=1, weeks=4, by=world.coach)
    client.get(url("forum_host"))
    for rows in (1, 3):
        with django_assert_num_queries(18):
            client.get(url("forum_host"))
        if rows == 1:
            make_ritual(world.program, world.manager, "monday-question")
            for person in (world.influencer2, world.coach):
                make_topic(world, person)
                hosting.report(make_post(world.topic, person), reason="?", by=world.influencer)
