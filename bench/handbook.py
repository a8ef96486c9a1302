"""A handbook of 5,000 pages: a search under 20 ms and flat in the size of the book, for as many pages found; a page
against a bare one with the same markup, its values already at hand."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import include, path, reverse
from django.utils import timezone

from bench.freezing import ask_plainly, counted, frozen
from bench.harness import Report, side_by_side
from bench.two_sizes import in_both, keep_few
from core.people.models import User
from programs.handbook import queries
from programs.handbook.models import HandbookPage, HandbookVersion
from programs.membership.models import Membership, Program, Role

NAME = "handbook"
PAGES, CHAPTERS = 5_000, 50
MILLISECONDS = 20.0
QUERIES = 6
MOST_QUERIES = 8  # of a list, however long
EACH = 3  # requests per sample
WORDS = ("Sprechstunden", "Freigabe", "Regel Freigabe")
SENTENCE = "Regel {0}: Die Freigabe liegt bei der Programmleitung, und wer unsicher ist, fragt. "
INDEXED = """UPDATE programs_handbookpage SET search =
  to_tsvector('german', (title->>'de') || ' ' || (text->>'de')) || to_tsvector('simple', lower(text->>'de'))"""
RARE = range(0, PAGES // 10, PAGES // 100)  # ten pages say it, in the small book as in the whole one
_shown: dict[str, tuple[str, dict[str, Any]]] = {}


def bare(request: HttpRequest) -> HttpResponse:
    template, context = _shown["page"]
    ask_plainly(request, QUERIES)
    return render(request, template, context)


urlpatterns = [path("bare/", bare), path("", include("influencer.urls"))]


def run(report: Report) -> None:
    settings.ROOT_URLCONF = "bench.handbook"
    program = Program.objects.create(
        slug="book", name="Book", company_name="Book AG", start_on=timezone.localdate(), country="DE"
    )
    reader = User.objects.create(email="reader@example.com", name="Reader", language="de")
    Membership.objects.create(user=reader, program=program, role=Role.EXECUTIVE)
    _write(program, 0, PAGES // 10)
    keep_few()
    _write(program, PAGES // 10, PAGES)
    _search(report, reader, program)
    middle = HandbookPage.objects.filter(program=program).exclude(parent=None)[PAGES // 2]
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(reader)
    address = reverse("programs:handbook_page", args=[program.slug, middle.pk])
    _shown["page"] = frozen("programs.handbook.views", client, address)
    ours, asked = counted(client, address)
    assert ours.status_code == client.get("/bare/").status_code == 200
    got, limit = side_by_side(lambda: client.get(address), lambda: client.get("/bare/"), each=EACH)
    report.page(f"page of the handbook ({asked} queries)", got, limit, 1.5)
    book = reverse("programs:handbook", args=[program.slug])
    for name, at in (("contents", book), ("what is found", f"{book}?q={WORDS[0]}")):
        client.get(at)
        answer, asked = counted(client, at)
        assert answer.status_code == 200, (at, answer.status_code)
        report.line(f"{name} of {PAGES:,} pages: queries", [asked], "queries", [MOST_QUERIES], 1.0)


def _write(program: Program, start: int, end: int) -> None:
    chapters = list(HandbookPage.objects.filter(program=program, parent=None))
    if not chapters:
        chapters = HandbookPage.objects.bulk_create(
            HandbookPage(program=program, place=number, title={"de": f"Kapitel {number}"}, is_published=True)
            for number in range(CHAPTERS)
        )
    pages = HandbookPage.objects.bulk_create(
        HandbookPage(
            program=program,
            parent=chapters[number % CHAPTERS],
            place=number,
            title={"de": f"Seite {number}"},
            text={"de": SENTENCE.format(number) * 12 + ("Sprechstunde am Dienstag." if number in RARE else "")},
            is_published=True,
        )
        for number in range(start, end)
    )
    HandbookVersion.objects.bulk_create(HandbookVersion(page=page, number=1, title=page.title) for page in pages)
    with connection.cursor() as cursor:
        cursor.execute(INDEXED)
        cursor.execute("ANALYZE programs_handbookpage")


def _search(report: Report, reader: User, program: Program) -> None:
    tenth, whole = in_both({words: partial(queries.found, reader, program, words) for words in WORDS})
    for words, got in whole.items():
        assert queries.found(reader, program, words)
        report.line(f"search for “{words}” in {PAGES:,} pages", got, "ms", [MILLISECONDS], 1.0)
        report.line(f"search for “{words}”: against a tenth of the pages", got, "ms", tenth[words], 1.5, in_turns=True)
