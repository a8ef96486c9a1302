"""Pages of a program with 5,000 people, 5,000 items and as many lines of the ledger and the log, against a bare page:
the same middleware, the same markup with its values at hand, and 8 plain queries."""

import io
from collections.abc import Iterator
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

from bench.freezing import counted, frozen
from bench.harness import Report, side_by_side
from core.journal.models import Entry
from core.people.models import User
from programs.checklists.models import Item
from programs.checklists.verbs import ChecklistsVerb
from programs.consents.models import Action, ConsentEvent, Purpose
from programs.generations.models import Participant, Span
from programs.membership import access
from programs.membership.models import Membership, Program, Role

NAME = "lists"
ROWS = 5_000
QUERIES = 8
TARGET = 1.5
EACH = 2  # requests per sample
#: What is looked at: a name, who looks, the page below the program, and the module whose `render` draws it.
PAGES = (
    ("generations", "manager", "people/", "programs.generations.views"),
    ("people of a generation", "manager", "people/{generation}/", "core.lists.views"),
    ("log", "council", "council/log/", "core.lists.views"),
    ("timeline", "manager", "timeline/", "programs.checklists.views"),
    ("checklists", "manager", "checklists/", "core.lists.views"),
    ("home of the council", "council", "", "influencer.home.views"),
    ("what is stored about me", "influencer", "privacy/", "influencer.privacy.views"),
)
_shown: dict[str, tuple[str, dict[str, Any]]] = {}


def bare(request: HttpRequest, number: int) -> HttpResponse:
    template, context = _shown[PAGES[number][0]]
    str(request.user)
    for each in range(QUERIES - 1):  # the person was the first one
        Program.objects.filter(pk=each).first()
    return render(request, template, context)


urlpatterns = [path("bare/<int:number>/", bare), path("", include("influencer.urls"))]


def run(report: Report) -> None:
    call_command("demo", stdout=io.StringIO())
    settings.ROOT_URLCONF = "bench.lists"
    program = next(iter(access.roles_by_program(User.objects.get(email="manager@demo.example"))))
    generation = program.generations.order_by("-number").first()
    _fill(program, generation)
    for number, (name, role, below, module) in enumerate(PAGES):
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(User.objects.get(email=f"{role}@demo.example"))
        address = f"/p/{program.slug}/{below.format(generation=generation.pk)}"
        client.get(address)  # a look that is noted is noted now
        _shown[name] = frozen(module, client, address)
        ours, asked = counted(client, address)
        theirs = client.get(f"/bare/{number}/")
        assert ours.status_code == theirs.status_code == 200, (name, ours.status_code, theirs.status_code)
        difference = abs(len(ours.content) - len(theirs.content)) / len(ours.content)
        assert difference < 0.02, f"{name}: the bare page has other markup ({difference:.0%})"
        got, limit = side_by_side(
            lambda client=client, address=address: client.get(address),
            lambda client=client, number=number: client.get(f"/bare/{number}/"),
            each=EACH,
        )
        report.page(f"{name} at {ROWS:,} rows", got, limit, TARGET)
        report.line(f"{name}: queries", [asked], "queries", [QUERIES], 1.0)


def _fill(program: Program, generation: Any) -> None:
    """People with a role, a place and a consent; items of all phases; lines of the log."""
    users = User.objects.bulk_create(User(email=f"row{n}@example.com", name=f"Person {n}") for n in range(ROWS))
    Membership.objects.bulk_create(Membership(user=user, program=program, role=Role.INFLUENCER) for user in users)
    joined = timezone.localdate() - timedelta(days=60)
    people = Participant.objects.bulk_create(
        Participant(program=program, generation=generation, user=user, joined_on=joined) for user in users
    )
    Span.objects.bulk_create(Span(participant=each, start_on=joined) for each in people)
    ConsentEvent.objects.bulk_create(_consents(program, users))
    phases = list(program.phases.all())
    manager = User.objects.get(email="manager@demo.example")
    items = Item.objects.bulk_create(
        Item(
            program=program,
            phase=phases[n % len(phases)],
            position=1_000 + n,
            title={"de": f"Punkt {n}", "en": f"Item {n}"},
            due_on=joined + timedelta(days=n % 300),
        )
        for n in range(ROWS)
    )
    Entry.objects.bulk_create(
        Entry(program_id=program.pk, actor=manager, verb=ChecklistsVerb.ITEM_CHANGED, subject_type="item",
              subject_id=item.pk, data={"fields": ["due_on"]})
        for item in items
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _consents(program: Program, users: list[User]) -> Iterator[ConsentEvent]:
    for user in users:
        yield ConsentEvent(
            program=program,
            user=user,
            person_ref=f"row{user.pk}",
            purpose=Purpose.GROUP_FIGURES,
            action=Action.GRANTED,
            notice_version=1,
            text_sha256="0" * 64,
            language="de",
            channel="invitation",
        )
