"""Hosts merge, split and remove: old addresses lead on, nobody loses anything, and each step can be taken back."""

import re
from typing import Any

import pytest
from django.urls import reverse

from community.forum import arranging, hosting, posts, services
from community.forum.models import Board, Post, Reading, Topic
from community.forum.models_arranged import FormerPlace, Rearrangement
from core.attachments.models import Attachment
from core.journal.models import Entry
from core.writing.models import Draft
from core.writing.services import keep_draft
from tests.factories.attachments import make_attachment
from tests.factories.forum import make_post, make_topic


def url(name: str, *args: Any) -> str:
    return reverse(f"community:{name}", args=["nordlichter", *args])


def two(world: Any) -> tuple[Topic, Topic]:
    one = make_topic(world, world.influencer, title="Photos from the workshop")
    make_post(one, world.influencer2, "Ask first.")
    make_post(one, world.coach, "And blur the screens.")
    other = make_topic(world, world.influencer2, title="May I show the workshop?")
    make_post(other, world.influencer, "I wonder too.")
    return Topic.objects.get(pk=one.pk), Topic.objects.get(pk=other.pk)


def said(topic: Topic) -> list[tuple[int, str]]:
    return list(topic.posts.present().order_by("number").values_list("number", "text"))


def test_merged_topics_are_one_and_old_addresses_lead_there(world: Any, sign_in: Any) -> None:
    one, other = two(world)
    host, reader = sign_in(world.manager), sign_in(world.influencer)
    second = one.posts.get(number=2)
    assert "May I show the workshop?" in host.get(url("topic_merge", one.pk)).content.decode()
    host.post(url("topic_merge", one.pk), {"into": other.pk})
    assert [text for _number, text in said(other)] == [
        "Two colleagues are in them.", "I wonder too.", "Two colleagues are in them.", "Ask first.",
        "And blur the screens.",
    ]  # fmt: skip
    other.refresh_from_db()
    assert (other.posts_made, other.replies, other.last_post) == (5, 4, Post.objects.get(text="I wonder too."))
    assert (
        reader.get(url("topic_detail", one.pk), {"post": 2}, follow=True)
        .redirect_chain[-1][0]
        .endswith(f"/forum/{other.pk}/?post=4#post-4")
    )
    assert reader.get(url("topic_detail", one.pk), follow=True).redirect_chain[-1][0].endswith("?post=3#post-3")
    assert reader.get(url("post_read", second.pk))["Location"].endswith("?post=4#post-4")
    assert "Photos from the workshop" not in reader.get(url("forum"), {"show": "all"}).content.decode()
    assert Entry.objects.filter(verb="forum.merged", actor=world.manager).count() == 1
    # who had the old page open answers in the new place
    reader.post(url("post_add", one.pk), {"text": "Thanks to both.", "key": "6a1a51c8-3d0f-4b7e-9a55-0c6c7f5f1d99"})
    assert said(other)[-1] == (6, "Thanks to both.")


def test_a_merge_is_taken_back_with_one_click(world: Any, sign_in: Any) -> None:
    one, other = two(world)
    before = said(one), said(other)
    services.mark_answer(one.posts.get(number=2), by=world.influencer)
    host = sign_in(world.manager)
    page = host.post(url("topic_merge", one.pk), {"into": other.pk}, follow=True).content.decode()
    other.refresh_from_db()
    assert other.answer == Post.objects.get(text="Ask first.")
    undo = re.search(r"/p/nordlichter/forum/moved/\d+/undo/", page)
    assert undo
    make_post(other, world.coach, "Said since.")
    for _ in range(2):
        host.post(undo[0])
    one.refresh_from_db()
    other.refresh_from_db()
    assert said(one) == before[0]
    assert said(other) == [*before[1], (6, "Said since.")]
    assert (one.answer.text, other.answer, one.merged_into) == ("Ask first.", None, None)
    assert Entry.objects.filter(verb="forum.arranged_back").count() == 1
    # the addresses that were given out meanwhile lead back
    place = FormerPlace.objects.get(topic=other, number=4)
    assert sign_in(world.influencer).get(url("topic_detail", other.pk), {"post": 4})["Location"] == url(
        "post_read", place.post_id
    )


def test_who_follows_one_follows_both_and_what_was_read_stays_read(world: Any) -> None:
    one, other = two(world)
    services.read(one, to=3, by=world.coach)
    services.read(other, to=2, by=world.coach)
    services.read(one, to=2, by=world.manager)
    services.follow(one, by=world.manager, follows=True)
    keep_draft(world.coach, f"topic:{one.pk}", "Half a sentence")
    keep_draft(world.coach, f"topic:{other.pk}", "Another half")
    arranging.merge(one, into=other, by=world.manager)
    readings = {each.person_id: each for each in Reading.objects.filter(topic=other)}
    assert readings[world.coach.pk].read_to == 5
    assert (readings[world.manager.pk].read_to, readings[world.manager.pk].follows) == (0, True)
    assert Draft.objects.get(person=world.coach, key=f"topic:{other.pk}").text == "Another half\n\nHalf a sentence"


