"""Merging a generation: what the page says before is what happens on Monday, and until then it is undone."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from community.events.invited import is_invited
from community.forum.access import boards_for
from community.forum.boards import make_board
from community.journeys.models import Journey
from core.news.models import Notification
from programs.casting.models import Call
from programs.generations import jobs, merge_services, services
from programs.generations import move_services as moves
from programs.generations.models import Generation, Invitation, Participant, ParticipantState, Span
from programs.generations.models_moves import Move
from tests.factories.casting import make_call
from tests.factories.events import make_event
from tests.factories.generations import make_generation
from tests.programs.generations.test_moving import on_monday, people, url


def merge_page(world: Any, sign_in: Any, into: Generation) -> str:
    page = sign_in(world.manager).get(f"{url('generation_merge', world)}?generation={into.pk}").content.decode()
    return " ".join(page.split())


def page_of(world: Any, sign_in: Any, generation: Generation) -> str:
    return str(sign_in(world.manager).get(url("generation_detail", world, generation)).content.decode())


def test_an_empty_generation_notifies_nobody(world: Any, sign_in: Any) -> None:
    empty = make_generation(world.program, 3)
    page = page_of(world, sign_in, empty)
    assert "Merge into another one" not in page
    assert "Move people" not in page
    asked = f"{url('generation_merge', world, empty)}?generation={world.generation.pk}"
    assert "so nobody is notified." in sign_in(world.manager).get(asked).content.decode()
    make_board(empty, by=world.manager)
    page = page_of(world, sign_in, empty)
    assert url("generation_delete", world, empty) not in page, "it would be refused"
    assert "Remove the board first" in page


def test_the_page_says_what_happens_and_it_does(world: Any, sign_in: Any) -> None:
    former, into = world.generation, make_generation(world.program, 3, places=1)
    Call.objects.filter(generation=former).delete()
    call = make_call(former, world.manager)
    into.steps.filter(key="mentor").delete()
    event = make_event(world.program, on=moves.next_monday(world.program) + timedelta(days=9))
    event.generations.set([former])
    board, other = make_board(former, by=world.manager), make_board(into, by=world.manager)
    Journey.objects.filter(program=world.program).update(start="begun", is_on=True)
    (newcomer,) = people(world, 1, into)
    page = merge_page(world, sign_in, into)
    for said in (
        "1 person from Generation 1 takes part in Generation 3",
        "1 open invitation then leads to Generation 3.",
        "Generation 3 gets 3 places instead of 1",
        "Steps that Generation 3 does not have:",
        "1 event ahead invites Generation 1.",
        "The board “Generation 1” becomes read-only.",
        "Everybody reads and writes on the board “Generation 3”.",
        "continues for Generation 3",
        "count from the start of Generation 3",
        "Pairs of mentors and buddies stay as they are.",
        "at least 9 people",
    ):
        assert said in page, said
    sent = {"generation": into.pk}
    page = sign_in(world.manager).post(url("generation_merge", world), sent, follow=True).content.decode()
    assert "Becomes part of Generation 3 on" in page
    assert "Invite to Generation 3" in page
    assert url("roster_new", world, former) not in page
    listed = sign_in(world.manager).get(reverse("programs:people", args=[world.program.slug])).content.decode()
    assert "becomes part of Generation 3 on" in listed
    home = sign_in(world.influencer).get(reverse("home:program", args=[world.program.slug])).content.decode()
    assert "You take part in Generation 3 from" in home
    assert "becomes part of this generation on" in page_of(world, sign_in, into)
    assert Notification.objects.filter(kind="generations.moved", person=world.influencer).exists()
    with on_monday(world):
        jobs.move_people()
        jobs.move_people()
        assert is_invited(event, newcomer.user)
        assert Notification.objects.filter(kind="events.invited", person=newcomer.user, about=str(event.pk)).exists()
        assert not Notification.objects.filter(kind="events.invited", person=world.influencer).exists(), "was before"
        former.refresh_from_db()
        assert (former.closed_at is None, former.merged_at is None) == (False, False)
        assert former.end_on == moves.today_of(world.program) - timedelta(days=1)
        services.reopen_generation(former, by=world.manager)
        assert Generation.objects.get(pk=former.pk).closed_at is not None
        assert "Part of Generation 3 since" in page_of(world, sign_in, former)
        board = next(each for each in boards_for(world.influencer, world.program) if each.pk == board.pk)
        assert board.is_over
    into.refresh_from_db()
    assert Participant.objects.get(pk=world.participant.pk).generation == into
    assert Invitation.objects.get(pk=world.invitation.pk).generation == into
    assert into.places == 3
    assert Call.objects.get(pk=call.pk).generation == into
    assert other in boards_for(world.influencer, world.program)
    assert board not in boards_for(newcomer.user, world.program), "said to others"
    assert Span.objects.get(participant=world.participant).counts_with == former


def test_it_is_undone_until_monday(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    client.post(url("generation_merge", world), {"generation": world.generation2.pk})
    assert Move.objects.get().is_merger
    client.post(url("generation_unmerge", world))
    assert not Move.objects.exists()
    with on_monday(world):
        jobs.move_people()
        assert Participant.objects.get(pk=world.participant.pk).generation == world.generation
        merge_services.arrange_merger(world.generation, world.generation2, by=world.manager)
    with on_monday(world, weeks=1):
        jobs.move_people()
        assert not merge_services.call_off_merger(world.generation, by=world.manager), "too late"


def test_who_was_to_be_moved_alone_goes_where_they_were_told(world: Any, sign_in: Any) -> None:
    """Also when the merger is called off: one press takes nothing away that was arranged before."""
    elsewhere, client = make_generation(world.program, 3), sign_in(world.manager)
    (other,) = people(world, 1, world.generation)
    arranged = moves.arrange_move(world.participant, elsewhere, by=world.manager)
    page = merge_page(world, sign_in, world.generation2)
    assert "1 person from Generation 1 takes part in Generation 2" in page
    assert "1 person moves alone, as arranged before." in page
    client.post(url("generation_merge", world), {"generation": world.generation2.pk})
    client.post(url("generation_unmerge", world))
    assert list(Move.objects.all()) == [arranged]
    client.post(url("generation_merge", world), {"generation": world.generation2.pk})
    with on_monday(world):
        jobs.move_people()
    assert Participant.objects.get(pk=world.participant.pk).generation == elsewhere
    assert Participant.objects.get(pk=other.pk).generation == world.generation2


@pytest.mark.parametrize("case", ["itself", "each other", "closed", "deleted", "chain", "other program", "coming"])
def test_what_cannot_be_merged(case: str, world: Any) -> None:
    a, b = world.generation, world.generation2
    if case == "each other":
        merge_services.arrange_merger(b, a, by=world.manager)
    elif case == "closed":
        services.close_generation(b, by=world.manager)
    elif case == "deleted":
        b.put_away()
    elif case == "chain":
        merge_services.arrange_merger(b, make_generation(world.program, 3), by=world.manager)
    elif case == "coming":
        moves.arrange_move(world.participant2, a, by=world.manager)
    into = {"itself": a, "other program": world.other_generation}.get(case, b)
    with pytest.raises(moves.CannotBeMoved):
        merge_services.arrange_merger(a, into, by=world.manager)


def test_a_closed_generation_is_merged_with_those_who_may_return(world: Any) -> None:
    services.close_generation(world.generation, by=world.manager)
    merge_services.arrange_merger(world.generation, world.generation2, by=world.manager)
    recent, long_ago = people(world, 2, world.generation)
    for participant, days in ((recent, 3), (long_ago, 60)):
        participant.state, participant.left_on = ParticipantState.LEFT, world.today - timedelta(days=days)
        participant.save()
    with on_monday(world):
        jobs.move_people()
    goals = [Participant.objects.get(pk=each.pk).generation for each in (world.participant, recent, long_ago)]
    assert goals == [world.generation2, world.generation2, world.generation]
