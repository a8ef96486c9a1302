"""Boards: one of a generation is for who takes part in it and for hosts, and ends with it; hosts set the order."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from community.forum import access, boards, jobs, queries, rituals, services
from community.forum.models import Board, Post, Topic
from community.forum.models_rituals import Lapse, Ritual
from community.forum.verbs import ForumVerb
from core.journal.models import Entry
from core.news import queries as inbox
from programs.generations.models import Generation, Participant, ParticipantState
from tests.at_once import VERY_MANY, at_once
from tests.factories.forum import make_post, make_ritual
from tests.factories.generations import make_participant
from tests.house.access_table.community_forum import ROWS
from tests.world import client_of

WORDS = "Only among ourselves"


def url(name: str, *args: Any) -> str:
    return reverse(f"community:{name}", args=["nordlichter", *args])


def text(answer: Any) -> str:
    return str(answer.content.decode())


def undo_in(answer: Any) -> str:
    return text(answer).split("data-toast")[1].split('action="')[1].split('"')[0].replace("&amp;", "&")


@pytest.fixture
def inside(world: Any) -> Any:
    """The influencer and somebody else are in the first generation, the second influencer in another one."""
    Participant.objects.filter(user=world.influencer2).delete()
    make_participant(world.influencer2, world.generation2)
    world.board = boards.make_board(world.generation, by=world.manager)
    words = {"title": WORDS, "text": f"Who else? @{world.influencer2}", "is_question": True}
    world.own_topic = services.open_topic(world.board, key=uuid4(), by=world.influencer, **words)
    return world


def end(generation: Generation) -> None:
    today = timezone.localdate()
    Generation.objects.filter(pk=generation.pk).update(start_on=today - timedelta(60), end_on=today - timedelta(1))


def test_who_takes_part_and_hosts_read_it_and_nobody_else(inside: Any, sign_in: Any) -> None:
    topic, board = inside.own_topic, inside.board
    first = topic.posts.get()
    for person, sees in ((inside.influencer, True), (inside.coach, True), (inside.influencer2, False)):
        client = sign_in(person)
        words = {"text": "Me", "key": uuid4(), "kind": "thanks", "on": "1"}
        answers = [
            client.get(url("topic_detail", topic.pk)),
            client.get(url("topic_news", topic.pk)),
            client.get(url("post_read", first.pk)),
            client.post(url("post_add", topic.pk), words),
            client.post(url("post_react", first.pk), words),
        ]
        assert {answer.status_code == 404 for answer in answers} == {not sees}
        for address in (
            url("forum") + "?show=all", url("forum") + "?q=ourselves", url("forum") + f"?board={board.key}",
            url("topic_similar") + f"?title={WORDS}", "/p/nordlichter/", "/p/nordlichter/search/?q=ourselves",
        ):  # fmt: skip
            page = text(client.get(address)).replace(f'value="{WORDS}', "")
            assert sees or (WORDS not in page and f'href="{url("forum")}?board={board.key}' not in page), address
        offered = f'value="{board.pk}"' in text(client.get(url("topic_new")))
        assert offered is sees
    assert WORDS in text(sign_in(inside.influencer).get(url("forum") + "?show=all"))
    assert access.can_read_topic(inside.influencer, topic)
    assert not access.can_read_topic(inside.influencer2, topic)


def test_who_is_not_in_it_is_neither_named_nor_told(inside: Any) -> None:
    post = inside.own_topic.posts.get()
    assert post.text == f"Who else? @{inside.influencer2}", "a name, not a person"
    assert inside.influencer2 not in queries.readers_of(inside.board, inside.program)
    make_post(inside.own_topic, inside.coach, "I am")
    for pk in Post.objects.filter(topic=inside.own_topic).values_list("pk", flat=True):
        jobs.tell(pk)
    assert any(WORDS in each.sentence for each in inbox.inbox_of(inside.influencer, only_new=True))
    assert not any(WORDS in each.sentence for each in inbox.inbox_of(inside.influencer2, only_new=True))


def test_who_changed_to_another_generation_goes_on_reading(inside: Any, sign_in: Any) -> None:
    """As long as the person is a member at all."""
    Participant.objects.filter(user=inside.influencer).update(state=ParticipantState.LEFT, left_on=inside.today)
    make_participant(inside.influencer, inside.generation2)
    assert sign_in(inside.influencer).get(url("topic_detail", inside.own_topic.pk)).status_code == 200
    inside.influencer.memberships.update(ended_at=timezone.now())
    assert sign_in(inside.influencer).get(url("topic_detail", inside.own_topic.pk)).status_code == 404
    assert sign_in(inside.stranger).get(url("topic_detail", inside.own_topic.pk)).status_code == 404


def test_after_its_last_day_it_is_read_only(inside: Any, sign_in: Any) -> None:
    client, topic = sign_in(inside.influencer), inside.own_topic
    assert WORDS in text(client.get(url("forum") + "?show=waiting"))
    end(inside.generation)
    assert WORDS not in text(client.get(url("forum") + "?show=waiting")), "nobody can answer any more"
    assert WORDS not in text(sign_in(inside.coach).get(url("forum_host")))
    page = client.get(url("topic_detail", topic.pk))
    assert (page.status_code, "This topic is closed" in text(page)) == (200, True)
    answer = client.post(url("post_add", topic.pk), {"text": "One more thing", "key": uuid4()})
    assert (answer.status_code, "One more thing" in text(answer)) == (409, True), "kept in the page"
    assert f'value="{inside.board.pk}"' not in text(client.get(url("topic_new")))
    form = {"title": "Late", "text": "Late", "board": inside.board.pk, "key": uuid4()}
    assert client.post(url("topic_new"), form).status_code == 422
    assert not Topic.objects.filter(title="Late").exists()
    assert "read-only after" in text(sign_in(inside.coach).get(url("boards")))


def test_a_series_ends_with_its_board(inside: Any) -> None:
    ritual = make_ritual(inside.program, inside.coach, key="monday-question")
    rituals.approve(ritual, version=1, weeks=4, by=inside.coach)
    Ritual.objects.filter(pk=ritual.pk).update(board=inside.board)
    end(inside.generation)
    assert rituals.open_due(ritual.pk) is None
    ritual.refresh_from_db()
    assert ritual.lapse == Lapse.OVER


def test_hosts_make_a_board_and_take_it_back(world: Any, sign_in: Any) -> None:
    client = sign_in(world.coach)
    assert str(world.generation2) in text(client.get(url("boards")))
    made = client.post(url("board_make", world.generation2.pk), follow=True)
    board = Board.objects.get(generation=world.generation2)
    assert "is ready for its participants and hosts" in text(made)
    client.post(undo_in(made))
    assert not Board.objects.filter(pk=board.pk).exists()
    assert client.post(url("board_step", world.topic.board_id), {"do": "remove"}, follow=True).status_code == 200
    assert Board.objects.filter(pk=world.topic.board_id).exists(), "what was said stays"
    foreign = Generation.objects.create(program=world.other_program, number=9, start_on=world.today, name="Elsewhere")
    assert client.post(url("board_make", foreign.pk)).status_code == 404
    assert client.post(url("board_step", Board.objects.filter(program=world.other_program)[0].pk)).status_code == 404


def test_the_order_is_changed_and_taken_back(world: Any, sign_in: Any) -> None:
    def order() -> list[str]:
        return list(Board.objects.filter(program=world.program).values_list("key", flat=True))

    client, before = sign_in(world.manager), order()
    last = Board.objects.get(program=world.program, key=before[-1])
    moved = client.post(url("board_step", last.pk), {"do": "up"}, follow=True)
    assert order() == [*before[:-2], before[-1], before[-2]]
    client.post(undo_in(moved))
    assert order() == before
    assert "already at the end" in text(client.post(url("board_step", last.pk), {"do": "down"}, follow=True))
    assert "does not exist" in text(client.post(url("board_step", last.pk), {"do": "sideways"}, follow=True))
    assert order() == before


def test_a_board_has_one_kind_of_readers(inside: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Board.objects.filter(pk=inside.board.pk).update(is_for_hosts=True)


@pytest.mark.django_db(transaction=True)
def test_fifty_hosts_make_one_board(world: Any) -> None:
    at_once(lambda: boards.make_board(world.generation, by=world.manager), VERY_MANY)
    assert Board.objects.filter(generation=world.generation).count() == 1
    assert Entry.objects.filter(verb=ForumVerb.BOARD_MADE).count() == 1


ON_THE_BOARD = {
    *("topic_detail", "topic_news", "topic_seen", "topic_follow", "topic_split", "topic_merge", "topic_remove"),
    *("topic_tidy", "board_follow", "post_add", "post_read", "post_mark", "post_unmark", "post_edit", "post_restore"),
    *("post_edit_undo", "post_versions", "post_delete", "post_remove", "post_react", "post_report", "report_decide"),
    *("poll_vote", "poll_close", "topic_answers", "topic_answers_not", "post_take_back"),
}


@pytest.fixture
def over(world: Any) -> Any:
    """The world's topic stands on the board of a generation that has ended: the influencer took part in it, the second
    influencer takes part in another one."""
    Participant.objects.filter(user=world.influencer2).delete()
    make_participant(world.influencer2, world.generation2)
    board = boards.make_board(world.generation, by=world.manager)
    Topic.objects.filter(pk=world.topic.pk).update(board=board)
    end(world.generation)
    world.topic.refresh_from_db()
    return world


def status_of(name: str, person: str, world: Any) -> int:
    row = ROWS[name]
    with transaction.atomic():
        client = client_of(person, world)
        answer = getattr(client, row.method)(reverse(name, kwargs=row.args(world)), row.data(world))
        transaction.set_rollback(True)
    return int(answer.status_code)


def test_every_address_for_who_was_in_a_generation_that_ended_and_for_who_was_not(over: Any) -> None:
    """Who was in it goes on reading and adds nothing; for the others in the program there is nothing there."""
    wanted, found = {}, {}
    for name, row in ROWS.items():
        stays = 409 if name == "community:post_add" else row.status("influencer")
        is_gone = name.removeprefix("community:") in ON_THE_BOARD
        wanted[name] = (stays, 404 if is_gone else row.status("influencer2"))
        found[name] = tuple(status_of(name, person, over) for person in ("influencer", "influencer2"))
    assert found == wanted
