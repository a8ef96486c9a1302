from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.journal.models import Entry
from programs.phases import blocks, queries, services
from programs.phases.models import Milestone, Phase, PhaseChange
from programs.phases.room import ROOM
from tests.factories.phases import make_milestone, make_phase


def test_several_phases_may_be_active(world: Any) -> None:
    services.start_phase(world.next_phase, by=world.manager)
    assert Phase.objects.active().filter(program=world.program).count() == 2


def test_a_finished_phase_is_reopened_with_a_reason(world: Any) -> None:
    finished = services.finish_phase(world.phase, by=world.manager)
    assert finished.finished_on
    again = services.reopen_phase(world.phase, reason="Two sites join late", by=world.manager)
    assert (again.state, again.finished_on, again.started_on) == ("active", None, date(2026, 1, 5))
    assert [(change.kind, change.reason) for change in queries.changes_of(again)] == [
        ("reopened", "Two sites join late"),
        ("finished", ""),
    ]
    assert Entry.objects.filter(verb="phases.reopened", subject_id=again.pk).exists()


def test_the_days_of_a_phase_are_those_of_the_program(world: Any) -> None:
    world.program.time_zone = "Pacific/Auckland"
    world.program.save(update_fields=["time_zone"])
    with time_machine.travel(datetime(2026, 11, 21, 18, tzinfo=UTC)):
        finished = services.finish_phase(world.phase, by=world.manager)
        again = services.repeat_phase(world.phase, by=world.manager)
    assert (finished.finished_on, again.start_on) == (date(2026, 11, 22), date(2026, 11, 23))


def test_a_second_click_changes_nothing(world: Any) -> None:
    for _ in range(2):
        services.finish_phase(world.phase, by=world.manager)
    services.start_phase(world.phase, by=world.manager)
    world.phase.refresh_from_db()
    assert world.phase.state == "finished"
    assert PhaseChange.objects.filter(phase=world.phase).count() == 1


def test_a_skipped_phase_can_come_back(world: Any) -> None:
    services.skip_phase(world.next_phase, reason="The pilot is not needed", by=world.manager)
    again = services.reopen_phase(world.next_phase, reason="It is needed", by=world.manager)
    assert again.state == "active"
    assert again.started_on


def test_moved_dates_stand_in_the_history(world: Any) -> None:
    dates = {"start_on": date(2026, 2, 2), "end_on": date(2026, 5, 1)}
    services.edit_phase(world.phase, **dates, why="Holidays", title={"en": "New"}, by=world.manager)
    world.phase.refresh_from_db()
    assert (world.phase.start_on, world.phase.title.texts["en"]) == (date(2026, 2, 2), "New")
    assert queries.changes_of(world.phase)[0].reason == "Holidays"
    services.edit_phase(world.phase, **dates, title={"en": "Newer"}, by=world.manager)
    assert len(queries.changes_of(world.phase)) == 1


def test_the_database_wants_a_reason_and_an_end_after_the_start(world: Any) -> None:
    for kind in ("reopened", "skipped"):
        with pytest.raises(IntegrityError), transaction.atomic():
            PhaseChange.objects.create(phase=world.phase, kind=kind, reason="")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_phase(world.program, 3, start_on=date(2026, 5, 1), end_on=date(2026, 4, 30))


def test_the_database_keeps_one_phase_per_place(world: Any) -> None:
    def take_the_same_place() -> None:
        make_phase(world.program, 1)
        connection.check_constraints()  # the constraint is deferred: places may be exchanged

    with pytest.raises(IntegrityError), transaction.atomic():
        take_the_same_place()


def test_next_dates_hold_today_and_nothing_deleted(world: Any) -> None:
    world.program.milestones.exclude(pk=world.milestone.pk).update(on=date(2026, 1, 5))  # of other rooms
    today = make_milestone(world.program, on=date(2026, 11, 21), title_en="Today")
    gone = make_milestone(world.program, on=date(2026, 11, 22), title_en="Gone")
    make_milestone(world.program, on=date(2026, 11, 20), title_en="Yesterday")
    make_milestone(world.other_program, on=date(2026, 11, 22), title_en="Elsewhere")
    services.delete_milestone(gone, by=world.manager)
    assert list(queries.next_dates(world.program, date(2026, 11, 21))) == [today, world.milestone]
    services.restore_milestone(gone, by=world.manager)
    assert list(queries.next_dates(world.program, date(2026, 11, 21), 2)) == [today, gone]


def test_the_newsletter_block_speaks_the_language_of_the_issue(world: Any) -> None:
    make_milestone(
        world.program, on=date(2026, 11, 26), at="16:00", place="Bremen", title_de="Treffen", title_en="Meet-up"
    )
    on = date(2026, 11, 21)
    assert blocks.dates(world.program, "de", on)[0] == (
        "Donnerstag, 26. November, 16:00\N{NO-BREAK SPACE}Uhr",
        "Treffen, Bremen",
    )
    assert blocks.dates(world.program, "en", on)[0] == ("Thursday, 26 November, 16:00", "Meet-up, Bremen")
    assert blocks.dates(world.other_program, "de", on) == []


def test_a_deleted_date_goes_for_good_after_a_month(world: Any) -> None:
    dates = [make_milestone(world.program) for _ in range(3)]
    for kept, ago in zip(dates[1:], (29, 31), strict=True):
        services.delete_milestone(kept, by=world.manager)
        Milestone.objects.filter(pk=kept.pk).update(deleted_at=timezone.now() - timedelta(days=ago))
    assert ROOM.retention[0]() == 1
    assert set(Milestone.objects.filter(pk__in=[d.pk for d in dates])) == set(dates[:2])
    assert ROOM.retention[0]() == 0
