"""The last seat of an event and the last appointment of an office hour, a hundred at once, fifty times each: nothing is
oversold, nobody is doubled, nobody waits in a circle. The negative control looks first and writes afterwards."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

from django.db import OperationalError, connection
from django.utils import timezone

from bench.harness import Report
from community.events import answering
from community.events.models import Answer, Choice, Event
from community.office_hours import services as hours_services
from community.office_hours.models import Booking, TakenSlot
from core.people.models import User
from programs.membership.models import Membership, Program, Role
from tests.factories.events import make_event
from tests.factories.office_hours import free, make_hours

NAME = "races"
PEOPLE, ROUNDS, CONTROLS = 100, 50, 5
PATIENCE = 60  # seconds to wait for a connection, of which there are a few
Press = Callable[[User], bool]


class Crowd:
    """A hundred threads that press at the same moment; what none of them expected is counted."""

    def __init__(self, people: Sequence[User]) -> None:
        self.people, self.failures = people, Counter[str]()
        self.pool, self.gate = ThreadPoolExecutor(len(people)), Barrier(len(people), timeout=PATIENCE)
        connection.pool.timeout = PATIENCE  # type: ignore[attr-defined]  # of Django's PostgreSQL

    def press(self, work: Press) -> int:
        """How many were told that they have it."""

        def one(person: User) -> bool:
            self.gate.wait()
            try:
                return work(person)
            except OperationalError as error:  # a deadlock is one
                self.failures[type(error.__cause__).__name__] += 1
                return False
            finally:
                connection.close()

        return sum(self.pool.map(one, self.people))


def run(report: Report) -> None:
    program = Program.objects.create(slug="bench-races", name="Bench", company_name="Bench AG", start_on="2026-01-01")
    people = [User(email=f"person{number}@example.com", name=f"Person {number}") for number in range(PEOPLE)]
    User.objects.bulk_create(people)
    Membership.objects.bulk_create(Membership(program=program, user=each, role=Role.INFLUENCER) for each in people)
    crowd = Crowd(people)
    _seats(report, program, crowd)
    _slots(report, program, crowd)
    report.none("races: deadlocks and other failures", list(crowd.failures.elements()))
    crowd.pool.shutdown()


def _seats(report: Report, program: Program, crowd: Crowd) -> None:
    oversold, doubled, lost, times = [], [], [], []
    for number in range(ROUNDS):
        event = make_event(program, capacity=1, title_en=f"Round {number}")

        def press(person: User, event: Event = event) -> bool:
            _before, said = answering.answer(event, choice=Choice.YES, person=person)
            return said is not None and said.choice == Choice.YES

        began = time.perf_counter()
        told = crowd.press(press)
        times.append((time.perf_counter() - began) * 1000)
        rows = list(Answer.objects.filter(event=event).values_list("person", "choice"))
        having = [person for person, choice in rows if choice == Choice.YES]
        oversold += [number] * (len(having) > 1 or told > 1 or Event.objects.get(pk=event.pk).taken != len(having))
        doubled += [number] * (len({person for person, _choice in rows}) != len(rows))
        lost += [number] * (len(having) < 1 or len(rows) != PEOPLE)
    report.line(f"last seat: {PEOPLE} at once, {ROUNDS} rounds", times, "ms a round")
    report.none("last seat: rounds oversold", oversold)
    report.none("last seat: rounds with somebody in it twice", doubled)
    report.none("last seat: rounds in which it stayed empty, or somebody was not put on the waiting list", lost)
    _control(report, "last seat", crowd, [_careless_answer(make_event(program)) for _ in range(CONTROLS)])


def _slots(report: Report, program: Program, crowd: Crowd) -> None:
    host = User.objects.create(email="coach@example.com", name="Coach")
    Membership.objects.create(program=program, user=host, role=Role.COACH)
    hours = make_hours(program, host, weeks=12)
    starts = [slot.start for slot in free(hours)[10:]][:ROUNDS]
    assert len(starts) == ROUNDS, len(starts)
    oversold, doubled, lost, times = [], [], [], []
    for number, start in enumerate(starts):

        def press(person: User, start: Any = start) -> bool:
            try:
                hours_services.book(hours, start=start, by=person)
            except hours_services.SlotGone:
                return False
            return True

        began = time.perf_counter()
        told = crowd.press(press)
        times.append((time.perf_counter() - began) * 1000)
        rows = list(Booking.objects.filter(starts_at=start, state="booked").values_list("person", flat=True))
        taken = TakenSlot.objects.get(host=hours, starts_at=start).taken
        oversold += [number] * (len(rows) > 1 or told > 1 or taken != len(rows))
        doubled += [number] * (len(set(rows)) != len(rows))
        lost += [number] * (len(rows) < 1)
    report.line(f"last slot: {PEOPLE} at once, {ROUNDS} rounds", times, "ms a round")
    report.none("last slot: rounds oversold", oversold)
    report.none("last slot: rounds with somebody in it twice", doubled)
    report.none("last slot: rounds in which nobody got it", lost)
    later = [timezone.now() + timedelta(days=500 + number) for number in range(CONTROLS)]
    slots = [TakenSlot(host=hours, starts_at=each, ends_at=each + timedelta(minutes=20)) for each in later]
    _control(report, "last slot", crowd, [_careless_booking(each) for each in TakenSlot.objects.bulk_create(slots)])


def _control(report: Report, what: str, crowd: Crowd, careless: Sequence[Press]) -> None:
    """The same crowd without the lock and the count must oversell at least once, or the bench would see nothing."""
    most = max(crowd.press(each) for each in careless)
    report.line(f"{what}: how many got one place without the guard", [most], "people", [1], 2, "higher")


def _careless_answer(event: Event) -> Press:
    def press(person: User) -> bool:
        if Answer.objects.filter(event=event, choice=Choice.YES).exists():
            return False
        Answer.objects.create(event=event, person=person, choice=Choice.YES, since=timezone.now())
        return True

    return press


def _careless_booking(slot: TakenSlot) -> Press:
    def press(_person: User) -> bool:
        if TakenSlot.objects.get(pk=slot.pk).taken >= slot.places:
            return False
        TakenSlot.objects.filter(pk=slot.pk).update(taken=1)
        return True

    return press
