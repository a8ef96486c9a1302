"""A barcamp day on phones: propose in seconds, say where one would come, and nobody learns who voted."""

import re
from datetime import time, timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError, transaction
from django.utils import timezone

from community.barcamp import jobs, leaving, services
from community.barcamp.models import Barcamp, CampSession, Offering, Proposal, ProposalVote
from community.events import moments
from core.disclosure.gate import People
from core.journal.models import Entry
from core.kit.kept import in_numbers
from core.kit.toasts import UNDO
from programs.membership.models import HISTORY
from tests.factories.barcamp import make_barcamp, make_camp_room, make_camp_slot, make_proposal, make_session
from tests.factories.events import make_event
from tests.world import join, make_user

WITH_BOARD = 13  # queries of the board's page, however much is on it


def url(event: Any, what: str = "") -> str:
    return f"/p/nordlichter/events/{event.pk}/barcamp/{what}"


def undo_of(answer: Any) -> str:
    found = [m.extra_tags for m in get_messages(answer.wsgi_request) if m.extra_tags.startswith(UNDO)]
    return found[-1].removeprefix(UNDO)


def crowd(world: Any, count: int) -> list[Any]:
    people = [make_user(f"crowd{number}") for number in range(count)]
    for person in people:
        join(person, world.program, "influencer")
    world.program.memberships.filter(user__in=people).update(since=timezone.now() - timedelta(days=60))
    return people


def main_of(answer: Any) -> str:
    page = answer.content.decode()
    return re.sub(
        r'name="csrfmiddlewaretoken" value="[^"]+"|known=\d+', "", page[page.index("<main") : page.index("</main>")]
    )


def test_a_title_is_enough(world: Any, sign_in: Any) -> None:
    person = sign_in(world.influencer2)
    page = person.post(url(world.barcamp, "propose/"), {"title": "Podcasts", "kind": "offer"}, follow=True)
    proposal = Proposal.objects.get(title="Podcasts")
    assert (proposal.by, proposal.leads, proposal.text) == (world.influencer2, world.influencer2, "")
    assert "Your proposal is on the board." in page.content.decode()
    assert not Entry.objects.filter(verb__startswith="barcamp.").exists(), "a participant's own act is in no journal"


def test_an_offer_is_named_and_a_wish_is_not(world: Any, sign_in: Any) -> None:
    page = sign_in(world.coach).get(url(world.barcamp)).content.decode()
    assert world.influencer.name in page
    assert "When the boss reads along" in page
    assert world.influencer2.name not in page


def test_who_left_is_named_no_more(world: Any, sign_in: Any) -> None:
    world.influencer_membership.ended_at = "2026-10-01T00:00:00Z"
    world.influencer_membership.save()
    page = sign_in(world.coach).get(url(world.barcamp)).content.decode()
    assert world.proposal.title in page
    assert world.influencer.name not in page


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": "", "kind": "offer"}, "This field is required."),
        ({"title": "x" * 101, "kind": "wish"}, "at most 100 characters"),
        ({"title": "Fine", "kind": "party"}, "not one of the available choices"),
    ],
)
def test_mistakes_are_said_and_kept(world: Any, sign_in: Any, wrong: dict[str, str], says: str) -> None:
    answer = sign_in(world.influencer).post(url(world.barcamp, "propose/"), wrong)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_withdrawing_comes_back_with_its_place(world: Any, sign_in: Any) -> None:
    person = sign_in(world.influencer)
    answer = person.post(url(world.barcamp, f"proposals/{world.proposal.pk}/withdraw/"))
    assert f"proposal-{world.proposal.pk}" not in person.get(url(world.barcamp)).content.decode()
    person.post(undo_of(answer))
    assert Proposal.objects.present().filter(pk=world.proposal.pk).exists()
    assert f"#cell-{world.camp_room.pk}-{world.camp_slot.pk}" in person.get(url(world.barcamp)).content.decode()


def test_only_ones_own_is_changed_and_a_hosts_removal_is_in_the_journal(world: Any, sign_in: Any) -> None:
    address = url(world.barcamp, f"proposals/{world.proposal.pk}/")
    assert sign_in(world.influencer2).get(address).status_code == 403
    assert sign_in(world.manager).get(address).status_code == 403
    assert sign_in(world.influencer2).post(f"{address}withdraw/").status_code == 403
    sign_in(world.manager).post(f"{address}withdraw/")
    assert Entry.objects.filter(verb="barcamp.removed").count() == 1
    page = sign_in(world.influencer).post(address, {"title": "Better photos", "kind": "wish"}, follow=True)
    assert page.status_code == 200
    world.proposal.refresh_from_db()
    assert (world.proposal.title, world.proposal.leads) == ("Better photos", None)


