"""The page of an event with 5,000 answers, as its host reads it, against a bare page: the same middleware, the same
markup with its values at hand, and 8 plain queries besides those that every page asks."""

import io
from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from bench.bare_page import beside_bare
from bench.freezing import IN_PASSING
from bench.harness import Report
from community.events import views  # noqa: F401  # what is caught
from community.events.models import Answer, Choice, Event, EventState
from core.people.models import User
from programs.consents.models import today_in
from programs.membership import access
from programs.membership.models import Membership, Program, Role
from programs.phases.models import Milestone

NAME = "event_answers"
ANSWERS = 5_000
QUERIES = 8


def run(report: Report) -> None:
    call_command("demo", stdout=io.StringIO())
    host = User.objects.get(email="manager@demo.example")
    program = next(iter(access.roles_by_program(host)))
    event = _fill(program)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(host)
    address = f"/p/{program.slug}/events/{event.pk}/"
    page, asked = beside_bare(
        report, f"an event with {ANSWERS:,} answers", client, address,
        drawn_by="community.events.views", queries=QUERIES + IN_PASSING,
    )  # fmt: skip
    assert page.content.count(b"Person 4") > ANSWERS // 10, "the names are not on it"
    report.line("its queries besides those of every page", [asked - IN_PASSING], "queries", [QUERIES], 1.0)


def _fill(program: Program) -> Event:
    """Half of them come, the others may, wait or do not."""
    people = User.objects.bulk_create(
        User(email=f"answer{number}@example.com", name=f"Person {number}", is_active=True) for number in range(ANSWERS)
    )
    Membership.objects.bulk_create(Membership(program=program, user=each, role=Role.INFLUENCER) for each in people)
    on, title = today_in(program) + timedelta(days=7), {"en": "All hands", "de": "Alle zusammen"}
    date = Milestone.objects.create(program=program, kind=Milestone.Kind.EVENT, title=title, on=on)
    event = Event.objects.create(milestone=date, state=EventState.ANNOUNCED)
    choices = (Choice.YES, Choice.YES, Choice.YES, Choice.MAYBE, Choice.NO, Choice.WAITING)
    Answer.objects.bulk_create(
        Answer(event=event, person=person, choice=choices[number % 6], since=timezone.now())
        for number, person in enumerate(people)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return event
