"""The first 90 days: three checks on signs of the group, that ask for a while and then are silent."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.disclosure.gate import People
from core.kit import page_cache, rooms
from programs.casting.models import Interest
from programs.casting.signs import interested
from programs.guide import checks
from programs.guide.models_checks import EarlyCheck
from tests.factories.casting import make_interest
from tests.world import client_of


def url(world: Any, name: str = "first_days", *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def body(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def due(world: Any) -> EarlyCheck:
    """Its day is today."""
    check = EarlyCheck.objects.get(program=world.program, day=30)
    its_day_is(check, world.today)
    check.refresh_from_db()
    return check


def its_day_is(check: EarlyCheck, day: date) -> None:
    """As time passes."""
    EarlyCheck.objects.filter(pk=check.pk).update(due_on=day)
    page_cache.changed(check.program_id)


def test_a_check_moves_until_its_day_has_come(world: Any, due: EarlyCheck) -> None:
    """Who could move a counted check would watch the signs of the group from day to day."""
    manager, address = client_of("manager", world), url(world, "early_check_move", 30)
    assert "Another day" not in body(manager.get(url(world))).split("Day 60")[0]
    assert manager.post(address, {"due_on": (world.today + timedelta(days=9)).isoformat()}).status_code == 302
    due.refresh_from_db()
    assert due.due_on == world.today
    with pytest.raises(checks.DayHasCome):
        checks.move(due, due_on=world.today + timedelta(days=9), by=world.manager)
    its_day_is(due, world.today + timedelta(days=5))
    wrong = manager.post(address, {"due_on": world.today.isoformat()})
    assert "Please choose a day that lies ahead." in body(wrong)
    assert manager.post(address, {"due_on": (world.today + timedelta(days=9)).isoformat()}).status_code == 302
    due.refresh_from_db()
    assert due.due_on == world.today + timedelta(days=9)


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    """Do something as in a transaction of its own: what start pages share is made anew."""

    def do(what: Any) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            what()

    return do


def test_a_check_is_written_down_by_who_looked(world: Any, due: EarlyCheck) -> None:
    coach = client_of("coach", world)
    assert "Write down a finding" in body(coach.get(url(world)))
    wrong = coach.post(url(world, "early_check", 30), {"finding": "Two departments ask.", "decision": ""})
    assert wrong.status_code == 422
    assert "Two departments ask." in body(wrong)
    sent = {"finding": "Two departments ask.", "decision": "continue"}
    assert coach.post(url(world, "early_check", 30), sent).status_code == 302
    due.refresh_from_db()
    assert (due.by, due.held_on, due.decision) == (world.coach, world.today, "continue")
    assert "Two departments ask." in body(client_of("manager", world).get(url(world)))


def test_two_who_write_at_once_lose_nothing(world: Any, due: EarlyCheck) -> None:
    """Finding and decision belong together: who changed nothing overwrites nothing."""
    manager = client_of("manager", world)
    checks.hold(due, by=world.coach, finding="As found", decision="continue")
    seen = manager.get(url(world, "early_check", 30)).context["form"]["seen"].value()
    checks.hold(due, by=world.coach, finding="As found later", decision="change")
    manager.post(url(world, "early_check", 30), {"finding": "As found", "decision": "continue", "seen": seen})
    due.refresh_from_db()
    assert (due.finding, due.decision) == ("As found later", "change")


def test_a_missed_check_does_not_nag_for_ever(world: Any, due: EarlyCheck, committed: Any) -> None:
    home = f"/p/{world.program.slug}/"
    words = "Is the ground prepared?"
    for days, asks in ((-5, False), (-3, True), (0, True), (14, True), (15, False), (400, False)):
        committed(partial(its_day_is, due, world.today - timedelta(days=days)))
        assert (words in body(client_of("manager", world).get(home))) is asks, days
    assert "The day has passed without a finding" in body(client_of("manager", world).get(url(world)))
    committed(lambda: its_day_is(due, world.today))
    assert words not in body(client_of("influencer", world).get(home))
    committed(lambda: client_of("manager", world).post(url(world, "early_check_leave", 30)))
    assert words not in body(client_of("manager", world).get(home))
    committed(lambda: client_of("manager", world).post(url(world, "early_check_resume", 30)))
    assert words in body(client_of("manager", world).get(home))
    committed(lambda: checks.hold(due, by=world.manager, finding="Fine.", decision="continue"))
    assert words not in body(client_of("manager", world).get(home))


def test_what_was_held_is_not_left_out(world: Any, due: EarlyCheck) -> None:
    checks.hold(due, by=world.manager, finding="Fine.", decision="continue")
    checks.leave_out(due, by=world.manager)
    due.refresh_from_db()
    assert not due.is_left_out


def test_planning_twice_changes_nothing(world: Any) -> None:
    EarlyCheck.objects.filter(program=world.program).delete()
    manager = client_of("manager", world)
    assert "No checks are planned" in body(manager.get(url(world)))
    for _time in range(2):
        manager.post(url(world, "first_days_plan"))
    assert [check.day for check in checks.checks_of(world.program)] == [30, 60, 90]
    first = EarlyCheck.objects.get(program=world.program, day=30)
    assert first.due_on >= world.today, "a program that began long ago counts from today"


def test_the_database_knows_three_days_and_wants_a_finding(world: Any) -> None:
    for fields in ({"day": 45}, {"day": 30}, {"day": 60, "held_on": date(2027, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EarlyCheck.objects.create(program=world.program, due_on=date(2027, 1, 1), **fields)


# --- signs ------------------------------------------------------------------------------------------------------------


def test_signs_come_from_rooms_above_and_say_no_small_number(world: Any, due: EarlyCheck) -> None:
    keys = {sign.key for room in rooms.every() for sign in room.signs}
    assert keys == {"casting.interested", "events.said_yes", "forum.wrote"}
    for sign, people in checks.signs_of(due, world.today):
        assert not people.is_exact or people == People(0, 0), sign.key
    page = body(client_of("manager", world).get(url(world)))
    assert "showed interest in an open call" in page


def test_signs_wait_for_their_day_and_stand_then(world: Any, due: EarlyCheck) -> None:
    """A number that moved would show one person after the other."""
    assert checks.signs_of(due, due.due_on - timedelta(days=1)) == []

    def said() -> str:
        return body(client_of("manager", world).get(url(world))).split('class="signs"')[1].split("</ul>")[0]

    before = said()
    for number in range(12):
        interest = make_interest(world.call, f"Person {number}")
        Interest.objects.filter(pk=interest.pk).update(declared_at=timezone.now() - timedelta(days=2))
    assert said() == before


def test_interest_is_counted_in_steps(world: Any) -> None:
    first, end = world.today - timedelta(days=30), world.today + timedelta(days=1)
    assert interested(world.program, first, end) == People(0, 9)
    for number in range(10):
        make_interest(world.call, f"Person {number}")
    assert interested(world.program, first, end) == People(10, 14)
    assert interested(world.program, first, first) == People(0, 9)