def test_a_wish_is_taken_on_by_one(world: Any, sign_in: Any) -> None:
    address = url(world.barcamp, f"proposals/{world.wish.pk}/lead/")
    answer = sign_in(world.coach).post(address)
    world.wish.refresh_from_db()
    assert world.wish.leads == world.coach
    page = sign_in(world.influencer).post(address, follow=True).content.decode()
    assert "Somebody else has just offered to lead this session." in page
    offer = url(world.barcamp, f"proposals/{world.proposal.pk}/lead/")
    assert sign_in(world.coach).post(offer).status_code == 403
    with pytest.raises(services.LedMeanwhileError):
        services.lead(world.wish, person=world.influencer, leads=True)
    sign_in(world.coach).post(undo_of(answer))
    world.wish.refresh_from_db()
    assert world.wish.leads is None


def test_one_vote_by_one_tap_and_taken_back_by_another(world: Any, sign_in: Any) -> None:
    person, address = sign_in(world.coach), url(world.barcamp, f"proposals/{world.wish.pk}/vote/")
    for _ in range(2):
        assert person.post(address, {"wants": "on"}).status_code == 302
    assert ProposalVote.objects.filter(proposal=world.wish).count() == 1
    part = person.post(address, {}, headers={"HX-Request": "true"}).content.decode()
    assert 'aria-pressed="false"' in part
    assert not ProposalVote.objects.exists()


def test_the_database_keeps_one_vote_per_person_and_proposal(world: Any) -> None:
    ProposalVote.objects.create(proposal=world.wish, person=world.coach)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProposalVote.objects.create(proposal=world.wish, person=world.coach)


def test_ones_own_proposal_gets_no_vote_of_ones_own(world: Any, sign_in: Any) -> None:
    sign_in(world.influencer).post(url(world.barcamp, f"proposals/{world.proposal.pk}/vote/"), {"wants": "on"})
    assert not ProposalVote.objects.exists()


def test_nobody_sees_numbers_before_voting_ends(world: Any, sign_in: Any) -> None:
    people, manager = crowd(world, 12), sign_in(world.manager)
    before = main_of(manager.get(url(world.barcamp)))
    for person in people:
        services.vote(world.wish, person=person, wants=True)
    assert main_of(manager.get(url(world.barcamp))) == before


def test_results_pass_the_gate_and_votes_are_gone(world: Any, sign_in: Any) -> None:
    people = crowd(world, 20)
    for person in people[:8]:
        services.vote(world.wish, person=person, wants=True)
    services.vote(world.proposal, person=people[0], wants=True)
    manager = sign_in(world.manager)
    assert "cannot be opened again" in manager.get(url(world.barcamp, "voting/end/")).content.decode()
    assert Barcamp.objects.filter(voting_ended_at__isnull=False).count() == 0, "looking ends nothing"
    manager.post(url(world.barcamp, "voting/end/"))
    world.wish.refresh_from_db()
    world.proposal.refresh_from_db()
    assert (world.wish.votes_low, world.wish.votes_high) == (5, 9)
    assert People(world.proposal.votes_low, world.proposal.votes_high) == People(0, 4)
    assert not ProposalVote.objects.exists()
    page = sign_in(world.coach).get(url(world.barcamp)).content.decode()
    assert "would come: 5 to 9" in page
    assert "would come: fewer than 5" in page
    with pytest.raises(services.VotingOverError):
        services.vote(world.wish, person=people[9], wants=True)
    address = url(world.barcamp, f"proposals/{world.wish.pk}/vote/")
    late = sign_in(world.coach).post(address, {"wants": "on"}, follow=True)
    assert "was not counted" in late.content.decode()
    assert services.end_voting(world.barcamp, by=world.manager) is False


def test_who_left_is_not_counted(world: Any) -> None:
    people = crowd(world, 20)
    for person in people[:5]:
        services.vote(world.wish, person=person, wants=True)
    people[0].memberships.update(ended_at="2026-10-01T00:00:00Z")
    services.end_voting(world.barcamp, by=world.manager)
    world.wish.refresh_from_db()
    assert (world.wish.votes_low, world.wish.votes_high) == (0, 4)


def test_accounts_made_for_it_and_hosts_make_no_number(world: Any) -> None:
    """Four of them would tell how the fifth one voted."""
    old, new = crowd(world, 20), [make_user(f"new{number}") for number in range(4)]
    for person in new:
        join(person, world.program, "influencer")
    too_late = moments.begins(world.barcamp.milestone) - HISTORY + timedelta(minutes=1)
    world.program.memberships.filter(user__in=new).update(since=too_late)
    for person in [*new, world.manager, old[0]]:
        services.vote(world.wish, person=person, wants=True)
    services.end_voting(world.barcamp, by=world.manager)
    world.wish.refresh_from_db()
    assert (world.wish.votes_low, world.wish.votes_high) == (0, 4)


