"""A calendar month with 300 events, each answered by the person who looks, against a bare page: the same middleware,
the same markup with its values at hand, and 8 plain queries."""

import io
from datetime import time, timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import include, path
from django.utils import timezone

from bench.freezing import ask_plainly, counted, frozen
from bench.harness import Report, side_by_side
from community.events.models import Answer, Choice, Event, EventState
from core.people.models import User
from programs.consents.models import today_in
from programs.membership import access
from programs.membership.models import Program
from programs.phases.models import Milestone

NAME = "event_calendar"
EVENTS = 300
QUERIES = 8
TARGET = 1.5
EACH = 2  # requests per sample
_shown: list[tuple[str, dict[str, Any]]] = []


def bare(request: HttpRequest) -> HttpResponse:
    template, context = _shown[0]
    ask_plainly(request, QUERIES)
    return render(request, template, context)


urlpatterns = [path("bare/", bare), path("", include("influencer.urls"))]


def run(report: Report) -> None:
    call_command("demo", stdout=io.StringIO())
    settings.ROOT_URLCONF = "bench.event_calendar"
    person = User.objects.get(email="influencer@demo.example")
    program = next(iter(access.roles_by_program(person)))
    _fill(program, person)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person)
    address = f"/p/{program.slug}/events/month/?month={today_in(program):%Y-%m}"
    client.get(address)
    _shown.append(frozen("community.events.views_calendar", client, address))
    ours, asked = counted(client, address)
    theirs, plain = counted(client, "/bare/")
    assert plain == QUERIES, f"the bare page asks {plain} times"
    assert ours.status_code == theirs.status_code == 200, (ours.status_code, theirs.status_code)
    difference = abs(len(ours.content) - len(theirs.content)) / len(ours.content)
    assert difference < 0.02, f"the bare page has other markup ({difference:.0%})"
    got, limit = side_by_side(lambda: client.get(address), lambda: client.get("/bare/"), each=EACH)
    report.page(f"a month with {EVENTS} events", got, limit, TARGET)
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
