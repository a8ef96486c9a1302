from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from analytics.imports.models import ImportRun
from community.newsletters.models import Delivery, Issue
from influencer.home import day
from influencer.home.running import running
from programs.checklists.models import Item
from programs.phases.models import Phase
from tests.factories.newsletters import make_readers, make_running

MOST_QUERIES = 8  # what the issue allows a start page


@pytest.mark.parametrize(
    ("member", "queries"), [("manager", 6), ("influencer", 5), ("coach", 3), ("executive", 3), ("council", 5)]
)
def test_home_asks_little(
    member: str, queries: int, world: Any, sign_in: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in(getattr(world, member))
    address = f"/p/{world.program.slug}/"
    client.get(address)  # the session learns the program
    assert queries <= MOST_QUERIES  # a newsletter is being sent: the manager sees how far
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def _item(world: Any, days: int, title: str) -> Item:
    phase = Phase.objects.filter(program=world.program).first()
    due = date.fromordinal(world.today.toordinal() + days)
    return Item.objects.create(
        program=world.program, phase=phase, position=90, title_en=title, owner=world.manager_membership, due_on=due
    )


def test_what_is_late_comes_first_and_far_things_stay_away(world: Any, sign_in: Any) -> None:
    Item.objects.all().delete()
    for days, title in ((5, "soon"), (-2, "late"), (0, "today"), (40, "far")):
        _item(world, days, title)
    page = sign_in(world.manager).get(f"/p/{world.program.slug}/")
    assert [row["title"] for row in page.context["todo"]] == ["late", "today", "soon"]
    assert [row["state"] for row in page.context["todo"]] == ["late", "now", ""]
    assert page.context["lead"] == "3 things need you this week, one of them is overdue."


def test_a_manager_sees_how_far_each_newsletter_is(world: Any) -> None:
    Issue.objects.filter(program=world.program, state="sending").delete()
    ImportRun.objects.filter(program=world.program).delete()
    assert running(world.program) == []
    make_readers(world.program, 4)
    first, second = make_running(world.program), make_running(world.program)
    row = Delivery.objects.filter(issue=second).first()
    Delivery.objects.filter(pk=row.pk).update(state="sent", sent_at=timezone.now())
    everybody = Delivery.objects.filter(issue=first).count()
    told = {row["url"].split("/")[-3]: row["text"] for row in running(world.program)}
    assert everybody >= 4
    assert told == {
        str(first.pk): f"0 of {everybody} mails sent",
        str(second.pk): f"1 of {everybody} mails sent",
    }


@pytest.mark.parametrize(
    ("count", "late", "words"),
    [
        (0, 0, "Nothing is waiting for you this week."),
        (1, 0, "One thing needs you this week, none of them late."),
        (1, 1, "One thing needs you this week, and it is overdue."),
        (4, 2, "4 things need you this week, 2 of them are overdue."),
    ],
)
def test_the_sentence_of_the_day(count: int, late: int, words: str) -> None:
    assert day.todo_sentence(count, late) == words


def test_search_finds_pages_items_and_nothing_of_the_other_program(world: Any, sign_in: Any) -> None:
    _item(world, 3, "Unmistakable thing")
    answer = sign_in(world.manager).get(f"/p/{world.program.slug}/search/", {"q": "unmistakable"})
    assert [hit[0] for group in answer.context["groups"] for hit in group.hits] == ["Unmistakable thing"]
    other = sign_in(world.stranger).get(f"/p/{world.other_program.slug}/search/", {"q": "unmistakable"})
    assert [hit for group in other.context["groups"] for hit in group.hits] == []
    assert "unmistakable" in other.content.decode()


def test_search_offers_only_pages_one_may_open(world: Any, sign_in: Any) -> None:
    for member in ("manager", "influencer", "coach", "executive", "council"):
        client = sign_in(getattr(world, member))
        page = client.get(f"/p/{world.program.slug}/search/")
        addresses = [hit[1] for group in page.context["groups"] for hit in group.hits]
        assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200), (
            member
        )
