"""A calendar month with 300 events, each answered by the person who looks, against a bare page: the same middleware,
the same markup with its values at hand, and 8 plain queries."""

import io
from datetime import time, timedelta

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from bench.bare_page import beside_bare
from bench.harness import Report
from community.events.models import Answer, Choice, Event, EventState
from core.people.models import User
from programs.consents.models import today_in
from programs.membership import access
from programs.membership.models import Program
from programs.phases.models import Milestone

NAME = "event_calendar"
EVENTS = 300
QUERIES = 8
EACH = 2  # requests per sample


def run(report: Report) -> None:
    call_command("demo", stdout=io.StringIO())
    person = User.objects.get(email="influencer@demo.example")
    program = next(iter(access.roles_by_program(person)))
    _fill(program, person)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person)
    address = f"/p/{program.slug}/events/month/?month={today_in(program):%Y-%m}"
    _page, asked = beside_bare(
        report, f"a month with {EVENTS} events", client, address,
        drawn_by="community.events.views_calendar", queries=QUERIES, each=EACH,
    )  # fmt: skip
    report.line("a month: queries", [asked], "queries", [QUERIES], 1.0)


def _fill(program: Program, person: User) -> None:
    """Ten on each day, one of them over three days."""
    first = today_in(program).replace(day=1)
    dates = Milestone.objects.bulk_create(
        Milestone(
            program=program,
            kind=Milestone.Kind.EVENT,
            title={"de": f"Werkstatt Nummer {number}", "en": f"Workshop number {number}"},
            on=first + timedelta(days=number % 28),
            until_on=first + timedelta(days=number % 28 + 2) if number < 28 else None,
            at=None if number < 28 else time(8 + number % 10),
            place="Bremen",
        )
        for number in range(EVENTS)
    )
    text = {"de": "Was wir uns vornehmen. " * 40, "en": "What we are going to do. " * 40}
    events = Event.objects.bulk_create(
        Event(milestone=each, state=EventState.ANNOUNCED, description=text, invitation=text, tasks=text)
        for each in dates
    )
    choices = (Choice.YES, Choice.MAYBE, Choice.NO, Choice.WAITING)
    Answer.objects.bulk_create(
        Answer(event=event, person=person, choice=choices[number % 4], since=timezone.now())
        for number, event in enumerate(events)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
