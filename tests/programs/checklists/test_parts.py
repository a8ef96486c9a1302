"""Phases are added, split in two and removed; nothing that hangs on them is lost, and all of it has undo."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.checklists import batch_services, jobs, parts
from programs.checklists.models import Evidence, Item
from programs.checklists.models_parts import RemovedPhase
from programs.phases import services as phases
from programs.phases.models import Milestone, Phase, PhaseState
from tests.factories.checklists import make_item, make_note
from tests.factories.phases import make_milestone
from tests.world import client_of


def body(response: Any) -> str:
    return str(response.content.decode())


def url(name: str, *args: Any) -> str:
    return reverse(f"programs:{name}", args=["nordlichter", *args])


def order(world: Any) -> list[tuple[int, str]]:
    rows = Phase.objects.filter(program=world.program)
    return [(row.position, str(row.title)) for row in rows]


def test_a_phase_is_added_between_others(world: Any) -> None:
    manager, sent = client_of("manager", world), {"title_en": "Look around", "title_de": "Umsehen"}
    wrong = manager.post(url("phase_new"), sent | {"start_on": "2026-03-02", "end_on": "2026-03-01"})
    assert wrong.status_code == 422
    assert "Look around" in body(wrong)
    manager.post(url("phase_new"), sent | {"start_on": "2026-03-02", "end_on": "2026-03-20", "after": world.phase.pk})
    assert [title for _place, title in order(world)][1] == "Look around"
    assert [place for place, _title in order(world)] == [1, 2, 3]


def test_a_phase_becomes_two_at_a_day(world: Any) -> None:
    stays, goes = make_item(world.phase, 8), make_item(world.phase, 9)
    note = make_note(goes)
    on, end = world.phase.start_on + timedelta(days=20), world.phase.end_on
    early, late = (make_milestone(world.program, phase=world.phase, on=on + timedelta(days=days)) for days in (-1, 0))
    manager, address = client_of("manager", world), url("phase_split", world.phase.pk)
    assert "Items of the second part" in body(manager.get(address))
    sent = {"on": on.isoformat(), "title_en": "Second half", "items": [goes.pk]}
    wrong = manager.post(address, sent | {"on": world.phase.start_on.isoformat()})
    assert wrong.status_code == 422
    assert "Please choose a day after" in body(wrong)
    manager.post(address, sent)
    first, second = Phase.objects.filter(program=world.program)[:2]
    assert (first.end_on, second.start_on, second.end_on) == (on - timedelta(days=1), on, end)
    assert (str(second.title), second.state, second.aim) == ("Second half", PhaseState.PLANNED, first.aim)
    assert [place for place, _title in order(world)] == [1, 2, 3]
    assert {stays.pk, world.item.pk} <= set(Item.objects.filter(phase=first).values_list("pk", flat=True))
    assert list(Item.objects.filter(phase=second)) == [goes]
    assert Evidence.objects.get(pk=note.pk).item_id == goes.pk
    assert {row.pk: row.phase_id for row in Milestone.objects.filter(pk__in=[early.pk, late.pk])} == {
        early.pk: first.pk,
        late.pk: second.pk,
    }
    assert first.first_end_on == end
    assert first.changes.first().get_kind_display() == "split"  # type: ignore[union-attr]
    manager.post(url("phase_join", second.pk))
    first.refresh_from_db()
    goes.refresh_from_db()
    assert (first.end_on, goes.phase_id) == (end, first.pk)
    assert [place for place, _title in order(world)] == [1, 2]


def test_what_is_over_or_a_single_day_is_not_split(world: Any) -> None:
    manager, address = client_of("manager", world), url("phase_split", world.phase.pk)
    phases.finish_phase(world.phase, by=world.manager)
    assert manager.get(address).status_code == 302
    world.next_phase.end_on = world.next_phase.start_on
    world.next_phase.save()
    assert manager.get(url("phase_split", world.next_phase.pk)).status_code == 302
    with pytest.raises(parts.CannotSplit):
        parts.split_phase(world.next_phase, on=date(2026, 1, 1), title={"en": "x"}, items=(), by=world.manager)


def test_a_removed_phase_leaves_everything_to_another_and_comes_back(world: Any) -> None:
    pk, history = world.phase.pk, None
    phases.edit_phase(world.phase, start_on=world.phase.start_on, end_on=date(2026, 4, 1), why="Ill", by=world.manager)
    history = list(world.phase.changes.values_list("kind", "reason", "by_id", "at"))
    gone = make_item(world.phase, 9, deleted_at=timezone.now())
    held = set(Item.objects.filter(phase=pk).values_list("pk", flat=True))
    before = Phase.objects.filter(pk=pk).values().get()
    manager, address = client_of("manager", world), url("phase_remove", pk)
    assert "Remove the phase?" in body(manager.get(address))
    assert manager.post(address, {"into": pk}).status_code == 422, "into itself"
    assert manager.post(address, {"into": world.other_phase.pk}).status_code == 422
    manager.post(address, {"into": world.next_phase.pk})
    assert order(world)[0][0] == 1
    assert not Phase.objects.filter(pk=pk).exists()
    assert held <= set(Item.objects.filter(phase=world.next_phase).values_list("pk", flat=True)), "deleted ones too"
    assert Milestone.objects.get(pk=world.milestone.pk).phase_id == world.next_phase.pk
    row = RemovedPhase.objects.get()
    Item.objects.filter(pk=world.free_item.pk).update(phase=make_phase_behind(world))
    for _ in range(2):
        assert manager.post(url("phase_restore", row.pk)).status_code == 302
    assert Phase.objects.filter(pk=pk).values().get() == before
    assert list(Phase.objects.get(pk=pk).changes.values_list("kind", "reason", "by_id", "at")) == history
    assert set(Item.objects.filter(phase=pk).values_list("pk", flat=True)) == held - {world.free_item.pk}, (
        "what was moved on since stays where it is"
    )
    assert Item.objects.get(pk=gone.pk).phase_id == pk
    assert Milestone.objects.get(pk=world.milestone.pk).phase_id == pk


def make_phase_behind(world: Any) -> Phase:
    words = {"title": {"en": "Later"}, "aim": {}}
    dates = {"start_on": date(2026, 9, 1), "end_on": date(2026, 9, 2)}
    return phases.add_phase(world.program, after=world.next_phase, by=world.manager, **words, **dates)


def test_something_that_hangs_on_a_phase_needs_a_place(world: Any) -> None:
    with pytest.raises(parts.NowhereToGo):
        parts.remove_phase(world.phase, into=None, by=world.manager)
    with pytest.raises(parts.NowhereToGo):
        parts.remove_phase(world.phase, into=world.other_phase, by=world.manager)
    assert Phase.objects.filter(pk=world.phase.pk).exists()


def test_an_earlier_change_is_undone_although_its_phase_is_gone(world: Any) -> None:
    batch = batch_services.change_items(world.program, [world.item], by=world.manager, phase_id=world.next_phase.pk)
    parts.remove_phase(world.phase, into=world.next_phase, by=world.manager)
    batch_services.undo_batch(batch, by=world.manager)
    world.item.refresh_from_db()
    assert world.item.phase_id == world.next_phase.pk


def test_after_a_month_it_is_gone_for_good(world: Any) -> None:
    row = parts.remove_phase(world.next_phase, into=world.phase, by=world.manager)
    assert jobs.retention() == 0
    RemovedPhase.objects.filter(pk=row.pk).update(at=timezone.now() - timedelta(days=31))
    assert jobs.retention() == 1
    assert not RemovedPhase.objects.exists()