def test_what_somebody_withdrew_no_host_brings_back(world: Any, sign_in: Any) -> None:
    back = url(world.barcamp, f"proposals/{world.proposal.pk}/withdraw/") + "?back=yes"
    services.withdraw(world.proposal, by=world.proposal.by)
    assert sign_in(world.manager).post(back).status_code == 403
    services.bring_back(world.proposal, by=world.proposal.by)
    services.withdraw(world.proposal, by=world.manager)
    assert sign_in(world.manager).post(back).status_code == 302


def test_the_lead_is_not_taken_from_somebody(world: Any, sign_in: Any) -> None:
    services.lead(world.wish, person=world.coach, leads=True)
    sent = {"title": world.wish.title, "text": world.wish.text, "kind": "offer"}
    answer = sign_in(world.wish.by).post(url(world.barcamp, f"proposals/{world.wish.pk}/"), sent)
    assert answer.status_code == 422
    assert "It stays a wish." in answer.content.decode()
    world.wish.refresh_from_db()
    assert (world.wish.leads, world.wish.kind) == (world.coach, "wish")


def test_other_words_need_a_new_yes_of_who_leads(world: Any) -> None:
    services.lead(world.wish, person=world.coach, leads=True)
    world.wish.refresh_from_db()
    services.edit_proposal(world.wish, by=world.wish.by, kind="wish", title="Something else", text="")
    world.wish.refresh_from_db()
    assert world.wish.leads is None


def test_votes_go_when_it_is_over(world: Any) -> None:
    services.vote(world.wish, person=world.coach, wants=True)
    assert jobs.retention() == 0
    world.barcamp.milestone.on -= timedelta(days=30)
    world.barcamp.milestone.save()
    assert jobs.retention() == 1
    assert not ProposalVote.objects.exists()
    assert jobs.retention() == 0


def test_who_leaves_takes_offers_and_votes_along(world: Any) -> None:
    services.vote(world.wish, person=world.influencer, wants=True)
    wish = make_proposal(world.barcamp, world.influencer, "A wish", kind=Offering.WISH)
    assert [number for number, _words in in_numbers(leaving.kept(world.influencer, world.program))] == [2, 1]
    leaving.forget_person(world.influencer, world.program)
    assert not ProposalVote.objects.exists()
    assert not Proposal.objects.filter(pk=world.proposal.pk).exists()
    wish.refresh_from_db()
    assert wish.by is None


def test_a_board_is_there_for_barcamps_that_one_is_invited_to(world: Any, sign_in: Any) -> None:
    workshop = make_event(world.program)
    assert sign_in(world.influencer).get(url(workshop)).status_code == 404
    assert sign_in(world.manager).get(url(workshop, "rooms/")).status_code == 404
    assert sign_in(world.council).get(url(world.barcamp)).status_code == 403
    link = url(world.barcamp)
    page = f"/p/nordlichter/events/{world.barcamp.pk}/"
    assert link in sign_in(world.influencer).get(page).content.decode()
    assert link in sign_in(world.manager).get(page).content.decode()
    assert link not in sign_in(world.council).get(page).content.decode()
    assert link not in sign_in(world.influencer).get(f"/p/nordlichter/events/{workshop.pk}/").content.decode()


def test_a_draft_is_prepared_by_hosts_and_takes_no_proposals(world: Any, sign_in: Any) -> None:
    draft = make_barcamp(world.program, state="draft")
    manager = sign_in(world.manager)
    assert "The plan has no rooms or times yet" in manager.get(url(draft)).content.decode()
    answer = manager.post(url(draft, "propose/"), {"title": "Too early", "kind": "offer"})
    assert answer.status_code == 422
    assert "Too early" in answer.content.decode()
    assert sign_in(world.influencer).get(url(draft)).status_code == 404


def test_an_empty_board_teaches(world: Any, sign_in: Any) -> None:
    page = sign_in(world.influencer).get(url(make_barcamp(world.program))).content.decode()
    assert "The plan is not there yet" in page
    assert "A title is enough" in page


def test_the_number_of_queries_does_not_grow(world: Any, sign_in: Any, django_assert_num_queries: Any) -> None:
    person = sign_in(world.influencer2)
    person.get(url(world.barcamp))
    for count in (1, 3):
        event = make_barcamp(world.program)
        for number in range(count):
            room = make_camp_room(event, f"Room {number}")
            slot = make_camp_slot(event, time(10 + number), time(10 + number, 45))
            make_session(make_proposal(event, crowd_member(world, number, count)), room, slot)
            make_proposal(event, world.influencer, f"Open {number}")
        with django_assert_num_queries(WITH_BOARD):
            person.get(url(event))
    assert CampSession.objects.count() == 5


def crowd_member(world: Any, number: int, count: int) -> Any:
    person = make_user(f"leader{number}of{count}")
    join(person, world.program, "influencer")
    return person
