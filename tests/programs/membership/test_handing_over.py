"""Handing over what one looks after: by choice, to people who can have it, told to them, and undone with one press."""

from typing import Any

import pytest
from django.urls import reverse

from community.forum import rota
from community.forum.models_rituals import Ritual
from community.forum.models_rota import Duty
from community.world_cafe.models import CafeTable
from core.news.models import Notification
from influencer.privacy import account_page
from programs.generations import services as generations
from programs.guidelines import services as guidelines
from programs.membership import handing_over
from programs.membership.models import Membership, Program
from programs.membership.news import HANDED_OVER
from programs.membership.services import end_membership
from programs.mentors import services as mentors
from programs.reviews.models import ReviewAction
from programs.support.models import Helper
from tests.factories.checklists import make_item

QUERIES = 24


def url(world: Any, name: str = "hand_over") -> str:
    return reverse(f"programs:{name}", args=[world.program.slug])


@pytest.fixture
def full(world: Any) -> Any:
    """The coach has one thing of each kind."""
    mine = world.coach_membership
    ReviewAction.objects.filter(pk=world.review_action.pk).update(owner=mine)
    guidelines.describe(world.guideline, owner=mine, by=world.manager)
    world.generation.contact = mine
    generations.change_generation(world.generation, by=world.manager)
    Membership.objects.create(program=world.program, user=world.influencer, role="coach")
    return world


def held(world: Any, person: Any) -> dict[str, int]:
    return {each.of.key: len(each.rows) for each in handing_over.held_by(person, world.program)}


def other(world: Any) -> Membership:
    return Membership.objects.active().get(program=world.program, user=world.influencer, role="coach")


ALL = {"item": 1, "page": 1, "action": 1, "risk": 1, "guidelines": 1, "generation": 1}


def test_everything_goes_where_it_is_sent_and_comes_back(full: Any, sign_in: Any) -> None:
    before = held(full, full.coach)
    assert before.keys() == ALL.keys()
    client, to = sign_in(full.coach), str(other(full).pk)
    page = client.get(url(full)).content.decode()
    assert str(full.item.title) in page
    client.post(url(full), {f"all_{key}": to for key in ALL})
    assert held(full, full.coach) == {}
    assert held(full, full.influencer) == before
    note = Notification.objects.get(kind=HANDED_OVER)
    assert note.person == full.influencer
    inbox = sign_in(full.influencer).get(reverse("news:inbox")).content.decode()
    assert "Coach handed something over to you" in inbox


def test_undo_brings_it_back_and_only_what_is_still_there(full: Any, sign_in: Any) -> None:
    before, client = held(full, full.coach), sign_in(full.coach)
    page = client.post(url(full), {f"all_{key}": str(other(full).pk) for key in ALL}, follow=True)
    assert next(each.extra_tags for each in page.context["messages"]).endswith(url(full, "hand_over_undo"))
    full.item.refresh_from_db()
    full.item.owner = full.manager_membership  # somebody else arranged it anew
    full.item.save()
    client.post(url(full, "hand_over_undo"))
    assert held(full, full.coach) == {key: number for key, number in before.items() if key != "item"}
    assert Notification.objects.get(kind=HANDED_OVER).is_gone
    again = client.post(url(full, "hand_over_undo"), follow=True).content.decode()
    assert "can no longer be undone" in again


def test_one_choice_counts_before_the_choice_for_all(full: Any, sign_in: Any) -> None:
    chosen = {"all_item": str(other(full).pk), f"item_{full.item.pk}": str(full.manager_membership.pk)}
    sign_in(full.coach).post(url(full), chosen)
    full.item.refresh_from_db()
    assert full.item.owner == full.manager_membership


@pytest.mark.parametrize("to", ["executive", "influencer2", "council", "stranger"])
def test_nobody_gets_what_they_cannot_have(full: Any, sign_in: Any, to: str) -> None:
    role = Membership.objects.filter(user=getattr(full, to)).first()
    assert role
    answer = sign_in(full.coach).post(url(full), {"all_item": str(role.pk)})
    assert answer.status_code == 422
    full.item.refresh_from_db()
    assert full.item.owner == full.coach_membership


