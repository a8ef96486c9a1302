"""A person's own dates at a secret address: for whoever has it, as long as its owner wants."""

import re
from datetime import time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from community.events import jobs
from core.journal.models import Entry
from core.people import services as people
from influencer.calendar import services, views
from influencer.calendar.models import CalendarAddress
from programs.generations import services as generations
from programs.generations.models import Participant
from programs.membership.models import Membership
from tests.factories.events import make_answer, make_event
from tests.world import join

RENEW, REVOKE, MINE = "/me/calendar/renew/", "/me/calendar/revoke/", "/me/calendar/"


def new_address(person: Any) -> str:
    return f"/calendar/{services.make_address(person)}.ics"


def read(address: str) -> dict[str, Any]:
    """As another parser reads it, without a session: what is in it, by title."""
    answer = Client().get(address)
    assert answer.status_code == 200
    return {str(each["SUMMARY"]): each for each in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_it_holds_what_every_room_calls_mine(world: Any) -> None:
    video = make_event(world.program, title_en="Call", video="https://meet.example.com/x", at=time(14))
    make_answer(video, world.influencer, "maybe")
    make_answer(make_event(world.program, title_en="Not for me"), world.influencer, "no")
    make_answer(make_event(world.program, title_en="I wait"), world.influencer, "waiting")
    make_answer(make_event(world.program, title_en="A draft", state="draft"), world.influencer)
    make_answer(make_event(world.program, title_en="Of somebody else"), world.influencer2)
    found = read(new_address(world.influencer))
    assert set(found) == {
        f"Nordlichter: {world.milestone.title}",
        "Nordlichter: Call",
        f"Office hours: {world.coach}",
    }
    call = found["Nordlichter: Call"]
    assert call["DTSTART"].dt.hour == 14
    assert str(call["DTSTART"].dt.tzinfo) == world.program.time_zone
    assert "https://meet.example.com/x" in call["DESCRIPTION"]
    assert all("ATTENDEE" not in each and "ORGANIZER" not in each for each in found.values())
    assert set(read(new_address(world.coach))) == {f"Office hours: {world.influencer}"}


def test_in_the_words_of_its_owner(world: Any) -> None:
    make_answer(make_event(world.program, title_en="Call", title_de="Anruf"), world.influencer)
    type(world.influencer).objects.filter(pk=world.influencer.pk).update(language="de")
    found = read(new_address(world.influencer))
    assert f"Sprechstunde: {world.coach}" in found
    assert "Nordlichter: Anruf" in found


def test_what_is_called_off_is_struck_out(world: Any) -> None:
    make_answer(make_event(world.program, title_en="Off", state="cancelled"), world.influencer)
    assert read(new_address(world.influencer))["Nordlichter: Off"]["STATUS"] == "CANCELLED"


def test_nobody_keeps_it_on_the_way_and_programs_come_again(world: Any) -> None:
    answer = Client().get(new_address(world.influencer))
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert not answer.cookies


def test_every_address_that_opens_nothing_looks_the_same(world: Any, sign_in: Any) -> None:
    person = sign_in(world.influencer)
    former, ended, closed = (new_address(each) for each in (world.influencer, world.coach, world.executive))
    now = new_address(world.influencer)
    sign_in(world.coach).post(REVOKE)
    type(world.executive).objects.filter(pk=world.executive.pk).update(is_active=False)
    told = set()
    for address in (former, ended, closed, "/calendar/made-up.ics"):
        answer = Client().get(address)
        assert answer.status_code == 404
        page = answer.content.decode().replace(address, "")
        told.add(re.sub(r'(nonce=|csrfmiddlewaretoken" value=|"X-CSRFToken": )"[^"]+"', "", page))
    assert len(told) == 1
    assert Client().get(now).status_code == 200
    assert person.get(former).status_code == 404


def test_the_address_is_shown_once_and_stored_as_its_hash(world: Any, sign_in: Any) -> None:
    person = sign_in(world.influencer)
    assert "You have no address yet" in person.get(MINE).content.decode()
    page = person.post(RENEW).content.decode()
    token = re.search(r"/calendar/([\w-]{43})\.ics", page)
    assert token
    assert "webcal://" in page
    assert read(f"/calendar/{token[1]}.ics")
    row = CalendarAddress.objects.get(person=world.influencer)
    assert token[1] not in str(vars(row))
    again = person.get(MINE).content.decode()
    assert token[1] not in again
    assert "You have had an address since" in again
    person.post(RENEW)
    assert CalendarAddress.objects.filter(person=world.influencer).count() == 1
    assert Client().get(f"/calendar/{token[1]}.ics").status_code == 404


def test_nobody_is_told(world: Any, sign_in: Any) -> None:
    before = Entry.objects.count()
    person = sign_in(world.influencer)
    person.post(RENEW)
    person.post(REVOKE)
    assert Entry.objects.count() == before
    assert not CalendarAddress.objects.filter(person=world.influencer).exists()


def test_it_is_found_from_the_own_pages(world: Any, sign_in: Any) -> None:
    person = sign_in(world.influencer)
    for page in ("/me/", f"/p/{world.program.slug}/events/"):
        assert f'href="{MINE}"' in person.get(page).content.decode()


def test_who_leaves_has_nothing_of_the_program_in_it_at_once_and_who_pauses_from_the_next_day(world: Any) -> None:
    """Pausing gives the answers back at the end of its first day, leaving ends the membership."""
    join(world.influencer, world.other_program, "influencer")
    make_answer(make_event(world.other_program, title_en="Elsewhere"), world.influencer)
    elsewhere = f"{world.other_program.name}: Elsewhere"
    address = new_address(world.influencer)
    participant = Participant.objects.present().get(user=world.influencer, program=world.program)
    assert f"Nordlichter: {world.milestone.title}" in read(address)
    generations.pause(participant, by=world.influencer)
    assert f"Nordlichter: {world.milestone.title}" in read(address)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=True):
        jobs.sweep()
        assert not [title for title in read(address) if title.startswith("Nordlichter:")]
    generations.leave(participant, by=world.influencer)
    assert set(read(address)) == {elsewhere}
    Membership.objects.filter(user=world.influencer).update(ended_at=timezone.now())
    assert read(address) == {}


def test_an_ended_role_ends_what_the_calendar_shows_even_while_rows_are_kept(world: Any) -> None:
    address = new_address(world.coach)
    assert read(address)
    Membership.objects.filter(user=world.coach).update(ended_at=timezone.now())
    assert read(address) == {}


def test_it_goes_with_the_account(world: Any) -> None:
    address = new_address(world.influencer)
    people.erase_account(world.influencer)
    assert not CalendarAddress.objects.filter(person=world.influencer).exists()
    assert Client().get(address).status_code == 404


def test_as_many_questions_for_many_dates_as_for_one(world: Any) -> None:
    address = new_address(world.influencer)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            read(address)
        return len(queries)

    read(address)
    one = asked()
    for number in range(3):
        make_answer(make_event(world.program, title_en=f"More {number}", capacity=9), world.influencer)
    assert asked() == one


def test_guessing_is_slowed_down_and_a_good_address_is_not(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "GUESSES_PER_HOUR", 2)
    monkeypatch.setattr(views, "LOOKS_PER_HOUR", 2)
    address = new_address(world.influencer)
    assert [Client().get("/calendar/made-up.ics").status_code for _ in range(3)] == [404, 404, 429]
    assert [Client().get(address).status_code for _ in range(3)] == [200, 200, 429]
