from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from analytics.channels.models import Account
from analytics.imports.models import ImportRun, RunState
from community.newsletters.models import Delivery, Issue
from influencer.home import day
from influencer.home.first_steps import first_steps
from influencer.home.running import running
from programs.checklists.models import Item
from programs.checklists.services import create_program_from_template, delete_item
from programs.consents.models import Purpose
from programs.consents.services import grant
from programs.generations.models import Generation
from programs.generations.services import pause, start_generation
from programs.membership.models import Membership, Role
from programs.membership.services import take_role, update_program
from programs.phases.models import Phase
from programs.phases.services import delete_milestone, start_phase
from tests.factories.newsletters import make_readers, make_running
from tests.factories.phases import make_milestone
from tests.world import join, make_user

FRESH = {
    "name": "Fresh",
    "company_name": "Fresh AG",
    "country": "DE",
    "weekly_minutes": 60,
    "start_on": date(2030, 1, 7),
    "goals": ["Be seen"],
}
MOST_QUERIES = 8  # what the issue allows a start page


@pytest.mark.parametrize(
    ("member", "queries"), [("manager", 8), ("influencer", 7), ("coach", 6), ("executive", 7), ("council", 5)]
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
        program=world.program, phase=phase, position=90, title={"en": title}, owner=world.manager_membership, due_on=due
    )


def test_the_site_opens_at_the_home_of_the_program_used_last(world: Any, sign_in: Any) -> None:
    """Without another round to an address of its own."""
    client = sign_in(world.manager)
    there = client.get(f"/p/{world.program.slug}/")
    here = client.get("/")
    assert here.status_code == 200
    assert here.templates[0].name == there.templates[0].name == "home/manager.html"
    assert 'aria-current="page" title="Home"' in here.content.decode()
    assert sign_in(world.influencer).get("/").templates[0].name == "home/influencer.html"


def test_what_is_late_comes_first_and_far_things_stay_away(world: Any, sign_in: Any) -> None:
    Item.objects.all().delete()
    for days, title in ((5, "soon"), (-2, "late"), (0, "today"), (40, "far")):
        _item(world, days, title)
    page = sign_in(world.manager).get(f"/p/{world.program.slug}/")
    assert [row["title"] for row in page.context["todo"]] == ["late", "today", "soon"]
    assert [row["state"] for row in page.context["todo"]] == ["late", "now", ""]
    assert page.context["lead"] == "3 things need you this week, one of them is overdue."


