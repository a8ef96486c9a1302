"""The page of an event with 5,000 answers, as its host reads it, against a bare page: the same middleware, the same
markup with its values at hand, and 8 plain queries besides those that every page asks."""

import io
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import include, path
from django.utils import timezone

from bench.freezing import IN_PASSING, ask_plainly, counted, frozen
from bench.harness import Report, side_by_side
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
TARGET = 1.5
_shown: list[tuple[str, dict[str, Any]]] = []


def bare(request: HttpRequest) -> HttpResponse:
    template, context = _shown[0]
    ask_plainly(request, QUERIES + IN_PASSING)
    return render(request, template, context)


urlpatterns = [path("bare/", bare), path("", include("influencer.urls"))]


def run(report: Report) -> None:
    call_command("demo", stdout=io.StringIO())
    settings.ROOT_URLCONF = "bench.event_answers"
    host = User.objects.get(email="manager@demo.example")
    program = next(iter(access.roles_by_program(host)))
    event = _fill(program)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(host)
    address = f"/p/{program.slug}/events/{event.pk}/"
    client.get(address)
    _shown.append(frozen("community.events.views", client, address))
    ours, asked = counted(client, address)
    theirs, plain = counted(client, "/bare/")
    assert plain == QUERIES + IN_PASSING, f"the bare page asks {plain} times"
    assert ours.status_code == theirs.status_code == 200, (ours.status_code, theirs.status_code)
    assert ours.content.count(b"Person 4") > ANSWERS // 10, "the names are not on it"
    difference = abs(len(ours.content) - len(theirs.content)) / len(ours.content)
    assert difference < 0.02, f"the bare page has other markup ({difference:.0%})"
    got, limit = side_by_side(lambda: client.get(address), lambda: client.get("/bare/"))
    report.page(f"an event with {ANSWERS:,} answers", got, limit, TARGET)
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
