"""How the community does, for hosts: nothing about single people, whole weeks, the life cycle twice a year."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from community.forum import jobs, lifecycle, pulse, rota
from community.forum.models import Post, Topic
from community.forum.models_health import LifeCycle, Pulse
from core.news import queries as inbox
from core.people.models import User
from programs.membership.models import Membership, Role
from tests.at_once import at_once
from tests.factories.forum import make_post, make_topic

PAGE = reverse("community:forum_health", args=["nordlichter"])
ANSWER = reverse("community:lifecycle_answer", args=["nordlichter"])


def text(answer: Any) -> str:
    return str(answer.content.decode())


def told(person: Any) -> list[str]:
    return [each.sentence for each in inbox.inbox_of(person, only_new=True) if "Twice a year" in each.sentence]


@pytest.fixture
def crowd(world: Any) -> list[User]:
    """Twenty-four participants who have been here for long."""
    people = [User.objects.create_user(f"p{number}@example.org", name=f"P{number}") for number in range(24)]
    rows = [Membership(program=world.program, user=person, role=Role.INFLUENCER) for person in people]
    Membership.objects.bulk_create(rows)
    Membership.objects.filter(program=world.program).update(since=timezone.now() - timedelta(days=90))
    Topic.objects.filter(program=world.program).update(created_at=timezone.now() - timedelta(days=400))
    Post.objects.filter(program=world.program).update(at=timezone.now() - timedelta(days=400))
    return people


def said_last_week(world: Any) -> pulse.Ranges:
    """What was written just now, as of a Monday after it."""
    return pulse.said_of(world.program, rota.this_week(world.program) + rota.WEEK)


def test_shares_are_ranges_and_the_rest_is_nobody_by_name(world: Any, crowd: list[User], sign_in: Any) -> None:
    topics = [make_topic(world, person) for person in crowd[:6]]
    for person in crowd[6:13]:
        make_post(topics[0], person)
    said = said_last_week(world)
    assert said.circle == (25, 29)
    assert (said.brings, said.writes) == ((15, 35), (35, 55)), "6 and 13 of 26, in steps of five"
    with time_machine.travel(timezone.now() + rota.WEEK):
        jobs.sweep()
        page = text(sign_in(world.coach).get(PAGE))
    assert "35 to 55 %" in page
    assert "45 to 65 %" in page, "the rest"
    assert not any(person.name + "<" in page or f">{person.name}" in page for person in crowd)


def test_no_number_moves_by_one_when_one_person_comes_goes_or_speaks() -> None:
    """Every count of every circle: a step of one is either not seen at all or a whole step of the range."""
    for among in range(5, 130):
        shown = [pulse._share(count, among, 5) for count in range(among + 1)]
        for place, here in enumerate(shown):
            alike = [count for count, said in enumerate(shown) if said == here]
            assert place in alike
            assert len(alike) >= 5, "so many counts look alike that nobody's own share can be told"
            assert alike == list(range(alike[0], alike[-1] + 1))
            assert here is None or here[0] % 5 == here[1] % 5 == 0
            assert here is None or here[0] * among <= place * 100 <= here[1] * among, "and it is true"


def test_small_programs_hear_only_that_they_are_small(world: Any, sign_in: Any) -> None:
    jobs.sweep()
    page = text(sign_in(world.manager).get(PAGE))
    assert "too few participants" in page
    assert page.count("too few people are behind it") == 2
    assert Pulse.objects.get(program=world.program).said["writes"] is None


def test_what_was_said_stays_for_the_week_whoever_leaves(world: Any, crowd: list[User], sign_in: Any) -> None:
    topic = make_topic(world, crowd[0])
    posts = [make_post(topic, person) for person in crowd[1:10]]
    with time_machine.travel(timezone.now() + rota.WEEK) as clock:
        jobs.sweep()
        before = Pulse.objects.get(program=world.program).said
        Membership.objects.filter(user=crowd[9]).update(ended_at=timezone.now())
        Post.objects.filter(pk=posts[-1].pk).update(deleted_at=timezone.now())
        jobs.sweep()
        assert Pulse.objects.get(program=world.program).said == before
        assert before["writes"] == [35, 55]
        clock.shift(rota.WEEK)
        jobs.sweep()
    pulse_now = Pulse.objects.get(program=world.program)
    assert pulse_now.until == rota.this_week(world.program) + 2 * rota.WEEK, "one row, of the last week"
    assert pulse_now.said["writes"] != before["writes"]


def test_team_newcomers_and_boards_for_hosts_do_not_count(world: Any, crowd: list[User]) -> None:
    before = said_last_week(world)
    make_topic(world, world.coach)
    make_topic(world, world.manager, board="hosts")
    fresh = [User.objects.create_user(f"n{number}@example.org", name=f"N{number}") for number in range(20)]
    Membership.objects.bulk_create(
        Membership(program=world.program, user=person, role=Role.INFLUENCER) for person in fresh
    )
    Membership.objects.filter(user__in=fresh).update(since=timezone.now() + rota.WEEK)
    for person in fresh:
        make_topic(world, person)
    now = said_last_week(world)
    assert (now.circle, now.brings, now.writes) == (before.circle, before.brings, before.writes)


def test_topics_among_peers_and_first_answers_need_many_people(world: Any, crowd: list[User]) -> None:
    topics = [make_topic(world, person, title=f"Question {place}") for place, person in enumerate(crowd[:12])]
    for topic in topics[:8]:
        make_post(topic, crowd[20])
    said = said_last_week(world)
    assert said.first_answer is None, "one person gave every answer"
    for topic, person in zip(topics[8:], crowd[12:], strict=False):
        make_post(topic, person)
    for topic, person in zip(topics[:8], crowd[16:], strict=False):
        Post.objects.filter(topic=topic, number=2).update(by=person)
    said = said_last_week(world)
    assert said.topics == (10, 14)
    assert said.among_peers is not None
    assert said.among_peers[0] <= 12 <= said.among_peers[1]
    assert said.first_answer == 0


def test_hosts_answer_undo_and_see_each_other(world: Any, sign_in: Any) -> None:
    client = sign_in(world.coach)
    assert client.post(ANSWER, {"stage": "soon", "version": 1}).status_code == 422
    client.post(ANSWER, {"stage": "ramp_up", "version": 1, "purpose": "holds"}, follow=True)
    answer = client.post(ANSWER, {"stage": "working", "version": 2, "hosting": "work"}, follow=True)
    assert "asked again in six months" in text(answer)
    row = LifeCycle.objects.get(program=world.program)
    assert (row.stage, row.packages) == ("working", {"hosting": "work"})
    late = sign_in(world.manager).post(ANSWER, {"stage": "closing", "version": 2})
    assert (late.status_code, "Another host has answered" in text(late)) == (409, True)
    undo = text(answer).split("data-toast")[1].split('action="')[1].split('"')[0].replace("&amp;", "&")
    client.post(undo)
    row.refresh_from_db()
    assert (row.stage, row.packages) == ("ramp_up", {"purpose": "holds"})


def test_it_is_asked_twice_a_year_and_told_once(world: Any) -> None:
    jobs.sweep()
    assert told(world.coach) == [], "a fresh forum is not asked yet"
    Topic.objects.filter(program=world.program).update(created_at=timezone.now() - timedelta(weeks=5))
    for _time in range(3):
        jobs.sweep()
    assert (len(told(world.coach)), len(told(world.manager)), told(world.influencer)) == (1, 1, [])
    lifecycle.answer(world.program, stage="working", packages={}, version=1, by=world.coach)
    assert told(world.manager) == [], "answered by another host"
    assert world.program.pk not in lifecycle.due(timezone.now() + timedelta(weeks=25))
    assert world.program.pk in lifecycle.due(timezone.now() + timedelta(weeks=27))


@pytest.mark.django_db(transaction=True)
def test_twenty_sweeps_at_once_ask_once(world: Any) -> None:
    Topic.objects.filter(program=world.program).update(created_at=timezone.now() - timedelta(weeks=5))
    at_once(lambda: lifecycle.ask(world.program.pk))
    at_once(lambda: pulse.take(world.program.pk))
    assert (len(told(world.coach)), Pulse.objects.filter(program=world.program).count()) == (1, 1)
