"""Who hosts in which week: taken, given, swapped; two at once see each other, and who is put down is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from community.forum import leaving, rota
from community.forum.models_rota import Duty
from core.news import queries as inbox
from programs.membership.models import Membership
from tests.at_once import at_once


def url(name: str) -> str:
    return reverse(f"community:{name}", args=["nordlichter"])


def hosts(world: Any) -> dict[int, str]:
    """By how many weeks from now."""
    first = rota.this_week(world.program)
    return {(row.week - first).days // 7: str(row.person) for row in Duty.objects.all()}


def told(person: Any) -> list[str]:
    return [each.sentence for each in inbox.inbox_of(person, only_new=True) if "You host" in each.sentence]


def monday(world: Any, ahead: int = 0) -> str:
    return (rota.this_week(world.program) + ahead * rota.WEEK).isoformat()


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def planned(world: Any) -> Any:
    """This week the coach, the next one the manager."""
    for ahead, person in enumerate((world.coach, world.manager)):
        week = rota.this_week(world.program) + ahead * rota.WEEK
        rota.plan(world.program, week=week, person=person, was=None, by=world.manager)
    return world


def test_a_host_takes_an_open_week_from_their_day(world: Any, sign_in: Any) -> None:
    client = sign_in(world.coach)
    assert text(client.get(url("forum_host"))).count("I'll do it") == 4
    answer = client.post(url("rota_plan"), {"week": monday(world), "person": world.coach.pk}, follow=True)
    assert "Coach is hosting that week." in text(answer)
    page = text(client.get(url("forum_host")))
    assert (page.count("I'll do it"), "<b>you</b>" in page) == (3, True)
    assert told(world.coach) == [], "one's own doing is no news"


def test_who_is_put_down_by_another_is_told_as_long_as_it_holds(planned: Any, sign_in: Any) -> None:
    (sentence,) = told(planned.coach)
    assert sentence.startswith("You host the forum for a week from ")
    client = sign_in(planned.manager)
    words = {"week": monday(planned), "person": "", "was": planned.coach.pk}
    undo = text(client.post(url("rota_plan"), words, follow=True)).split("data-toast")[1].split('action="')[1]
    assert (told(planned.coach), hosts(planned)) == ([], {1: "Manager"})
    client.post(undo.split('"')[0].replace("&amp;", "&"))
    assert (told(planned.coach), hosts(planned)) == ([sentence], {0: "Coach", 1: "Manager"})


def test_two_hosts_who_change_a_week_see_each_other(planned: Any, sign_in: Any) -> None:
    answer = sign_in(planned.manager).post(url("rota_plan"), {"week": monday(planned), "person": planned.manager.pk})
    assert (answer.status_code, "Another host has changed this week" in text(answer)) == (409, True)
    assert hosts(planned)[0] == "Coach"


def test_weeks_are_swapped_and_swapped_back(planned: Any, sign_in: Any) -> None:
    client, words = sign_in(planned.manager), {"one": monday(planned), "other": monday(planned, 1)}
    assert "The two weeks are swapped." in text(client.post(url("rota_swap"), words, follow=True))
    assert hosts(planned) == {0: "Manager", 1: "Coach"}
    client.post(url("rota_swap"), words)
    assert hosts(planned) == {0: "Coach", 1: "Manager"}
    client.post(url("rota_swap"), words | {"other": monday(planned, 3)})
    assert hosts(planned) == {1: "Manager", 3: "Coach"}, "an open week takes part"
    words = {"one": monday(planned, 5), "other": monday(planned, 6)}
    assert "nothing to swap" in text(client.post(url("rota_swap"), words, follow=True))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("rota_plan", {"week": "2020-01-06"}),
        ("rota_plan", {"week": "soon"}),
        ("rota_swap", {"one": "", "other": "2020-01-06"}),
    ],
)
def test_other_weeks_are_not_to_be_chosen(planned: Any, sign_in: Any, name: str, words: dict[str, str]) -> None:
    assert sign_in(planned.manager).post(url(name), words).status_code == 422
    assert hosts(planned) == {0: "Coach", 1: "Manager"}


def test_a_participant_is_no_host(planned: Any, sign_in: Any) -> None:
    words = {"week": monday(planned, 2), "person": planned.influencer.pk}
    assert sign_in(planned.manager).post(url("rota_plan"), words).status_code == 422
    same = {"one": monday(planned), "other": monday(planned)}
    assert "two different weeks" in text(sign_in(planned.manager).post(url("rota_swap"), same))


def test_a_week_of_who_left_is_open_again(planned: Any, sign_in: Any) -> None:
    Membership.objects.filter(user=planned.coach).update(ended_at="2026-01-01T00:00Z")
    client = sign_in(planned.manager)
    assert "Coach" not in text(client.get(url("rota")))
    client.post(url("rota_plan"), {"week": monday(planned), "person": planned.manager.pk})
    assert hosts(planned) == {0: "Manager", 1: "Manager"}


def test_who_is_forgotten_hosts_no_week(planned: Any) -> None:
    leaving.forget_person(planned.coach, planned.program)
    assert hosts(planned) == {1: "Manager"}


def test_weeks_long_ago_are_forgotten(planned: Any) -> None:
    Duty.objects.filter(person=planned.coach).update(week=rota.this_week(planned.program) - 6 * rota.WEEK)
    assert rota.retention() == 1


def test_a_week_begins_on_monday_and_has_one_host(planned: Any) -> None:
    first = rota.this_week(planned.program)
    for week in (first, first + timedelta(days=1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Duty.objects.create(program=planned.program, week=week, person=planned.coach)


@pytest.mark.django_db(transaction=True)
def test_twenty_swaps_at_once_lose_nobody(world: Any) -> None:
    first = rota.this_week(world.program)
    rota.plan(world.program, week=first, person=world.coach, was=None, by=world.coach)
    swapped = at_once(lambda: rota.swap(world.program, one=first, other=first + rota.WEEK, by=world.manager))
    assert (all(swapped), hosts(world)) == (True, {0: "Coach"})
