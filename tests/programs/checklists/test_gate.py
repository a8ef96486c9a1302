"""Finishing a phase with what is left over."""

from datetime import date, timedelta
from typing import Any

import pytest

from programs.checklists import asking, gate
from programs.checklists.models import Batch, Item
from programs.phases import services
from programs.phases.models import Phase
from tests.at_once import at_once
from tests.factories.checklists import make_item
from tests.factories.phases import make_phase


def url(world: Any) -> str:
    return f"/p/nordlichter/phases/{world.phase.pk}/finish/"


def state_of(phase: Phase) -> str:
    return Phase.objects.get(pk=phase.pk).state


def test_a_phase_with_open_items_asks_what_becomes_of_them(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    page = manager.get(url(world)).content.decode()
    assert "2 items are still open." in page
    assert manager.post(url(world)).status_code == 422
    assert state_of(world.phase) == "active"
    accept = {"decision": "go"} | {f"fate_{item.pk}": "accept" for item in (world.item, world.free_item)}
    answer = manager.post(url(world), accept)
    assert "Please say why" in answer.content.decode()
    assert state_of(world.phase) == "active"


def test_leftovers_are_moved_on_done_or_accepted_and_all_comes_back(world: Any, sign_in: Any) -> None:
    Phase.objects.filter(program=world.program, position__gt=world.phase.position).delete()
    following = make_phase(world.program, 9, state="planned")
    third = make_item(world.phase, 40)
    was = {item.pk: vars(Item.objects.get(pk=item.pk)) for item in (world.item, world.free_item, third)}
    manager = sign_in(world.manager)
    data = {
        f"fate_{world.item.pk}": "carry",
        f"owner_{world.item.pk}": str(world.coach_membership.pk),
        f"due_{world.item.pk}": "2027-02-01",
        f"fate_{world.free_item.pk}": "done",
        f"fate_{third.pk}": "accept",
        "why": "It can wait",
        "decision": "go",
        "start_next": "on",
    }
    asked = manager.get(url(world)).content.decode()
    assert asked.index('name="decision"') < asked.index(f'name="fate_{third.pk}"'), "what is asked first stands first"
    after = manager.post(url(world), data, follow=True).content.decode()
    assert f'btn-primary" href="/p/nordlichter/phases/{following.pk}/"' in after
    moved, done, accepted = (Item.objects.get(pk=pk) for pk in was)
    assert (moved.phase, moved.due_on, moved.owner) == (following, date(2027, 2, 1), world.coach_membership)
    assert (done.state, accepted.state, accepted.reason) == ("done", "na", "It can wait")
    assert (state_of(world.phase), state_of(following)) == ("finished", "active")
    manager.post(f"/p/nordlichter/items/changes/{Batch.objects.get().pk}/undo/")
    assert (state_of(world.phase), state_of(following)) == ("active", "planned")
    world.manager.language = "de"
    world.manager.save()
    page = sign_in(world.manager).get(f"/p/nordlichter/phases/{world.phase.pk}/").content.decode()
    assert "Der Abschluss wurde zurückgenommen." in page, "in the reader's language, whoever took it back in another"
    for pk, before in was.items():
        now = vars(Item.objects.get(pk=pk))
        assert {key: now[key] for key in now if key != "_state"} == {key: before[key] for key in now if key != "_state"}


def test_nothing_is_carried_over_with_a_day_that_is_past(world: Any, sign_in: Any) -> None:
    Item.objects.filter(pk=world.free_item.pk).update(due_on=world.yesterday)
    form = sign_in(world.manager).get(url(world)).context["form"]
    assert form[f"due_{world.free_item.pk}"].initial >= world.today


def test_a_phase_without_leftovers_just_ends(world: Any, sign_in: Any) -> None:
    Item.objects.filter(phase=world.phase).update(state="done")
    sign_in(world.manager).post(url(world), {"csrf": ""})
    assert state_of(world.phase) == "finished"


def test_the_last_phase_has_nowhere_to_carry_things(world: Any, sign_in: Any) -> None:
    Phase.objects.filter(program=world.program, position__gt=world.phase.position).delete()
    manager = sign_in(world.manager)
    assert "carry over" not in manager.get(url(world)).content.decode()
    data = {f"fate_{item.pk}": "carry" for item in (world.item, world.free_item)}
    assert manager.post(url(world), data).status_code == 422


def test_a_page_costs_the_same_for_three_as_for_one(world: Any, sign_in: Any, django_assert_num_queries: Any) -> None:
    manager = sign_in(world.manager)
    manager.get(url(world))
    with django_assert_num_queries(7):
        manager.get(url(world))
    for position in range(50, 53):
        make_item(world.phase, position, owner=world.manager_membership)
    with django_assert_num_queries(7):
        manager.get(url(world))


def leave_open(world: Any, decision: str, **more: str) -> dict[str, str]:
    return {"decision": decision} | {f"fate_{item.pk}": "accept" for item in (world.item, world.free_item)} | more


def test_required_items_that_are_open_ask_for_a_decision_and_its_reason(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    carry = {f"fate_{item.pk}": "done" for item in (world.item, world.free_item)}
    assert "how the program continues" in manager.post(url(world), carry).content.decode()
    assert "Please say why" in manager.post(url(world), carry | {"decision": "stop"}).content.decode()
    assert state_of(world.phase) == "active"


def test_repeating_begins_the_list_anew_and_is_taken_back(world: Any, sign_in: Any) -> None:
    done = make_item(world.phase, 40, state="done", ask_every=4)
    left = make_item(world.phase, 41, state="na", reason="Not here", title={"en": "Never anew"})
    before = dict(Phase.objects.filter(program=world.program).values_list("pk", "position"))
    manager = sign_in(world.manager)
    manager.post(url(world), leave_open(world, "repeat", why="The group was too small"))
    again = Phase.objects.get(program=world.program, position=world.phase.position + 1)
    assert again.pk not in before
    assert (state_of(world.phase), state_of(again)) == ("finished", "active")
    assert again.end_on - again.start_on == world.phase.end_on - world.phase.start_on
    assert set(Item.objects.filter(phase=again).values_list("state", flat=True)) == {"open"}
    anew = {str(item.title): item.ask_every for item in Item.objects.filter(phase=again)}
    assert anew[str(done.title)] == 4
    assert str(left.title) not in anew
    change = world.phase.changes.get(kind="finished")
    assert (change.decision, change.reason) == ("repeat", "The group was too small")
    theirs = make_item(again, 50)  # what others did in the second round meanwhile
    score, _ = asking.say_how_well(theirs, by=world.coach, score=4)
    undo = f"/p/nordlichter/items/changes/{Batch.objects.get().pk}/undo/"
    assert [manager.post(undo).status_code for _ in range(2)] == [302, 302]
    assert (state_of(world.phase), state_of(again)) == ("active", "skipped")
    assert Item.objects.get(pk=world.item.pk).phase == world.phase
    score.refresh_from_db()
    assert (score.item, score.item.phase) == (theirs, again)


@pytest.mark.django_db(transaction=True)
def test_ten_who_finish_it_at_once_plan_one_second_round(world: Any) -> None:
    items, following = gate.leftovers(world.phase), gate.phase_after(world.phase)

    def finish() -> bool:
        data = leave_open(world, "repeat", why="Once more")
        form = gate.GateForm(data, items=items, following=following, phase=world.phase)
        assert form.is_valid()
        try:
            return bool(gate.finish(world.phase, form, by=world.manager))
        except gate.AlreadyFinished:
            return False

    before = Phase.objects.count()
    assert sum(at_once(finish, copies=10)) == 1
    assert Phase.objects.count() == before + 1


def test_what_colleagues_did_since_the_look_counts(world: Any, sign_in: Any) -> None:
    """Ticked in the same moment: it stays done. Added: it is asked about. Finished: the reason comes back."""
    data = leave_open(world, "go", why="The board decided so")
    items, following = gate.leftovers(world.phase), gate.phase_after(world.phase)
    form = gate.GateForm(data, items=items, following=following, phase=world.phase)
    assert form.is_valid()
    added = make_item(world.phase, 60)
    with pytest.raises(gate.MoreIsOpen):
        gate.finish(world.phase, form, by=world.manager)
    added.delete()
    Item.objects.filter(pk=world.item.pk).update(state="done")
    gate.finish(world.phase, form, by=world.manager)
    assert Item.objects.get(pk=world.item.pk).state == "done"
    late = sign_in(world.manager).post(url(world), data)
    assert (late.status_code, "The board decided so" in late.content.decode()) == (409, True)


def test_stopping_leaves_out_what_was_planned_and_is_taken_back(world: Any, sign_in: Any) -> None:
    planned = make_phase(world.program, 19, state="planned")
    manager = sign_in(world.manager)
    manager.post(url(world), leave_open(world, "stop", why="The board decided so"))
    assert (state_of(world.phase), state_of(planned)) == ("finished", "skipped")
    item = Item.objects.get(pk=world.item.pk)
    assert (item.state, item.reason) == ("na", "The board decided so")
    manager.post(f"/p/nordlichter/items/changes/{Batch.objects.get().pk}/undo/")
    assert (state_of(world.phase), state_of(planned)) == ("active", "planned")
    assert Item.objects.get(pk=world.item.pk).state == "open"


def test_only_the_last_decision_is_taken_back(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    for way in ("go", "stop"):
        manager.post(url(world), leave_open(world, way, why="The board decided so"))
        if way == "go":
            services.reopen_phase(Phase.objects.get(pk=world.phase.pk), reason="Not yet", by=world.manager)
            Item.objects.filter(phase=world.phase).update(state="open", reason="")
    first, last = Batch.objects.order_by("pk")
    answer = manager.post(f"/p/nordlichter/items/changes/{first.pk}/undo/", follow=True)
    assert "Only the last decision can be undone" in answer.content.decode()
    assert state_of(world.phase) == "finished"
    manager.post(f"/p/nordlichter/items/changes/{last.pk}/undo/")
    assert state_of(world.phase) == "active"


def test_the_first_plan_stays_beside_the_one_of_now(world: Any, sign_in: Any) -> None:
    first = (world.phase.start_on, world.phase.end_on)
    for days in (7, 9):
        services.edit_phase(world.phase, start_on=first[0], end_on=first[1] + timedelta(days=days), by=world.manager)
    moved = Phase.objects.get(pk=world.phase.pk)
    assert (moved.first_start_on, moved.first_end_on, moved.delay) == (*first, 9)
    assert "now 9 days later" in sign_in(world.manager).get(f"/p/nordlichter/phases/{moved.pk}/").content.decode()
