from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.journal.models import Entry
from programs.checklists import access, queries, services
from programs.checklists.models import Evidence, Item
from programs.checklists.room import ROOM
from programs.phases import services as phases
from tests.factories.checklists import make_file, make_item, make_note
from tests.factories.phases import make_milestone, make_phase
from tests.world import make_user

NEW = {
    "name": "Nordlichter",
    "company_name": "Nordwerk AG",
    "country": "DE",
    "weekly_minutes": 60,
    "goals": ["Be seen"],
}


@pytest.mark.parametrize("start", [date(2026, 11, 23), date(2028, 2, 29), date(2100, 12, 31)])
def test_a_program_gets_its_own_copy_of_the_seven_phases(start: date, db: None) -> None:
    program = services.create_program_from_template(by=make_user("founder"), start_on=start, **NEW)
    found = list(queries.phases_with_progress(program))
    assert [phase.position for phase in found] == [1, 2, 3, 4, 5, 6, 7]
    assert found[0].start_on == start
    assert all(phase.end_on > phase.start_on and phase.title.texts["de"] and phase.title.texts["en"] for phase in found)
    items = Item.objects.filter(program=program).select_related("phase")
    assert len(items) == sum(phase.total for phase in found) > 70
    assert all(item.phase.start_on <= item.due_on <= item.phase.end_on for item in items)
    assert all(item.title.texts["de"] and item.title.texts["en"] for item in items)
    assert program.milestones.filter(kind="review").exists()


def test_two_programs_do_not_share_their_items(db: None) -> None:
    user = make_user("founder")
    one, two = (services.create_program_from_template(by=user, start_on=date(2026, 1, 5), **NEW) for _ in range(2))
    Item.objects.filter(program=one).update(title={"en": "Changed"})
    assert not Item.objects.filter(program=two, title__en="Changed").exists()


def test_two_people_may_tick_the_same_item(world: Any) -> None:
    services.tick_item(world.item, by=world.coach)
    item = services.tick_item(world.item, by=world.manager)
    assert (item.state, item.closed_by) == ("done", world.coach)
    assert Entry.objects.filter(verb="checklists.item_ticked").count() == 1


def test_ticking_does_not_overrule_what_does_not_apply(world: Any) -> None:
    services.mark_not_applicable(world.item, reason="No works council", by=world.manager)
    assert services.tick_item(world.item, by=world.coach).state == "na"
    item = services.reopen_item(world.item, by=world.manager)
    assert (item.state, item.closed_at, item.closed_by) == ("open", None, None)


def test_the_database_wants_a_reason(world: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=world.item.pk).update(state="na", reason="")


