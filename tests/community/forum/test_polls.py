"""Polls: two choices at least, one vote each, nobody learns who voted for what."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from community.forum import hosting, leaving, polls
from community.forum.models import Topic
from community.forum.models_polls import Poll, Vote
from programs.membership.models import HISTORY, Membership, Role
from tests.factories.forum import make_topic
from tests.world import join, make_user


def url(name: str, *args: Any) -> str:
    return reverse(f"community:{name}", args=["nordlichter", *args])


def page(client: Any, poll: Poll) -> str:
    return client.get(url("topic_detail", poll.post.topic_id)).content.decode()


def make_poll(world: Any, **more: Any) -> Poll:
    asks = {"question": "What first?", "choices": ["Early shift", "A tool"], "takes_several": False, "closes_at": None}
    topic = make_topic(world, world.influencer, title="A series", poll=asks | more)
    return Poll.objects.get(post__topic=topic)


def members(world: Any, count: int) -> list[Any]:
    people = [make_user(f"voter{number}") for number in range(count)]
    for person in people:
        join(person, world.program, Role.INFLUENCER)
    Membership.objects.filter(program=world.program).update(since=timezone.now() - HISTORY - timedelta(days=2))
    return people


def ask(client: Any, world: Any, **poll: Any) -> Any:
    words = {"title": "What first?", "text": "Say.", "board": world.topic.board_id, "key": uuid.uuid4()}
    return client.post(url("topic_new"), words | {f"poll-{name}": value for name, value in poll.items()})


def test_a_poll_is_asked_with_a_topic(world: Any, sign_in: Any) -> None:
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    ask(
        sign_in(world.influencer), world, question="What first?", choices="Early shift\n\nA tool\nA tool ", last_day=day
    )
    poll = Poll.objects.get(question="What first?")
    assert [choice.words for choice in poll.choices.all()] == ["Early shift", "A tool"]
    assert poll.closes_at > timezone.now() + timedelta(days=2)


@pytest.mark.parametrize(
    ("poll", "words"),
    [
        ({"question": "What first?", "choices": "Early shift\nEarly shift"}, "at least two different choices"),
        ({"question": "What first?", "choices": "Early shift"}, "at least two different choices"),
        ({"question": "What first?"}, "at least two different choices"),
        ({"choices": "a\nb"}, "Please say what question the choices answer."),
        ({"question": "?", "choices": "\n".join("abcdefghijk")}, "ten choices"),
        ({"question": "?", "choices": f"a\n{'b' * 101}"}, "is too long"),
        ({"question": "?", "choices": "a\nb", "last_day": "2020-01-01"}, "This day is over"),
    ],
)
def test_what_is_no_poll_is_said_and_nothing_is_lost(world: Any, sign_in: Any, poll: Any, words: str) -> None:
    before = Topic.objects.count()
    answer = ask(sign_in(world.influencer), world, **poll)
    text = answer.content.decode()
    assert (answer.status_code, words in text, "Say." in text) == (422, True, True)
    assert Topic.objects.count() == before


def test_one_vote_each_and_it_can_be_changed(world: Any, sign_in: Any) -> None:
    poll = make_poll(world)
    first, second = poll.choices.all()
    client, address = sign_in(world.influencer2), url("poll_vote", poll.pk)
    client.post(address, {"choice": [first.pk]})
    client.post(address, {"choice": [second.pk]})
    assert list(Vote.objects.filter(poll=poll).values_list("choice", flat=True)) == [second.pk]
    page_of_two = client.post(address, {"choice": [first.pk, second.pk]}, follow=True).content.decode()
    assert "Please choose one." in page_of_two
    client.post(address, {"choice": [world.poll.choices.first().pk]})
    assert list(Vote.objects.filter(poll=poll).values_list("choice", flat=True)) == [second.pk]
    client.post(address)
    assert not Vote.objects.filter(poll=poll).exists()
    Vote.objects.create(poll=poll, choice=first, person=world.coach, is_only=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(poll=poll, choice=second, person=world.coach, is_only=True)


def test_several_may_be_chosen_where_the_poll_says_so(world: Any, sign_in: Any) -> None:
    poll = make_poll(world, takes_several=True)
    sign_in(world.coach).post(url("poll_vote", poll.pk), {"choice": [each.pk for each in poll.choices.all()]})
    assert Vote.objects.filter(poll=poll, person=world.coach).count() == 2


def test_a_result_needs_the_end_and_enough_voters_and_comes_in_steps(world: Any, sign_in: Any) -> None:
    """While votes can move nothing is said: not even to who voted, or it could be watched vote by vote."""
    poll, few = make_poll(world), make_poll(world)
    first, second = poll.choices.all()
    voters = members(world, 20)
    for voter in voters[:8]:
        polls.vote(few, choices=[few.choices.first()], by=voter)
    for number, voter in enumerate([*voters[:8], world.influencer2]):
        polls.vote(poll, choices=[second if number == 0 else first], by=voter)
    assert "pollbar" not in page(sign_in(world.influencer2), poll)
    for closed in (few, poll):
        polls.close(closed)
    shown = page(sign_in(world.influencer2), poll)
    assert shown.count("pollbar") == 2
    assert "<b>fewer than 5</b>" in shown
    assert "<b>5 to 9</b>" in shown
    assert "5 to 9 people voted" in shown
    assert "pollbar" in page(sign_in(world.coach), poll)  # has not voted
    assert "pollbar" not in page(sign_in(world.coach), few)


def test_a_result_is_counted_once(world: Any, sign_in: Any) -> None:
    poll = make_poll(world)
    voters = members(world, 20)
    for voter in voters[:8]:
        polls.vote(poll, choices=[poll.choices.first()], by=voter)
    polls.close(poll)
    assert "pollbar" not in page(sign_in(world.coach), poll)
    polls.reopen(poll, until=None)
    for voter in voters[8:10]:
        polls.vote(poll, choices=[poll.choices.first()], by=voter)
    polls.close(poll)
    assert "10 to 14 people voted" in page(sign_in(world.coach), poll)
    Vote.objects.filter(person=voters[0]).delete()  # their account is erased
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert "10 to 14 people voted" in page(sign_in(world.coach), poll)


@pytest.mark.parametrize("way", ["a larger smallest group", "an account less"])
def test_a_result_that_was_shown_is_not_counted_again(world: Any, sign_in: Any, way: str) -> None:
    """With one more vote, in between, it would tell what that person chose."""
    poll = make_poll(world)
    voters = members(world, 20)
    for voter in voters[:9]:
        polls.vote(poll, choices=[poll.choices.first()], by=voter)
    polls.close(poll)
    assert "5 to 9 people voted" in page(sign_in(world.coach), poll)
    if way == "an account less":
        Membership.objects.filter(user=voters[0]).update(ended_at=timezone.now())
    else:
        world.program.group_minimum = 6
        world.program.save()
    with pytest.raises(polls.ResultIsOut):
        polls.reopen(poll, until=None)


def test_the_smallest_group_does_not_count_the_voters(world: Any) -> None:
    """Closed and opened with one number after the other, it would say from which on there is a result."""
    poll = make_poll(world)
    for voter in members(world, 10):
        polls.vote(poll, choices=[poll.choices.first()], by=voter)
    world.program.group_minimum = 8
    world.program.save()
    polls.close(poll)
    with pytest.raises(polls.ResultIsOut):
        polls.reopen(poll, until=None)


def test_accounts_made_a_moment_ago_fill_no_group(world: Any, sign_in: Any) -> None:
    """Four of them beside the one who looks would tell how the fifth one voted."""
    poll = make_poll(world)
    voters = members(world, 20)
    Membership.objects.filter(user__in=voters[9:]).update(since=timezone.now() - timedelta(days=1))
    for number, voter in enumerate(voters):
        polls.vote(poll, choices=[poll.choices.first() if number < 3 else poll.choices.last()], by=voter)
    few = make_poll(world)
    for voter in voters[8:]:
        polls.vote(few, choices=[few.choices.first()], by=voter)
    for closed in (few, poll):
        polls.close(closed)
    assert "pollbar" not in page(sign_in(world.influencer2), few)
    assert "5 to 9 people voted" in page(sign_in(world.influencer2), poll)  # nor are they counted


def test_when_nearly_all_say_the_same_it_is_not_said(world: Any, sign_in: Any) -> None:
    poll = make_poll(world)
    voters = [*members(world, 12), world.influencer, world.influencer2, world.coach, world.manager]
    for voter in voters:
        polls.vote(poll, choices=[poll.choices.first()], by=voter)
    polls.close(poll)
    text = page(sign_in(world.influencer), poll).partition("</table>")[0].partition("<table>")[2]
    assert "<b>10 to 17</b>" in text  # all of the 17 would tell each one


def test_choices_stand_in_their_order_whatever_was_voted(world: Any, sign_in: Any) -> None:
    poll = make_poll(world, choices=[f"Choice {letter}" for letter in "abcdefgh"])
    poll.choices.update(position=100 - F("position"))
    voters = members(world, 12)
    for number, choice in enumerate(reversed(poll.choices.all())):
        for voter in voters[number : number + 1]:
            polls.vote(poll, choices=[choice], by=voter)
    text = page(sign_in(world.coach), poll).partition('class="poll"')[2].partition("</form>")[0]
    assert re.findall("Choice [a-h]", text) == [f"Choice {letter}" for letter in "hgfedcba"]


def test_nobody_votes_in_a_closed_topic(world: Any, sign_in: Any) -> None:
    poll = make_poll(world)
    hosting.tidy(poll.post.topic, "close", by=world.manager)
    answer = sign_in(world.influencer2).post(
        url("poll_vote", poll.pk), {"choice": [poll.choices.first().pk]}, follow=True
    )
    assert "The topic is closed, so voting has ended." in answer.content.decode()
    assert not Vote.objects.filter(poll=poll).exists()


@pytest.mark.parametrize("ended", ["by hand", "by date"])
def test_what_ended_with_a_result_is_not_opened_again(world: Any, sign_in: Any, ended: str) -> None:
    poll = make_poll(world)
    for voter in members(world, 9):
        polls.vote(poll, choices=[poll.choices.first()], by=voter)
    client = sign_in(world.influencer)
    if ended == "by date":
        Poll.objects.filter(pk=poll.pk).update(closes_at=timezone.now() - timedelta(days=1))
    else:
        assert "until=" not in client.post(url("poll_close", poll.pk), follow=True).content.decode()
    for until in ("", "2099-01-01T00:00:00Z"):
        answer = client.post(f"{url('poll_close', poll.pk)}?until={until}", follow=True)
        assert "The poll stays closed" in answer.content.decode()
    poll.refresh_from_db()
    assert poll.is_closed


def test_who_asked_or_a_host_closes_it_and_takes_that_back(world: Any, sign_in: Any) -> None:
    poll = make_poll(world)
    assert sign_in(world.influencer2).post(url("poll_close", poll.pk)).status_code == 403
    sign_in(world.influencer).post(url("poll_close", poll.pk))
    voter = sign_in(world.influencer2)
    answer = voter.post(url("poll_vote", poll.pk), {"choice": [poll.choices.first().pk]}, follow=True)
    assert "Your vote was not counted" in answer.content.decode()
    assert not Vote.objects.filter(poll=poll).exists()
    sign_in(world.manager).post(f"{url('poll_close', poll.pk)}?until=")
    voter.post(url("poll_vote", poll.pk), {"choice": [poll.choices.first().pk]})
    assert Vote.objects.filter(poll=poll).count() == 1


def test_votes_go_with_who_leaves(world: Any) -> None:
    poll = make_poll(world)
    polls.vote(poll, choices=[poll.choices.first()], by=world.influencer2)
    leaving.forget_person(world.influencer2, world.program)
    assert not Vote.objects.filter(poll=poll).exists()
