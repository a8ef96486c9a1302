"""Letters that come to each person at the right time: once, in their hours, and never after they said no."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from community.journeys import jobs, queries, services
from community.journeys.models import Journey, JourneySending
from core.news.models import Hours
from core.notify.models import OutgoingMail
from programs.consents.models import Purpose
from programs.consents.services import grant, withdraw
from programs.generations import services as generations
from programs.generations.models import Participant, Span
from tests.at_once import at_once
from tests.factories.generations import make_generation, make_participant
from tests.factories.journeys import make_journey, make_letter, make_sending
from tests.world import make_program, make_user

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def program(db: None) -> Any:
    return make_program()


def somebody(program: Any, name: str, joined: date, **fields: Any) -> Participant:
    """Takes part since a day, and wants the newsletter."""
    generation = program.generations.first() or make_generation(program)
    person = make_user(name, **fields)
    participant = make_participant(person, generation, Purpose.NEWSLETTER)
    Participant.objects.filter(pk=participant.pk).update(joined_on=joined)
    Span.objects.filter(participant=participant).update(start_on=joined)
    participant.refresh_from_db()
    return participant


def sweep_at(moment: datetime) -> list[str]:
    """Whom letters go to in this sweep."""
    before = set(OutgoingMail.objects.values_list("pk", flat=True))
    with time_machine.travel(moment, tick=False):
        jobs.sweep()
    mails = OutgoingMail.objects.filter(reason="journeys.letter").exclude(pk__in=before).order_by("pk")
    return [f"{mail.address.split('@')[0]}: {mail.subject}" for mail in mails]


def test_two_workers_send_one_letter_a_day(program: Any) -> None:
    today = MONDAY.date()
    letters = [make_letter(make_journey(program, on_since=today), subject={"en": each}) for each in ("One", "Two")]
    somebody(program, "ann", today)
    due = [(letter, queries.due_for(letter, today).get()) for letter in letters]  # both looked before either sent
    for letter, row in due:
        jobs.send(letter, today, row)
    assert JourneySending.objects.count() == 1


def test_each_person_gets_each_letter_once_on_their_own_day(program: Any) -> None:
    journey = make_journey(program, on_since=MONDAY.date())
    make_letter(journey, subject={"en": "First"})
    make_letter(journey, subject={"en": "Second"}, days=2)
    somebody(program, "ann", MONDAY.date())
    somebody(program, "ben", MONDAY.date() + timedelta(days=1))
    somebody(program, "before", MONDAY.date() - timedelta(days=1))
    sent = [sweep_at(MONDAY + timedelta(days=day, hours=hour)) for day in range(4) for hour in (0, 1)]
    assert sent == [["ann: First"], [], ["ben: First"], [], ["ann: Second"], [], ["ben: Second"], []]


def test_changing_turning_off_and_on_repeats_nothing(program: Any) -> None:
    journey = make_journey(program, on_since=MONDAY.date())
    letter = make_letter(journey)
    leader = make_user("leader")
    somebody(program, "ann", MONDAY.date())
    assert len(sweep_at(MONDAY)) == 1
    services.change_letter(letter, days=1, unless="", subject={"en": "Anew"}, body={"en": "Anew"}, version=1, by=leader)
    services.turn_off(journey, by=leader)
    assert sweep_at(MONDAY + timedelta(days=1)) == []
    services.turn_on(Journey.objects.get(pk=journey.pk), by=leader)
    services.delete_letter(letter, by=leader)
    services.restore_letter(letter, by=leader)
    assert sweep_at(MONDAY + timedelta(days=1, hours=1)) == []


@pytest.mark.parametrize("what", ["withdraws", "pauses", "leaves", "never agreed", "is closed"])
def test_nobody_is_written_to_who_does_not_want_it(program: Any, what: str) -> None:
    """Not by the next sweep, and not by a mail that lies in the outbox already."""
    make_letter(make_journey(program, on_since=MONDAY.date()))
    lying = somebody(program, "lying", MONDAY.date())
    sweep_at(MONDAY)
    mail = OutgoingMail.objects.get(reason="journeys.letter")
    assert not jobs.is_withheld(mail)
    waiting = somebody(program, "waiting", MONDAY.date())
    for row in (lying, waiting):
        if what in ("withdraws", "never agreed"):
            withdraw(program, [Purpose.NEWSLETTER], by=row.user, channel="settings")
        elif what == "pauses":
            generations.pause(row, by=row.user)
        elif what == "leaves":
            generations.leave(row, by=row.user)
        else:
            type(row.user).objects.filter(pk=row.user_id).update(is_active=False)
    assert sweep_at(MONDAY) == []
    assert jobs.is_withheld(mail)


def test_letters_come_in_the_hours_of_the_person(program: Any) -> None:
    make_letter(make_journey(program, on_since=MONDAY.date() - timedelta(days=9)))
    saturday = datetime(2026, 11, 21, 12, tzinfo=UTC)
    row = somebody(program, "ann", saturday.date())
    Hours.objects.create(person=row.user, days=[0, 1, 2, 3, 4], start=8, end=17)
    assert sweep_at(saturday) == []
    assert sweep_at(MONDAY.replace(hour=5)) == []
    assert sweep_at(MONDAY) == ["ann: Hello"]


def test_never_two_in_a_day_or_three_in_a_week_nor_a_heap_after_days_of_standstill(program: Any) -> None:
    journey = make_journey(program, on_since=MONDAY.date() - timedelta(days=60))
    for day in (0, 1, 2, 3, 9):
        make_letter(journey, subject={"en": f"Day {day}"}, days=day)
    somebody(program, "ann", MONDAY.date())
    sent = {day: sweep_at(MONDAY + timedelta(days=day)) for day in (0, 0, 1, 2, 3, 7, 8, 9)}
    assert sent[1] == ["ann: Day 1"]
    assert (sent[2], sent[3]) == ([], [])
    assert [len(sent[day]) for day in (7, 8)] == [1, 1]
    somebody(program, "old", MONDAY.date() - timedelta(days=40))
    assert sweep_at(MONDAY + timedelta(days=10)) == [], "what is a week late is left out"


def test_who_has_done_it_is_not_asked(program: Any) -> None:
    journey = make_journey(program, on_since=MONDAY.date())
    make_letter(journey, unless="consents_chosen")
    row = somebody(program, "ann", MONDAY.date())
    grant(program, [Purpose.DIRECTORY], by=row.user, channel="settings")
    assert sweep_at(MONDAY) == []
    assert JourneySending.objects.get().is_left_out


@pytest.mark.parametrize(("start", "day"), [("joined", 0), ("begun", 2), ("returned", 7)])  # day 5 is a Saturday
def test_the_day_from_which_it_counts(program: Any, start: str, day: int) -> None:
    make_letter(make_journey(program, on_since=MONDAY.date(), start=start))
    row = somebody(program, "ann", MONDAY.date())
    row.generation.start_on = MONDAY.date() + timedelta(days=2)
    row.generation.save()
    Span.objects.filter(participant=row).update(end_on=MONDAY.date() + timedelta(days=3))
    Span.objects.create(participant=row, start_on=MONDAY.date() + timedelta(days=5))
    sent = [day for day in range(8) if sweep_at(MONDAY + timedelta(days=day))]
    assert sent == [day]


def test_the_mail_can_be_ended_by_one_click(program: Any) -> None:
    make_letter(make_journey(program, on_since=MONDAY.date()), body={"en": "Hello {{first_name}},\n\n[[contacts]]"})
    somebody(program, "ann", MONDAY.date(), language="de")
    sweep_at(MONDAY)
    mail = OutgoingMail.objects.get(reason="journeys.letter")
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/unsubscribe/" in mail.headers["List-Unsubscribe"]
    assert mail.headers["List-Unsubscribe"].strip("<>") in mail.html
    assert "{{" not in mail.text + mail.html
    assert "No. " not in mail.text


def test_several_workers_send_it_once(transactional_db: None) -> None:
    program = make_program()
    make_letter(make_journey(program, on_since=MONDAY.date()))
    for number in range(4):
        somebody(program, f"person{number}", MONDAY.date())
    with time_machine.travel(MONDAY, tick=True):
        at_once(jobs.sweep, 5)
    assert OutgoingMail.objects.filter(reason="journeys.letter").count() == 4


def test_a_step_comes_once_whatever_journey_it_is_on(program: Any) -> None:
    """The welcome is deleted and made once more: who got its first letter gets the second one, not the first again."""
    leader = make_user("leader")
    with time_machine.travel(MONDAY, tick=False):
        first = services.make_welcome(program, by=leader)
        services.turn_on(first, by=leader)
    somebody(program, "ann", MONDAY.date())
    assert len(sweep_at(MONDAY)) == 1
    with time_machine.travel(MONDAY, tick=False):
        services.delete_journey(first, by=leader)
        again = services.make_welcome(program, by=leader)
        services.turn_on(again, by=leader)
    assert sweep_at(MONDAY + timedelta(days=1)) == []
    again.refresh_from_db()
    row, letter = Participant.objects.get(program=program), queries.letters_of(again)[0]
    letter.journey = again
    jobs.send(letter, MONDAY.date() + timedelta(days=1), row)
    assert JourneySending.objects.filter(person=row.user).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        make_sending(letter, row.user)
    sent = sweep_at(MONDAY + timedelta(days=4))
    assert len(sent) == 1
    assert JourneySending.objects.filter(person=row.user).count() == 2


def test_two_programs_have_a_welcome_each(program: Any) -> None:
    leader, other = make_user("leader"), make_program("other")
    keys = [
        {letter.key for letter in services.make_welcome(each, by=leader).letters.all()} for each in (program, other)
    ]
    assert not keys[0] & keys[1]


def test_a_second_welcome_is_not_added_nor_brought_back(program: Any) -> None:
    leader = make_user("leader")
    first = services.make_welcome(program, by=leader)
    with pytest.raises(ValidationError, match="has a welcome journey already"):
        services.make_welcome(program, by=leader)
    services.delete_journey(first, by=leader)
    services.make_welcome(program, by=leader)
    with pytest.raises(ValidationError, match="has a welcome journey already"):
        services.restore_journey(Journey.objects.get(pk=first.pk), by=leader)
    with pytest.raises(IntegrityError), transaction.atomic():
        Journey.objects.filter(pk=first.pk).update(deleted_at=None)


def test_a_journey_that_is_on_goes_on_with_what_was_not_looked_for_before(program: Any) -> None:
    journey = make_journey(program, on_since=MONDAY.date())
    make_letter(journey, subject={"en": "Old"}, body={"en": "Hello {{vorname}}, [x](//evil.test)"})
    make_letter(journey, subject={"en": "Unfinished"}, body={"en": "[[to write: something]]"}, days=1)
    somebody(program, "ann", MONDAY.date())
    assert sweep_at(MONDAY) == ["ann: Old"]
    assert sweep_at(MONDAY + timedelta(days=1)) == []
