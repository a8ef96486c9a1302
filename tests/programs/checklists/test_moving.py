"""A bar of the timeline is moved: the server decides, what hangs on the phase comes along, undo puts all of it back."""

from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from core.journal.models import Entry
from programs.checklists import services
from programs.checklists.models import Item
from programs.checklists.verbs import ChecklistsVerb
from programs.phases.models import Milestone
from tests.factories.checklists import make_item
from tests.factories.phases import make_milestone

WEEK = timedelta(days=7)


def url(world: Any, name: str, *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def move(client: Client, world: Any, start: date, end: date, **more: Any) -> str:
    phase = world.phase
    sent = {"was_start": phase.start_on, "was_end": phase.end_on, "start_on": start, "end_on": end} | more
    return str(client.post(url(world, "phase_move", phase.pk), sent, follow=True).content.decode())


def undo_in(page: str) -> str:
    return page.partition("/move/back/?")[2].partition('"')[0].replace("&amp;", "&")


def test_what_depends_moves_along_and_comes_back_exactly(world: Any, sign_in: Any) -> None:
    client, phase = sign_in(world.manager), world.phase
    start, end = phase.start_on, phase.end_on
    item = make_item(phase, 9, due_on=world.today + WEEK)
    done = make_item(phase, 10, due_on=world.today, state="done")
    date_ahead = make_milestone(world.program, on=world.today + timedelta(days=3), phase=phase)
    assert f'data-move="{url(world, "phase_move", phase.pk)}"' in str(
        client.get(url(world, "timeline")).content.decode()
    )
    page = move(client, world, start - WEEK, end - WEEK)
    for row in (phase, item, done, date_ahead):
        row.refresh_from_db()
    assert (phase.start_on, phase.end_on, item.due_on) == (start - WEEK, end - WEEK, world.today)
    assert (done.due_on, date_ahead.on) == (world.today, world.today - timedelta(days=4))
    client.post(url(world, "phase_move_back", phase.pk) + "?" + undo_in(page))
    for row in (phase, item, date_ahead):
        row.refresh_from_db()
    assert (phase.start_on, phase.end_on, item.due_on) == (start, end, world.today + WEEK)
    assert date_ahead.on == world.today + timedelta(days=3), "also a date that lay in the past meanwhile"


def test_what_the_server_refuses(world: Any, sign_in: Any) -> None:
    client, phase = sign_in(world.manager), world.phase
    start, end = phase.start_on, phase.end_on
    assert "would end before it starts" in move(client, world, end, start - WEEK)
    assert "Somebody else has moved" in move(client, world, start, end, was_start=start - WEEK)
    assert "enter its dates" in move(client, world, start, end, start_on="soon")
    assert "Nothing was undone" in str(
        client.post(url(world, "phase_move_back", phase.pk) + "?moved=x", follow=True).content.decode()
    )
    phase.refresh_from_db()
    assert (phase.start_on, phase.end_on) == (start, end)
    reader = str(sign_in(world.coach).get(url(world, "timeline")).content.decode())
    assert "data-move" not in reader
    assert "timeline.js" not in reader


def test_undo_leaves_alone_what_somebody_has_moved_since_and_is_in_the_journal(world: Any, sign_in: Any) -> None:
    client, phase = sign_in(world.manager), world.phase
    moved_on = make_item(phase, 9, due_on=world.today + WEEK)
    done = make_item(phase, 10, due_on=world.today + WEEK)
    along = make_item(phase, 11, due_on=world.today + WEEK)
    date_ahead = make_milestone(world.program, on=world.today + WEEK, phase=phase)
    page = move(client, world, phase.start_on + WEEK, phase.end_on + WEEK)
    Item.objects.filter(pk=moved_on.pk).update(due_on=world.today + 5 * WEEK)
    services.tick_item(done, by=world.manager)
    Milestone.objects.filter(pk=date_ahead.pk).update(on=world.today + 6 * WEEK)
    kept = make_milestone(world.program, on=world.today + WEEK, phase=phase)
    client.post(url(world, "phase_move_back", phase.pk) + "?" + undo_in(page))
    for row in (phase, moved_on, done, along, date_ahead, kept):
        row.refresh_from_db()
    assert (moved_on.due_on, done.due_on) == (world.today + 5 * WEEK, world.today + 2 * WEEK)
    assert (date_ahead.on, kept.on) == (world.today + 6 * WEEK, world.today + WEEK)
    assert along.due_on == world.today + WEEK
    assert Entry.objects.filter(verb=ChecklistsVerb.ITEMS_MOVED).latest("pk").data["days"] == -7
