"""The plan of a program with 7 phases of 40 items and 40 generations: its home, its timeline, its board, one phase and
one item against a bare page each, and with 12 such programs beside it the page that shows them side by side."""

import io
from datetime import timedelta

from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.bare_page import beside_bare
from bench.harness import Report
from core.people.models import User
from programs.checklists.models import Item
from programs.generations.models import Generation
from programs.membership import access
from programs.membership.models import Membership, Program, Role
from programs.phases.models import Phase

NAME = "program"
PHASES, ITEMS, GENERATIONS, PROGRAMS = 7, 40, 40, 12
QUERIES = 8  # of home and timeline; the others stand beside as many plain ones as they ask
EACH = 2  # requests per sample


def run(report: Report) -> None:
    call_command("demo", stdout=io.StringIO())
    manager = User.objects.get(email="manager@demo.example")
    program = next(iter(access.roles_by_program(manager)))
    item = _fill(program)
    for number in range(PROGRAMS):
        other = Program.objects.create(
            slug=f"p{number}", name=f"Program {number}", company_name="AG", start_on=program.start_on, country="DE"
        )
        Membership.objects.create(user=manager, program=other, role=Role.MANAGER)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(manager)
    for name, address, drawn_by, queries in (
        ("home of the program", reverse("home:program", args=[program.slug]), "influencer.home.views", QUERIES),
        ("timeline", reverse("programs:timeline", args=[program.slug]), "programs.checklists.views", QUERIES),
        ("board", reverse("programs:checklist_board", args=[program.slug]), "programs.checklists.views", 7),
        (
            "phase",
            reverse("programs:phase_detail", args=[program.slug, item.phase_id]),
            "programs.checklists.views",
            12,
        ),
        (
            "item",
            reverse("programs:item_detail", args=[program.slug, item.pk]),
            "programs.checklists.item_views",
            11,
        ),
        (f"{PROGRAMS + 1} programs side by side", reverse("analytics:portfolio"), "analytics.portfolio.views", 13),
    ):
        _page, asked = beside_bare(report, name, client, address, drawn_by=drawn_by, queries=queries, each=EACH)
        report.line(f"{name}: queries", [asked], "queries")


def _fill(program: Program) -> Item:
    """What is not there yet; one of the items."""
    phases = list(program.phases.all())
    assert len(phases) == PHASES
    for phase in phases:
        missing = ITEMS - Item.objects.present().filter(phase=phase).count()
        Item.objects.bulk_create(_item(phase, number) for number in range(missing))
    first = timezone.localdate() - timedelta(days=30 * GENERATIONS)
    Generation.objects.bulk_create(
        Generation(
            program=program, number=number, name=f"Generation {number}", start_on=first + timedelta(days=30 * number)
        )
        for number in range(program.generations.count() + 1, GENERATIONS + 1)
    )
    return Item.objects.present().filter(program=program).latest("pk")


def _item(phase: Phase, number: int) -> Item:
    return Item(
        program_id=phase.program_id,
        phase=phase,
        position=1_000 + number,
        title={"de": f"Punkt {number}", "en": f"Item {number}"},
        due_on=phase.start_on + timedelta(days=number),
    )