def test_split_posts_are_a_topic_of_their_own(world: Any, sign_in: Any) -> None:
    one, _other = two(world)
    third = one.posts.get(number=3)
    host, reader = sign_in(world.manager), sign_in(world.influencer)
    services.read(one, to=3, by=world.influencer)
    services.mark_answer(third, by=world.influencer)
    assert "blur the screens" in host.get(url("topic_split", one.pk)).content.decode()
    words = {"title": "Screens in photos", "board": one.board_id}
    assert host.post(url("topic_split", one.pk), words).status_code == 422  # no post was chosen
    host.post(url("topic_split", one.pk), words | {"posts": [third.pk]})
    new = Topic.objects.get(title="Screens in photos")
    assert (said(new), new.by, new.last_post) == ([(1, "And blur the screens.")], world.coach, third)
    one.refresh_from_db()
    assert (one.replies, one.answer, len(said(one))) == (1, None, 2)
    assert reader.get(url("topic_detail", one.pk), {"post": 3})["Location"] == url("post_read", third.pk)
    assert "Posts from here were moved." in reader.get(url("topic_detail", one.pk)).content.decode()
    assert Reading.objects.get(topic=new, person=world.influencer).read_to == 1
    make_post(new, world.influencer2, "Which ones?")
    host.post(url("rearrangement_undo", Rearrangement.objects.latest("at").pk))
    assert [number for number, _text in said(one)] == [1, 2, 3, 4]
    one.refresh_from_db()
    assert (one.answer, one.posts_made) == (third, 4)
    assert reader.get(url("topic_detail", new.pk))["Location"] == url("post_read", third.pk)


def test_what_hosts_wrote_for_hosts_is_not_merged_into_a_board_for_all(world: Any, sign_in: Any) -> None:
    one, _other = two(world)
    among = make_topic(world, world.manager, "hosts", title="Photos from the workshop: what do we say?")
    host = sign_in(world.manager)
    answer = host.post(url("topic_merge", among.pk), {"into": one.pk})
    assert (answer.status_code, "has different readers" in answer.content.decode()) == (422, True)
    with pytest.raises(arranging.OtherReaders):
        arranging.merge(among, into=one, by=world.manager)
    with pytest.raises(arranging.OtherReaders):
        arranging.split(one, posts=one.posts.filter(number=2), title="x", board=among.board, by=world.manager)


def test_two_hosts_at_once_both_see_it(world: Any, sign_in: Any) -> None:
    one, other = two(world)
    host = sign_in(world.manager)
    third = one.posts.get(number=3)
    step = arranging.split(one, posts=[third], title="Screens", board=one.board, by=world.coach)
    with pytest.raises(arranging.MovedOn):
        arranging.split(one, posts=[third], title="Again", board=one.board, by=world.manager)
    new = Topic.objects.get(pk=step.target_id)
    arranging.merge(new, into=other, by=world.coach)
    with pytest.raises(arranging.MovedOn):
        arranging.merge(new, into=one, by=world.manager)
    page = host.post(url("rearrangement_undo", step.pk), follow=True).content.decode()
    assert "undo that step first" in page
    with pytest.raises(arranging.MovedOn):
        arranging.merge(one, into=one, by=world.manager)
    hosting.decide(world.reported_post, decision="stays", because="", by=world.coach)
    page = host.post(url("report_decide", world.reported_post.pk), {"decision": "goes"}, follow=True).content.decode()
    assert "Another host has already decided" in page


def undo(host: Any, step: Rearrangement) -> str:
    return host.post(url("rearrangement_undo", step.pk), follow=True).content.decode()


@pytest.mark.parametrize("kind", ["split", "merge"])
def test_undo_shows_to_nobody_what_hosts_wrote_among_themselves(kind: str, world: Any, sign_in: Any) -> None:
    one, other = two(world)
    third = one.posts.get(number=3)
    if kind == "split":
        step = arranging.split(one, posts=[third], title="Screens", board=one.board, by=world.manager)
    else:
        step = arranging.merge(one, into=other, by=world.manager)
    target = Topic.objects.get(pk=step.target_id)
    hosts = Board.objects.get(program=world.program, key="hosts")
    hosting.move_topic(target, board=hosts, by=world.manager)
    make_post(target, world.manager, "Between us: she is leaving.")
    before = said(target)
    assert "now have different readers" in undo(sign_in(world.coach), step)
    step.refresh_from_db()
    assert (said(target), step.undone_at) == (before, None)
    assert sign_in(world.influencer2).get(url("topic_detail", one.pk), follow=True).status_code == (
        200 if kind == "split" else 404
    )
    hosting.move_topic(target, board=one.board, by=world.manager)
    assert "back in its place" in undo(sign_in(world.coach), step)