def test_what_the_page_does_not_show_is_counted(full: Any, sign_in: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(handing_over, "MOST_IN_CARE", 1)
    for _each in range(2):
        make_item(full.phase, owner=full.coach_membership)
    page = sign_in(full.coach).get(url(full)).content.decode()
    assert "2 more appear here once these are handed over." in page


def test_nobody_hands_over_what_is_not_theirs(full: Any, sign_in: Any) -> None:
    sign_in(full.manager).post(url(full), {f"item_{full.item.pk}": str(other(full).pk)})
    full.item.refresh_from_db()
    assert full.item.owner == full.coach_membership
    kind = next(each.of for each in handing_over.held_by(full.coach, full.program) if each.of.key == "item")
    given = kind.give(full.program, full.item.pk, whose=full.manager.pk, to=other(full), by=full.manager)
    assert not given


def test_leaving_never_waits_for_it(full: Any, sign_in: Any) -> None:
    """The page says what others rely on somebody for; who leaves without choosing leaves all the same."""
    full.item.owner = other(full)
    full.item.save()
    mentors.agree(full.pairing)
    leave = reverse("programs:participation_leave", args=[full.program.slug])
    client = sign_in(full.influencer)
    page = client.get(leave).content.decode()
    assert url(full) in page
    assert full.influencer2.email in page, "who is accompanied"
    assert "You are the mentor" in page
    assert client.post(leave).status_code == 302
    full.participant.refresh_from_db()
    assert full.participant.state == "left"


def test_a_week_of_hosting_goes_to_another_host(full: Any, sign_in: Any) -> None:
    host = Membership.objects.create(program=full.program, user=full.influencer2, role="manager")
    week = rota.this_week(full.program)
    rota.plan(full.program, week=week, person=full.manager, was=None, by=full.manager)
    client = sign_in(full.manager)
    client.post(url(full), {"all_week": str(host.pk)})
    assert Duty.objects.get(program=full.program).person == full.influencer2
    client.post(url(full, "hand_over_undo"))
    assert Duty.objects.get(program=full.program).person == full.manager


def test_what_nobody_gets_by_a_choice_is_named_with_its_page(full: Any, sign_in: Any) -> None:
    """On the page of what one looks after, and before leaving: to the person themselves and to nobody else."""
    CafeTable.objects.create(event=full.barcamp, question="What keeps us?", host=full.coach)
    Helper.objects.filter(program=full.program).update(member=full.coach_membership)
    Ritual.objects.filter(program=full.program).update(host=full.coach)
    Membership.objects.filter(pk=full.coach_membership.pk).update(is_contact=True, contact_for="First posts")
    found = {
        str(each.of.label): [row.title for row in each.rows] for each in handing_over.ahead_of(full.coach, full.program)
    }
    assert found.keys() >= {"Office hours", "Tables at a World Café", "Duties in the team", "Contact person"}
    assert len(found["Office hours"]) == 2, "the hours, and the one that is booked"
    page = sign_in(full.coach).get(url(full)).content.decode()
    assert "First posts" in page
    leave = sign_in(full.influencer).get(reverse("programs:participation_leave", args=[full.program.slug]))
    assert full.proposal.title in leave.content.decode(), "the session they lead"
    assert handing_over.ahead_of(full.executive, full.program) == []


def test_in_an_archived_program_nothing_moves(full: Any, sign_in: Any) -> None:
    Program.objects.filter(pk=full.program.pk).update(archived_at="2026-01-01T00:00:00Z")
    sign_in(full.coach).post(url(full), {"all_item": str(other(full).pk)})
    full.item.refresh_from_db()
    assert full.item.owner == full.coach_membership


def test_before_the_account_is_deleted_it_is_offered(full: Any, sign_in: Any) -> None:
    assert account_page.of(full.coach)["to_hand_over"] == [full.program]
    end_membership(full.coach_membership, by=full.manager)
    full.coach._roles_by_program = None
    assert account_page.of(full.coach)["to_hand_over"] == []


def test_the_page_asks_as_much_for_three_things_as_for_one(
    full: Any, sign_in: Any, django_assert_num_queries: Any
) -> None:
    client = sign_in(full.coach)
    client.get(url(full))
    for _more in range(2):
        with django_assert_num_queries(QUERIES):
            client.get(url(full))
        for number in (7, 8):
            make_item(full.phase, number + 10 * _more, owner=full.coach_membership)