@pytest.mark.parametrize("wrong", [{"kind": "link", "text": "http://example.com"}, {"kind": "file", "text": "a.pdf"}])
def test_the_database_refuses_evidence_that_is_none(wrong: dict[str, str], world: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_note(world.item, **wrong)


def test_progress_leaves_out_what_does_not_apply_or_is_deleted(world: Any) -> None:
    phase = make_phase(world.program, 5)
    items = [make_item(phase, position) for position in range(1, 5)]
    services.tick_item(items[0], by=world.manager)
    services.mark_not_applicable(items[1], reason="Not here", by=world.manager)
    services.delete_item(items[2], by=world.manager)
    found = access.get_phase_with_progress(world.manager, world.program.slug, phase.pk)
    assert (found.done, found.total, found.na) == (1, 2, 1)


def test_phases_stand_in_their_order_whatever_was_written_last(world: Any) -> None:
    for position in (5, 3, 4):
        make_item(make_phase(world.program, position))
    phases.edit_phase(world.phase, start_on=world.phase.start_on, end_on=world.phase.end_on, by=world.manager)
    found = queries.phases_with_progress(world.program)
    assert [phase.position for phase in found] == [1, 2, 3, 4, 5]


@time_machine.travel("2026-03-02 12:00Z", tick=False)
def test_what_is_ahead_moves_along_with_its_phase(world: Any) -> None:
    phase = make_phase(world.program, 5, start_on=date(2026, 4, 1), end_on=date(2026, 4, 30))
    due = date(2026, 4, 10)
    still_open, done, gone, undated = (make_item(phase, place, due_on=due) for place in range(1, 5))
    services.tick_item(done, by=world.manager)
    services.delete_item(gone, by=world.manager)
    services.edit_item(undated, due_on=None, by=world.manager)
    ahead, past = (make_milestone(world.program, phase=phase, on=on) for on in (date(2026, 4, 2), date(2026, 3, 1)))
    later = {"start_on": date(2026, 4, 15), "end_on": date(2026, 5, 15), "by": world.manager}
    assert services.edit_phase(phase, move_along=True, **later) == 2
    rows = [still_open, done, gone, undated]
    for row in [*rows, ahead, past]:
        row.refresh_from_db()
    assert [row.due_on for row in rows] == [date(2026, 4, 24), due, due, None]
    assert [ahead.on, past.on] == [date(2026, 4, 16), date(2026, 3, 1)]
    phase.refresh_from_db()
    assert services.edit_phase(phase, move_along=True, **later | {"end_on": date(2026, 5, 20)}) == 0
    assert services.edit_phase(phase, move_along=False, **later | {"start_on": date(2026, 4, 16)}) == 0
    assert Entry.objects.get(verb="checklists.items_moved").data == {"days": 14, "count": 1}


def test_an_added_item_stands_last(world: Any) -> None:
    item = services.add_item(world.phase, title={"en": "Our own"}, by=world.manager)
    assert item.position == 3
    assert item.title == "Our own"


def test_an_edit_notes_what_a_field_was_and_became(world: Any) -> None:
    services.edit_item(world.item, title={"de": "Punkt 1", "en": "Item 1"}, due_on=date(2026, 12, 1), by=world.manager)
    said = Entry.objects.get(verb="checklists.item_changed").data["changes"]
    assert said == {"programs.item.due_on": [None, "2026-12-01"]}
    services.edit_item(world.item, title={"de": "Punkt 1", "en": "Item 1"}, by=world.manager)
    assert Entry.objects.filter(verb="checklists.item_changed").count() == 1


def test_deleted_things_come_back_or_go_for_good(world: Any) -> None:
    note, file = make_note(world.free_item), make_file(world.free_item)
    services.delete_evidence(note, by=world.manager)
    services.restore_evidence(note, by=world.manager)
    assert note in queries.evidence_of(world.free_item)
    services.delete_item(world.free_item, by=world.manager)
    path = file.attachment.file.path
    assert [purge() for purge in ROOM.retention] == [0, 0, 0, 0, 0]
    Item.objects.filter(pk=world.free_item.pk).update(deleted_at=timezone.now() - timedelta(days=31))
    assert sum(purge() for purge in ROOM.retention) == 4  # the item, what was said of it, the file and its evidence
    assert sum(purge() for purge in ROOM.retention) == 0
    assert not Evidence.objects.filter(item_id=world.free_item.pk).exists()
    with pytest.raises(FileNotFoundError):
        open(path).close()


def test_due_items_are_mine_and_for_managers_also_nobodys(world: Any) -> None:
    on = world.today
    world.free_item.due_on, world.item.due_on = on - timedelta(days=2), on + timedelta(days=7)
    later = make_item(world.phase, 3, due_on=on + timedelta(days=8))
    world.free_item.save()
    world.item.save()
    assert queries.items_due_for(world.manager, world.program, on) == [world.free_item]
    assert queries.items_due_for(world.coach, world.program, on) == [world.item]
    assert queries.items_due_for(world.influencer, world.program, on) == []
    assert later not in queries.items_due_for(world.manager, world.program, on)
    assert queries.items_due_for(world.stranger, world.program, on) == []


def test_nothing_of_a_skipped_phase_is_due(world: Any) -> None:
    world.free_item.due_on = world.yesterday
    world.free_item.save()
    phases.skip_phase(world.phase, reason="Not needed", by=world.manager)
    assert queries.items_due_for(world.manager, world.program, world.today) == []
    assert list(Item.objects.overdue(on=world.today)) == []


def test_owners_are_people_who_may_work_and_each_stands_once(world: Any) -> None:
    names = {row.user_id for row in queries.possible_owners(world.program)}
    assert names == {world.manager.pk, world.coach.pk, world.team.pk, world.deputy_membership.user_id}
    world.coach_membership.ended_at = timezone.now()
    world.coach_membership.save()
    assert world.coach_membership not in queries.possible_owners(world.program)
    assert world.coach_membership in queries.possible_owners(world.program, world.item)
