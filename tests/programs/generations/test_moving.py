"""Moving people to another generation: from the next Monday on, undone until then, with the figures staying behind."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.events.invited import invited_to, is_invited
from community.forum.access import boards_for
from community.forum.boards import make_board
from community.forum.queries import readers_of
from core.news.models import Notification
from programs.consents.models import Purpose
from programs.generations import jobs, services
from programs.generations import move_services as moves
from programs.generations.models import Generation, Participant, Span, Step, StepText
from programs.generations.models_moves import APART, Move
from programs.generations.paths import progress_of
from programs.generations.queries import movable
from tests.factories.events import make_event
from tests.factories.generations import make_generation, make_participant
from tests.world import make_user


def url(name: str, world: Any, generation: Generation | None = None) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, (generation or world.generation).pk])


def on_monday(world: Any, weeks: int = 0) -> Any:
    return time_machine.travel(moves.next_monday(world.program) + timedelta(weeks=weeks, hours=0.5), tick=False)


def people(world: Any, number: int, generation: Generation, *purposes: str) -> list[Participant]:
    made = [make_user(f"mover{generation.number}_{each}") for each in range(number)]
    return [make_participant(user, generation, *purposes, days=60) for user in made]


def test_one_person_is_moved_from_the_row_and_back(world: Any, sign_in: Any) -> None:
    client, here = sign_in(world.manager), url("generation_detail", world)
    page = client.get(f"{url('people_move', world)}?who={world.participant.pk}").content.decode()
    assert "at least 9 people" in " ".join(page.split())
    assert f'value="{world.participant.pk}"' in page
    assert "checked" in page
    sent = {"pk": [world.participant.pk], "generation": world.generation2.pk}
    page = client.post(url("people_move", world), sent, follow=True).content.decode()
    assert "takes part in Generation 2" in page
    assert "Do not move Influencer" in client.get(here).content.decode()
    assert Notification.objects.filter(kind="generations.moved", person=world.influencer, is_gone=False).exists()
    assert "You take part in Generation 2" in sign_in(world.influencer).get("/p/nordlichter/path/").content.decode()
    assert not movable(world.generation).filter(pk=world.participant.pk).exists()
    sign_in(world.manager).post(f"{url('moves_undo', world)}?who={world.participant.pk}")
    assert not Move.objects.exists()
    assert not Notification.objects.filter(kind="generations.moved", is_gone=False).exists()
    with on_monday(world):
        jobs.move_people()
    world.participant.refresh_from_db()
    assert world.participant.generation == world.generation


def test_several_are_moved_from_the_list_and_come_back_with_one_undo(world: Any, sign_in: Any) -> None:
    rows = people(world, 3, world.generation)
    client = sign_in(world.manager)
    sent = {"do": "move", "pk": [row.pk for row in rows], "generation": world.generation2.pk}
    page = client.post(url("people_move", world), sent, follow=True).content.decode()
    assert "3 people take part in Generation 2" in page
    client.post(f"{url('moves_undo', world)}?who={'-'.join(str(row.pk) for row in rows)}")
    assert not Move.objects.exists()
    page = client.post(url("people_move", world), sent | {"pk": []}, follow=True).content.decode()
    assert "Choose the people to move." in page


@pytest.mark.parametrize("goal", ["closed", "deleted", "other_program", "same", "merging"])
def test_nobody_is_moved_where_nobody_can_join(goal: str, world: Any, sign_in: Any) -> None:
    to = world.generation2
    if goal == "closed":
        services.close_generation(to, by=world.manager)
    elif goal == "deleted":
        to.put_away()
    elif goal == "merging":
        Generation.objects.filter(pk=to.pk).update(merges_into=make_generation(world.program, 3))
    else:
        to = world.other_generation if goal == "other_program" else world.generation
    sent = {"pk": [world.participant.pk], "generation": to.pk}
    assert sign_in(world.manager).post(url("people_move", world), sent).status_code == 422
    with pytest.raises(moves.CannotBeMoved):
        moves.arrange_move(world.participant, to, by=world.manager)


def test_who_was_moved_is_there_from_monday_and_moved_again_after_twelve_weeks(world: Any) -> None:
    step = world.generation.steps.first()
    services.finish_step(step, world.participant)
    moves.arrange_move(world.participant, world.generation2, by=world.manager)
    jobs.move_people()
    assert Participant.objects.get(pk=world.participant.pk).generation == world.generation, "not before Monday"
    with on_monday(world):
        jobs.move_people()
        jobs.move_people()
        moved = Participant.objects.get(pk=world.participant.pk)
        assert moved.generation == world.generation2
        assert [done.step.generation for done in moved.steps_done.filter(step__key=step.key)][-1] == world.generation2
        assert Span.objects.get(participant=moved).counts_with == world.generation, "figures stay behind"
        with pytest.raises(moves.CannotBeMoved):
            moves.arrange_move(moved, world.generation, by=world.manager)
        assert moves.call_off_moves(world.generation, [moved.pk], by=world.manager) == 0, "too late"
    with on_monday(world, weeks=APART.days // 7):
        moves.arrange_move(moved, world.generation, by=world.manager)


def test_who_leaves_before_monday_is_not_moved(world: Any) -> None:
    moves.arrange_move(world.participant, world.generation2, by=world.manager)
    services.leave(world.participant, by=world.influencer)
    with on_monday(world):
        jobs.move_people()
    assert Participant.objects.get(pk=world.participant.pk).generation == world.generation
    assert not Move.objects.exists()


@pytest.mark.parametrize(("moving", "staying", "follows"), [(8, 0, False), (9, 0, True), (9, 8, False), (9, 9, True)])
def test_figures_follow_nine_who_went_the_same_way(moving: int, staying: int, follows: bool, world: Any) -> None:
    former, goal = make_generation(world.program, 3), make_generation(world.program, 4)
    rows = people(world, moving + staying, former, Purpose.GROUP_FIGURES)
    for participant in rows[:moving]:
        moves.arrange_move(participant, goal, by=world.manager)
    with on_monday(world):
        jobs.move_people()
        assert not Span.objects.filter(participant__in=rows[:moving], counts_with=None).exists(), "not before two weeks"
    with on_monday(world, weeks=2):
        jobs.move_people()
    spans = Span.objects.filter(participant__in=rows[:moving], end_on=None)
    assert {span.counts_with for span in spans} == ({None} if follows else {former})
    past = Span.objects.filter(participant__in=rows[:moving]).exclude(end_on=None)
    assert {span.counts_with for span in past} == ({former} if follows else set()), "past weeks stay"


def test_a_break_changes_nothing_about_whom_somebody_counts_with(world: Any) -> None:
    moves.arrange_move(world.participant, world.generation2, by=world.manager)
    with on_monday(world):
        jobs.move_people()
        services.pause(world.participant, by=world.influencer)
    with on_monday(world, weeks=1):
        services.resume(world.participant, by=world.influencer)
    assert Span.objects.get(participant=world.participant, end_on=None).counts_with == world.generation


def test_events_and_boards_before_a_move_stay_open_to_who_was_moved(world: Any) -> None:
    board = make_board(world.generation, by=world.manager)
    monday = moves.next_monday(world.program)
    before, after = (make_event(world.program, on=monday + timedelta(days=days)) for days in (-1, 8))
    for event in (before, after):
        event.generations.set([world.generation])
    moves.arrange_move(world.participant, world.generation2, by=world.manager)
    assert is_invited(after, world.influencer)
    with on_monday(world):
        jobs.move_people()
        assert [is_invited(event, world.influencer) for event in (before, after)] == [True, False]
        assert invited_to([before, after], world.influencer, world.program) == {before.pk}
    assert board in boards_for(world.influencer, world.program)
    assert board not in boards_for(world.influencer2, world.program)
    assert world.influencer in readers_of(board, world.program)


def test_only_the_same_step_is_done_there_and_a_text_comes_along(world: Any) -> None:
    (who,) = people(world, 1, world.generation, Purpose.TEAM_SEES_ONBOARDING)
    rows = {}
    for generation, title in ((world.generation, "Ours"), (world.generation2, "Theirs")):
        for key, said in (("own-1", title), ("own-2", "Both")):
            fields = {"position": 20, "kind": "write", "title": {"en": said}}
            rows[generation.number, key] = Step.objects.create(generation=generation, key=key, **fields)
    for key in ("own-1", "own-2"):
        services.finish_step(rows[1, key], who)
        StepText.objects.create(step=rows[1, key], participant=who, text=key)
    moves.arrange_move(who, world.generation2, by=world.manager)
    with on_monday(world):
        jobs.move_people()
    done = set(who.steps_done.filter(step__generation=world.generation2).values_list("step", flat=True))
    assert done == {rows[2, "own-2"].pk}
    texts = dict(StepText.objects.filter(participant=who).values_list("text", "step"))
    assert texts == {"own-1": rows[1, "own-1"].pk, "own-2": rows[2, "own-2"].pk}
    assert progress_of({world.generation2.pk: 7}, world.program.pk, world.today)[world.generation2.pk].shared == {
        who.pk: 1
    }


def test_a_move_holds_the_program_first_as_a_merger_does(world: Any) -> None:
    """In another order the two wait for each other, and the database ends one of them with an error."""
    with CaptureQueriesContext(connection) as asked:
        moves.arrange_move(world.participant, world.generation2, by=world.manager)
    held = [each["sql"] for each in asked if " FOR " in each["sql"] and "UPDATE" in each["sql"]]
    assert 'FROM "programs_program"' in held[0]