@pytest.mark.parametrize("kind", ["split", "merge"])
@pytest.mark.parametrize("who", ["manager", "author"])
def test_undo_brings_nothing_back_that_was_removed(kind: str, who: str, world: Any, sign_in: Any) -> None:
    one, other = two(world)
    if kind == "split":
        third = one.posts.get(number=3)
        step = arranging.split(one, posts=[third], title="Screens", board=one.board, by=world.manager)
    else:
        step = arranging.merge(one, into=other, by=world.manager)
    target = Topic.objects.get(pk=step.target_id)
    by = world.manager if who == "manager" else target.by
    hosting.remove_topic(target, because="An insult.", by=by)
    assert "has been removed in the meantime" in undo(sign_in(world.coach), step)
    target.refresh_from_db()
    step.refresh_from_db()
    assert (target.deleted_at is None, step.undone_at) == (False, None)
    assert not one.posts.filter(number=3, topic__merged_into=None).exists()


def test_a_split_is_not_taken_back_into_a_topic_that_was_merged_since(world: Any) -> None:
    one, other = two(world)
    step = arranging.split(one, posts=[one.posts.get(number=3)], title="x", board=one.board, by=world.manager)
    arranging.merge(one, into=other, by=world.manager)
    with pytest.raises(arranging.MovedOn):
        arranging.take_back(step, by=world.manager)


def test_pictures_go_along(world: Any) -> None:
    one, other = two(world)
    picture = Attachment.objects.create(
        program_id=world.program.pk, kind="topic", target_id=one.pk, by=world.coach, name="a.png",
        content_type="image/png", size=1, file="a", thumbnail="b", width=1, height=1,
    )  # fmt: skip
    post = make_post(one, world.coach, f"![Hall](attachment:{picture.pk})")
    step = arranging.split(one, posts=[post], title="The hall", board=one.board, by=world.manager)
    picture.refresh_from_db()
    assert picture.target_id == step.target_id
    arranging.merge(step.target, into=other, by=world.manager)
    picture.refresh_from_db()
    assert picture.target_id == other.pk


@pytest.mark.parametrize(("moved", "goes"), [("quote", False), ("original", True)])
def test_a_picture_stays_with_the_post_of_who_added_it(moved: str, goes: bool, world: Any) -> None:
    one, _other = two(world)
    picture = make_attachment(world.program.pk, kind="topic", target_id=one.pk, by=world.coach)
    words = f"![Hall](attachment:{picture.pk})"
    rows = {"original": make_post(one, world.coach, words), "quote": make_post(one, world.influencer, f"> {words}")}
    step = arranging.split(one, posts=[rows[moved]], title="The hall", board=one.board, by=world.manager)
    picture.refresh_from_db()
    assert picture.target_id == (step.target_id if goes else one.pk)
    arranging.take_back(step, by=world.manager)
    picture.refresh_from_db()
    assert picture.target_id == one.pk


def test_removed_with_a_reason_that_its_author_reads(world: Any, sign_in: Any) -> None:
    one, _other = two(world)
    host = sign_in(world.manager)
    assert host.post(url("topic_remove", one.pk), {"because": ""}).status_code == 422
    host.post(url("topic_remove", one.pk), {"because": "It names a customer."})
    page = sign_in(world.influencer).get(url("topic_detail", one.pk))
    assert (page.status_code, "It names a customer." in page.content.decode()) == (410, True)
    assert sign_in(world.influencer2).get(url("topic_detail", one.pk)).status_code == 404
    host.post(f"{url('topic_tidy', one.pk)}?do=restore")
    assert sign_in(world.influencer2).get(url("topic_detail", one.pk)).status_code == 200
    post = one.posts.get(number=2)
    host.post(url("post_remove", post.pk), {"because": "That is not kind."})
    assert "That is not kind." in sign_in(world.influencer).get(url("topic_detail", one.pk)).content.decode()


def test_words_for_a_post_that_was_deleted_meanwhile_are_not_lost(world: Any, sign_in: Any) -> None:
    one, _other = two(world)
    post = one.posts.get(number=2)
    posts.delete_post(post, by=world.manager, because="Twice.")
    answer = sign_in(world.influencer2).post(url("post_edit", post.pk), {"text": "Much better words", "version": 1})
    assert (answer.status_code, "Much better words" in answer.content.decode()) == (410, True)
    assert sign_in(world.influencer).post(url("post_edit", post.pk), {"text": "x"}).status_code == 404


def test_a_board_says_who_reads_it(world: Any) -> None:
    boards = {board.key: board.readers for board in Board.objects.filter(program=world.program)}
    assert boards["questions"] == boards["ideas"] != boards["hosts"]
