"""The calendar of a person with 500 events, as calendar programs read it, against the promise of 100 ms."""

from datetime import time, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from bench.harness import REPEATS, seconds
from core.kit import calendars
from core.people.models import User
from influencer.calendar import services
from programs.membership.models import Membership, Program, Role
from tests.factories.events import make_answer, make_event

NAME = "feed"
EVENTS = 500
MILLISECONDS = 100


def run(report: Any) -> None:
    address = _furnish()
    client = Client(headers={"host": "localhost"})

    def read() -> None:
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.content.count(b"BEGIN:VEVENT") == EVENTS

    read()
    reads = [seconds(read) * 1000 for _ in range(REPEATS)]
    report.line(f"calendar with {EVENTS} events", reads, "ms", [MILLISECONDS] * REPEATS, target=1.0)
    firsts = []
    for _ in range(REPEATS):
        calendars._lines.cache_clear()
        firsts.append(seconds(read) * 1000)
    report.line("the same, by a process that wrote none of them before", firsts, "ms")


def _furnish() -> str:
    """The secret address of somebody who said yes to 500 events of their program."""
    today = timezone.localdate()
    program = Program.objects.create(slug="bench-feed", name="Bench", company_name="Bench AG", start_on=today)
    person = User.objects.create(email="reader@example.com", name="Reader", language="de")
    Membership.objects.create(program=program, user=person, role=Role.COACH)
    for number in range(EVENTS):
        made = make_event(
            program,
            on=today + timedelta(days=number - EVENTS // 2),
            until_at=time(10, 30),
            title_de=f"Sprechstunde mit Größe {number}",
            place="Raum 12",
            description={"de": "Bitte mitbringen: *ein Beispiel*, über das wir reden.", "en": "Bring an example."},
        )
        make_answer(made, person)
    return f"/calendar/{services.make_address(person)}.ics"