def test_a_fresh_program_shows_the_first_steps_until_they_are_done(
    world: Any, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    program = create_program_from_template(by=world.admin, **FRESH)
    client, address = sign_in(world.admin), f"/p/{program.slug}/"

    def states() -> list[str]:
        return [step["state"] for step in first_steps(program).steps]

    page = client.get(address).content.decode()
    assert "A few first steps will get it going" in page
    assert "Nothing is due this week" not in page
    assert states() == ["now", "next", "next", "next"]
    with django_capture_on_commit_callbacks(execute=True):
        start_phase(Phase.objects.filter(program=program).first(), by=world.admin)
    assert client.get(address).context["begin"].done == 1
    assert states() == ["done", "now", "next", "next"]
    start_generation(Generation(program=program, name="G1", start_on=world.today, places=5), by=world.admin)
    take_role(program, user=world.coach, role=Role.COACH, by=world.admin)
    assert states() == ["done", "done", "now", "done"]
    assert "You can already import the company page" in client.get(address).content.decode()
    account = Account.objects.create(program=program, kind=Account.Kind.COMPANY)
    ImportRun.objects.create(program=program, account=account, uploaded_by=world.admin, size=1, state=RunState.APPLIED)
    assert states() == []
    with django_capture_on_commit_callbacks(execute=True):
        update_program(program, goals=["Be seen more"], by=world.admin)
    page = client.get(address).content.decode()
    assert "Nothing is due this week" in page
    assert ("export has been imported" in page, "Import the company page" in page) == (True, False), "they just did"


def test_a_manager_sees_how_far_each_newsletter_is(world: Any) -> None:
    Issue.objects.filter(program=world.program, state="sending").delete()
    ImportRun.objects.filter(program=world.program).delete()
    assert running(world.program) == []
    make_readers(world.program, 4)
    first, second = make_running(world.program), make_running(world.program)
    row = Delivery.objects.filter(issue=second).first()
    Delivery.objects.filter(pk=row.pk).update(state="sent", sent_at=timezone.now())
    everybody = Delivery.objects.filter(issue=first).count()
    told = {row.url.split("/")[-3]: row.text for row in running(world.program)}
    assert everybody >= 4
    assert told == {
        str(first.pk): "0% of emails sent",
        str(second.pk): "0% of emails sent",  # of so few it is only said when they are done
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
    assert [hit.title for group in answer.context["groups"] for hit in group.hits] == ["Unmistakable thing"]
    other = sign_in(world.stranger).get(f"/p/{world.other_program.slug}/search/", {"q": "unmistakable"})
    assert [hit for group in other.context["groups"] for hit in group.hits] == []
    assert "unmistakable" in other.content.decode()


def _hits(client: Any, world: Any, words: str) -> list[tuple[str, str, str]]:
    answer = client.get(f"/p/{world.program.slug}/search/", {"q": words})
    return [(hit.title, hit.url, hit.meta) for group in answer.context["groups"] for hit in group.hits]


def test_search_finds_dates_and_leads_to_where_one_may_read_them(world: Any, sign_in: Any) -> None:
    date_ = make_milestone(world.program, title_en="Unmistakable day", on=date(2030, 3, 1))
    path = f"/p/{world.program.slug}/"
    assert _hits(sign_in(world.manager), world, "mistakable d") == [
        ("Unmistakable day", f"{path}milestones/{date_.pk}/", "1 Mar 2030")
    ]
    assert _hits(sign_in(world.influencer), world, "mistakable d") == [
        ("Unmistakable day", f"{path}timeline/", "1 Mar 2030")
    ]


def test_search_finds_contacts_for_everybody_and_those_who_take_part_for_who_invites(world: Any, sign_in: Any) -> None:
    world.coach.name, world.influencer.name = "Ulla Unmistakable", "Inga Unmistakable"
    world.coach.save()
    world.influencer.save()
    Membership.objects.filter(user=world.coach).update(is_contact=True, contact_for="Coaching")
    contact = ("Ulla Unmistakable", f"/p/{world.program.slug}/contacts/", "Coaching")
    assert _hits(sign_in(world.executive), world, "unmistakable") == [contact]
    found = _hits(sign_in(world.manager), world, "unmistakable")
    assert found[0] == contact
    assert [name for name, _url, _meta in found[1:]] == ["Inga Unmistakable"]


def test_search_does_not_find_what_was_deleted(world: Any, sign_in: Any) -> None:
    item, date_ = _item(world, 3, "Unmistakable thing"), make_milestone(world.program, title_en="Unmistakable day")
    delete_item(item, by=world.manager)
    delete_milestone(date_, by=world.manager)
    assert _hits(sign_in(world.manager), world, "unmistakable") == []


def test_search_offers_only_pages_one_may_open(world: Any, sign_in: Any) -> None:
    for member in ("manager", "influencer", "coach", "executive", "council"):
        client = sign_in(getattr(world, member))
        page = client.get(f"/p/{world.program.slug}/search/")
        addresses = [hit.url for group in page.context["groups"] for hit in group.hits]
        assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200), (
            member
        )


def test_a_second_manager_sees_what_is_overdue_and_nobodys(world: Any, sign_in: Any) -> None:
    second = make_user("second")
    join(second, world.program, "manager")
    Item.objects.update(owner=None, due_on=world.yesterday)
    page = sign_in(second).get("/p/nordlichter/").content.decode()
    assert "Nothing is waiting" not in page
    assert "Item 1" in page


def test_the_council_sees_new_consents_after_a_week(
    world: Any, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    """A count that moved at once would show who has just agreed."""
    people = [make_user(f"row{n}") for n in range(24)]
    for person in people:
        join(person, world.program, Role.INFLUENCER)
    council, address = sign_in(world.council), f"/p/{world.program.slug}/"
    before = council.get(address).context["consents"]
    with django_capture_on_commit_callbacks(execute=True):
        for person in people:
            grant(world.program, Purpose, by=person, channel="page")
    assert council.get(address).context["consents"] == before
    with time_machine.travel(timezone.now() + timedelta(days=7)):  # accounts made a moment ago make no group
        new = sign_in(world.council).get(address).context["consents"]
    assert new == before
    with time_machine.travel(timezone.now() + timedelta(days=28)):
        after = sign_in(world.council).get(address).context["consents"]
    assert [label for label, _count in before] == [label for label, _count in after]
    assert all(now.low > then.low for (_, then), (_, now) in zip(before, after, strict=True) if now.high != then.high)
    assert before != after


@pytest.mark.parametrize("has_steps", [True, False])
def test_who_takes_a_break_comes_back_from_the_start_page(world: Any, sign_in: Any, has_steps: bool) -> None:
    if not has_steps:
        world.generation.steps.all().delete()
    client, home = sign_in(world.influencer), f"/p/{world.program.slug}/"
    resume = reverse("programs:participation_resume", args=[world.program.slug])
    assert resume not in client.get(home).content.decode()
    pause(world.participant, by=world.influencer)
    page = client.get(home)
    assert page.context["path"].is_paused
    assert f'action="{resume}"' in page.content.decode()
    assert client.post(resume, {"next": home}).headers["Location"] == home
    assert not client.get(home).context["path"].is_paused
    assert world.participant.__class__.objects.get(pk=world.participant.pk).state == "active"
