"""A generation in which nobody ever was is deleted, out of sight everywhere, and comes back with one click."""

from typing import Any

import pytest

from community.forum.boards import make_board
from community.forum.queries import generations_without_board
from programs.casting.access import find_call
from programs.casting.queries import calls_of, generations_to_call
from programs.checklists.queries import generations_of
from programs.generations import merge_services, queries
from programs.generations.access import find_invitation
from programs.generations.models import Generation, Headcount
from programs.generations.tokens import token_of
from tests.factories.casting import make_call, make_interest
from tests.factories.events import make_event
from tests.factories.generations import make_generation, make_invitation
from tests.programs.generations.test_moving import url


def in_sight(world: Any, generation: Generation, key: str) -> list[bool]:
    program = world.program
    return [
        generation in generations_of(program),
        generation.pk in {row.pk for row in queries.generation_rows(program)},
        generation in queries.goals_of(world.generation),
        generation in generations_to_call(program, also_called=True),
        generation in generations_without_board(program),
        bool(calls_of(program).filter(generation=generation)),
        find_call(key) is not None,
    ]


def test_it_is_deleted_and_restored(world: Any, sign_in: Any, django_capture_on_commit_callbacks: Any) -> None:
    generation = make_generation(world.program, 3)
    call = make_call(generation, world.manager)
    invitation = make_invitation(generation, "late@example.com", state="revoked")
    assert all(in_sight(world, generation, call.key))
    client = sign_in(world.manager)
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(url("generation_delete", world, generation), follow=True).content.decode()
    assert "Generation 3 is deleted." in page
    assert not any(in_sight(world, generation, call.key))
    for name in ("generation_detail", "people_move", "generation_steps"):
        assert client.get(url(name, world, generation)).status_code == 404
    invitation.state = "sent"
    invitation.save()
    assert find_invitation(token_of(invitation.pk)) is None
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("generation_restore", world, generation))
    assert all(in_sight(world, generation, call.key))


@pytest.mark.parametrize("case", ["people", "left", "long_ago", "invitation", "event", "board", "interest", "merger"])
def test_what_is_in_use_stays_with_the_reason(case: str, world: Any, sign_in: Any) -> None:
    generation, reason = make_generation(world.program, 3), ""
    if case in ("people", "left"):
        generation, reason = world.generation, "have taken part"
        world.participant.state = "left" if case == "left" else "active"
        world.participant.save()
    elif case == "long_ago":  # whoever left is forgotten after 90 days
        day, reason = generation.start_on.replace(day=1), "have taken part"
        Headcount.objects.create(generation=generation, month=day, counted_on=generation.start_on, joined=1, there=0)
    elif case == "invitation":
        make_invitation(generation, "late@example.com", state="sent")
        reason = "Withdraw them first"
    elif case == "event":
        make_event(world.program, title_en="Kick-off 3").generations.set([generation])
        reason = "“Kick-off 3”"
    elif case == "board":
        make_board(generation, by=world.manager)
        reason = "Remove the board first"
    elif case == "interest":
        make_interest(make_call(generation, world.manager))
        reason = "People answered its open call"
    else:
        merge_services.arrange_merger(world.generation, generation, by=world.manager)
        reason = "have taken part"
    page = sign_in(world.manager).post(url("generation_delete", world, generation), follow=True).content.decode()
    assert reason in page
    assert Generation.objects.present().filter(pk=generation.pk).exists()
