"""Who was there is each person's own word: one tap, the code on the wall, or a number of the host; no list of who was
not."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from community.events import attending, jobs, leaving, moments, wall
from community.events.models import Event
from community.events.models_after import Attendance
from core.disclosure.gate import People
from core.journal.models import Entry
from core.kit.kept import in_numbers
from programs.generations import deeds
from programs.generations import services as generations
from programs.generations.models import Step
from programs.generations.paths import path_of
from tests.factories.events import make_attendance, make_event
from tests.world import join, make_user

HERE = "/p/nordlichter/events/"


def url(event: Event, what: str = "") -> str:
    return f"{HERE}{event.pk}/{what}"


def now_on(world: Any, *, begun: timedelta = timedelta(minutes=30), **fields: Any) -> Event:
    """An event that began so long ago."""
    zone = moments.begins(make_event(world.program).milestone).tzinfo
    begins = timezone.localtime(timezone.now() - begun, zone)
    return make_event(world.program, on=begins.date(), at=begins.time(), **fields)


def was_there(event: Event, person: Any) -> bool:
    return Attendance.objects.filter(event=event, person=person).exists()


def crowd(world: Any, event: Event, count: int) -> list[Any]:
    """More people in the program, of whom so many were there."""
    people = [make_user(f"crowd{event.pk}-{number}") for number in range(count + 12)]
    for number, person in enumerate(people):
        join(person, world.program, "influencer")
        if number < count:
            make_attendance(event, person)
    return people


def undo_of(page: str, event: Event) -> str:
    start = page.index(url(event, "attended/?kept="))
    return page[start : page.index('"', start)]


def test_one_tap_says_it_and_undo_takes_it_back(world: Any, sign_in: Any) -> None:
    event, person = now_on(world), sign_in(world.influencer)
    assert "I am here" in person.get(url(event)).content.decode()
    page = person.post(url(event, "attended/"), {"was_there": "on"}, follow=True).content.decode()
    assert was_there(event, world.influencer)
    assert "You were there" in page
    person.post(url(event, "attended/"), {"was_there": "on"})  # twice is once
    person.post(url(event, "named/"), {"is_named": "on"})
    page = person.post(url(event, "attended/"), {"was_there": ""}, follow=True).content.decode()
    assert not was_there(event, world.influencer)
    assert "is back in your record" in person.post(undo_of(page, event), follow=True).content.decode()
    assert Attendance.objects.get(event=event, person=world.influencer).is_named
    person.post(url(event, "attended/"))  # what undo of the first sentence sends
    assert not was_there(event, world.influencer)


def test_undo_is_for_the_person_and_for_a_while(world: Any, sign_in: Any) -> None:
    event = now_on(world)
    make_attendance(event, world.influencer)
    kept = attending.take_back(event, person=world.influencer)
    page = sign_in(world.influencer2).post(url(event, f"attended/?kept={kept}"), follow=True).content.decode()
    assert "too long ago" in page
    assert not attending.bring_back(now_on(world), kept, person=world.influencer)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert not attending.bring_back(event, kept, person=world.influencer)
    assert not Attendance.objects.filter(event=event).exists()


@pytest.mark.parametrize("begun", [timedelta(hours=-1), timedelta(days=8)])
def test_it_is_said_from_shortly_before_until_a_week_after(begun: timedelta, world: Any, sign_in: Any) -> None:
    event, person = now_on(world, begun=begun), sign_in(world.influencer)
    page = person.post(url(event, "attended/"), {"was_there": "on"}, follow=True).content.decode()
    assert "from shortly before the start" in page
    assert not was_there(event, world.influencer)
    assert "You can say this from" in person.get(url(event, "here/")).content.decode()
    for soon in (timedelta(minutes=-14), timedelta(days=6)):
        attending.attend(now_on(world, begun=soon), person=world.influencer)


def test_the_scanned_address_shows_one_button_and_notes_nothing_by_itself(world: Any, sign_in: Any) -> None:
    event = now_on(world, noting="code")
    page = sign_in(world.manager).get(url(event, "wall/")).content.decode()
    code = wall.code_at(event.pk, timezone.now())
    assert f"{code[:3]} {code[3:]}" in page
    assert '<path class="q1" d="M0 0h1v1h-1z' in page
    person = sign_in(world.influencer)
    scanned = person.get(url(event, "here/"), {"code": code})
    assert not was_there(event, world.influencer)
    arrived = scanned.context["arrived"]
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):  # pressed late, but scanned in time
        person.post(url(event, "attended/"), {"was_there": "on", "arrived": arrived})
    assert Attendance.objects.get(event=event, person=world.influencer).with_code


def test_a_code_of_before_or_of_somebody_else_is_none(world: Any, sign_in: Any) -> None:
    event, person = now_on(world, noting="code"), sign_in(world.influencer)
    code, now = wall.code_at(event.pk, timezone.now()), timezone.now()
    others = wall.arrived(event, world.influencer2.pk, code, now)
    elsewhere = wall.arrived(make_event(world.program), world.influencer.pk, code, now)
    old = wall.arrived(event, world.influencer.pk, wall.code_at(event.pk, now, back=4), now)
    for arrived in (others, elsewhere, old, "nonsense"):
        page = person.post(url(event, "attended/"), {"was_there": "on", "arrived": arrived}, follow=True)
        assert "This code has changed" in page.content.decode()
    page = person.post(url(event, "attended/"), {"was_there": "on"}, follow=True).content.decode()
    assert "with the code in the room" in page
    assert not was_there(event, world.influencer)


def test_who_cannot_scan_types_the_digits(world: Any, sign_in: Any) -> None:
    event, person = now_on(world, noting="code"), sign_in(world.influencer)
    assert "six digits, e.g." in person.post(url(event, "here/"), {"code": "DEICH"}).content.decode()
    now = timezone.now()
    valid = [wall.code_at(event.pk, now, back=back) for back in range(-1, 4)]
    wrong = next(f"{number:06}" for number in range(10) if f"{number:06}" not in valid)
    page = person.post(url(event, "here/"), {"code": wrong}).content.decode()
    assert "not the current code on the wall" in page
    assert f'value="{wrong}"' in page
    before = wall.code_at(event.pk, now, back=1)
    person.post(url(event, "here/"), {"code": f"{before[:3]} {before[3:]}"})
    assert was_there(event, world.influencer)


def test_codes_cannot_be_tried_without_end(world: Any, sign_in: Any) -> None:
    event, person = now_on(world, noting="code"), sign_in(world.influencer)
    for _each in range(20):
        person.post(url(event, "here/"), {"code": "000000"})
    code = wall.code_at(event.pk, timezone.now())
    assert "Too many attempts" in person.post(url(event, "here/"), {"code": code}).content.decode()
    assert not was_there(event, world.influencer)


def test_scanned_codes_cannot_be_tried_without_end(world: Any, sign_in: Any) -> None:
    event, person = now_on(world, noting="code"), sign_in(world.influencer)
    for _each in range(20):
        arrived = wall.arrived(event, world.influencer.pk, "000000", timezone.now())
        person.post(url(event, "attended/"), {"was_there": "on", "arrived": arrived})
    arrived = wall.arrived(event, world.influencer.pk, wall.code_at(event.pk, timezone.now()), timezone.now())
    page = person.post(url(event, "attended/"), {"was_there": "on", "arrived": arrived}, follow=True)
    assert "Too many attempts" in page.content.decode()
    assert not was_there(event, world.influencer)


def test_codes_change_and_are_no_other_events(world: Any) -> None:
    now = timezone.now()
    codes = {wall.code_at(number, now, back=back) for number in range(20) for back in range(20)}
    assert len(codes) > 390
    assert not wall.is_good(wall.code_at(1, now), 2, now)
    assert wall.is_good(wall.code_at(1, now, back=2), 1, now)
    assert not wall.is_good(wall.code_at(1, now, back=3), 1, now)


def test_hosts_read_a_range_and_names_of_who_agreed(world: Any, sign_in: Any) -> None:
    event = now_on(world)
    people = crowd(world, event, 15)
    attending.name(event, person=people[0], is_named=True)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        page = sign_in(world.manager).get(url(event, "after/")).content.decode()
        assert "<b>11 to 15</b>" in page
        assert str(people[0]) in page
        assert str(people[1]) not in page
        attending.name(event, person=people[0], is_named=False)
        page = sign_in(world.manager).get(url(event, "after/")).content.decode()
        assert not any(str(person) in page for person in people)
        assert "<b>11 to 15</b>" in page, "what was shown stays shown"


def test_the_number_does_not_move_while_one_watches(world: Any, sign_in: Any) -> None:
    event = now_on(world)
    people = crowd(world, event, 14)
    host = sign_in(world.manager)
    for page in ("after/", "wall/"):
        assert "10 to 14" not in host.get(url(event, page)).content.decode(), "not while they arrive"
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        jobs.sweep()
        before = attending.were_there(event, world.program)
        assert before.all == People(10, 14)
        attending.attend(event, person=world.influencer)
        assert attending.were_there(event, world.program) == before
        for person in people[:8]:
            leaving.forget_everywhere(person)
        assert attending.were_there(event, world.program) == before


def test_four_accounts_tell_of_no_fifth_person(world: Any) -> None:
    """Who was there with four accounts would read from "fewer than 5" or "5 to 9" whether anybody else was."""
    said = []
    for others in (0, 1):
        event = now_on(world)
        for person in crowd(world, event, 0)[: 4 + others]:
            make_attendance(event, person)
        with time_machine.travel(timezone.now() + timedelta(days=2)):
            said.append(attending.counted(event, world.program))
    assert said[0] == said[1] == People(0, 9)


def test_moving_the_day_does_not_count_again(world: Any, sign_in: Any) -> None:
    """Who plans an event may move its day: the number would follow one person after the other."""
    event = now_on(world)
    crowd(world, event, 9)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        before = attending.counted(event, world.program)
        attending.attend(event, person=world.influencer)
        for days in (1, 1, -2):
            event.milestone.on += timedelta(days=days)
            event.milestone.save()
            assert attending.counted(event, world.program) == before


def test_what_cannot_be_read_takes_nothing_away(world: Any, sign_in: Any) -> None:
    event, person = now_on(world), sign_in(world.influencer)
    person.post(url(event, "attended/"), {"was_there": "on"})
    for wrong in ({"was_there": "on", "arrived": "x" * 501}, {"kept": "x" * 501}):
        answer = person.post(url(event, "attended/"), wrong, follow=True)
        assert "This could not be read. Nothing has changed." in answer.content.decode()
        assert was_there(event, world.influencer)


def test_a_number_only_takes_no_names(world: Any, sign_in: Any) -> None:
    event, host = now_on(world, noting="number"), sign_in(world.manager)
    person = sign_in(world.influencer)
    assert "I am here" not in person.get(url(event)).content.decode()
    person.post(url(event, "attended/"), {"was_there": "on"})
    assert not was_there(event, world.influencer)
    assert "No names are recorded" in person.get(url(event, "here/")).content.decode()
    assert "No names are recorded" in host.get(url(event, "wall/")).content.decode()
    assert "0" in host.post(url(event, "after/"), {"heads": "-3"}).content.decode()
    page = host.post(url(event, "after/"), {"heads": "14"}, follow=True).content.decode()
    assert "<b>14</b>" in page
    host.post(url(event, "after/"), {"heads": ""})
    assert Event.objects.get(pk=event.pk).heads is None


def test_the_own_record_is_found_and_only_there(world: Any, sign_in: Any) -> None:
    event = now_on(world, title_en="Workshop of the north")
    make_attendance(event, world.influencer, with_code=True, is_named=True)
    assert "Workshop of the north" in sign_in(world.influencer).get(f"{HERE}attended/").content.decode()
    page = sign_in(world.influencer2).get(f"{HERE}attended/").content.decode()
    assert "Nothing here yet" in page
    assert "Workshop of the north" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_record_asks_a_fixed_number_of_questions(
    world: Any, sign_in: Any, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        make_attendance(now_on(world, begun=timedelta(days=number)), world.influencer2)
    person = sign_in(world.influencer2)
    person.get(f"{HERE}attended/")
    with django_assert_num_queries(4):
        person.get(f"{HERE}attended/")


def test_the_journal_names_nobody(world: Any, sign_in: Any) -> None:
    event, before = now_on(world), Entry.objects.count()
    person = sign_in(world.influencer)
    person.post(url(event, "attended/"), {"was_there": "on"})
    person.post(url(event, "named/"), {"is_named": "on"})
    person.post(url(event, "attended/"), {"was_there": ""})
    assert Entry.objects.count() == before


def test_a_kick_off_that_is_a_step_is_done_by_attending(world: Any) -> None:
    fields = {"kind": "meet", "due_days": 21, "title": {"en": "Join the kick-off"}, "deed": "kick_off_attended"}
    Step.objects.create(generation=world.participant.generation, key="team_kick_off", position=90, **fields)
    names = ["kick_off_attended", "event_attended"]
    Attendance.objects.all().delete()
    workshop, kick_off = now_on(world, kind="workshop"), now_on(world, kind="team_kickoff")
    attending.attend(workshop, person=world.influencer)
    assert deeds.did(world.participant.pk, names) == {"event_attended"}
    attending.attend(kick_off, person=world.influencer)
    assert deeds.did(world.participant.pk, names) == set(names)
    assert next(row for row in path_of(world.participant).steps if row.step.key == "team_kick_off").by_deed
    attending.take_back(kick_off, person=world.influencer)
    assert deeds.did(world.participant.pk, names) == {"event_attended"}


def test_a_pause_takes_the_name_away_and_leaving_takes_all(world: Any) -> None:
    event = now_on(world)
    make_attendance(event, world.influencer, is_named=True)
    generations.pause(world.influencer.participations.get(program=world.program), by=world.influencer)
    assert not Attendance.objects.get(event=event, person=world.influencer).is_named
    assert (2, "events you attended") in in_numbers(leaving.kept(world.influencer, world.program))
    leaving.forget_all(world.influencer, world.program)
    assert not Attendance.objects.filter(person=world.influencer).exists()
    make_attendance(event, world.influencer)
    leaving.forget_everywhere(world.influencer)
    assert not Attendance.objects.filter(person=world.influencer).exists()


def test_who_left_is_counted_for_nobody(world: Any) -> None:
    event = now_on(world)
    make_attendance(event, world.influencer, is_named=True)
    assert [each.pk for each in attending.were_there(event, world.program).named] == [world.influencer.pk]
    generations.leave(world.influencer.participations.get(program=world.program), by=world.influencer)
    assert attending.were_there(event, world.program).named == []


def test_the_database_keeps_one_of_each_person(world: Any) -> None:
    event = now_on(world)
    make_attendance(event, world.influencer)
    with pytest.raises(IntegrityError, match="one_attendance_of_an_event"), transaction.atomic():
        make_attendance(event, world.influencer)


@pytest.mark.django_db(transaction=True)
def test_twenty_taps_at_once_are_one(world: Any) -> None:
    event = now_on(world)

    def tap(_number: int) -> None:
        try:
            attending.attend(event, person=world.influencer)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(tap, range(20)))
    assert Attendance.objects.filter(event=event, person=world.influencer).count() == 1
