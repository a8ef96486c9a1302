"""What happens next, in every form of a report and on the start page of the management; bookmarks of its PDF."""

import io
from datetime import timedelta
from typing import Any

from django.utils import timezone
from pypdf import PdfReader

from analytics.kpis.weeks import next_month
from analytics.reports import pdf
from analytics.reports.layouts import STANDARD, Block
from programs.phases.models import Milestone
from tests.analytics.reports.test_plans import forms_of, frozen, plain
from tests.factories.phases import make_milestone
from tests.factories.reports import MONTHS

AFTER = next_month(MONTHS[-1])


def planned(world: Any, *titles: str) -> None:
    """The day before the next month begins, its first day, and days after it."""
    Milestone.objects.filter(program=world.program).delete()
    for place, title in enumerate(titles):
        make_milestone(world.program, title_en=title, title_de=title, on=AFTER + timedelta(days=place - 1))


def test_what_happens_next_stands_in_every_form(world: Any) -> None:
    planned(world, "Is over", "Kick-off in Kiel", "Review of the board", "Third", "Fourth", "Too far")
    report = frozen(world, [Block.NEXT])
    planned(world, "Another plan", "Of later")
    for form, text in forms_of(report, world).items():
        if form == "csv":
            continue  # holds figures, no dates
        words = plain(text)
        assert "What happens next" in words, form
        assert "Kick-off in Kiel" in words, form
        assert "1 November 2026" in words or "1 Nov" in words, form
        assert words.index("Kick-off in Kiel") < words.index("Review of the board") < words.index("Fourth"), form
        for other in ("Is over", "Too far", "Another plan", "Of later"):
            assert other not in words, (form, other)


def test_without_dates_a_report_says_that_none_are_planned(world: Any) -> None:
    planned(world, "Is over")
    forms = forms_of(frozen(world, [Block.NEXT]), world)
    for form in ("page", "mail", "slides"):
        assert "No dates are planned yet." in plain(forms[form]) or "What happens next" not in plain(forms[form]), form
    assert "No dates are planned yet." in forms["page"]


def test_the_start_page_of_the_management_says_what_is_next(world: Any, sign_in: Any) -> None:
    """As of today, not as of the day on which the report was frozen."""
    Milestone.objects.filter(program=world.program).delete()
    today = timezone.localdate()
    frozen(world, list(STANDARD))
    for title, days in (("Yesterday's review", -1), ("Tomorrow's review", 1), ("Next week's talk", 7)):
        make_milestone(world.program, title_en=title, title_de=title, on=today + timedelta(days=days))
    page = sign_in(world.executive).get("/").content.decode()
    if "Upcoming dates" not in page:
        page = sign_in(world.executive).get("/", follow=True).content.decode()
    shown = plain(page.split('id="h-next"')[1].split("</section>")[0])
    assert "Tomorrow&#x27;s review" in shown
    assert shown.index("Tomorrow&#x27;s review") < shown.index("Next week&#x27;s talk")
    assert "Yesterday" not in shown


def test_the_pdf_has_a_bookmark_for_each_part(world: Any) -> None:
    planned(world, "Is over", "Kick-off in Kiel")
    report = frozen(world, [Block.DUEL, Block.REACH, Block.NOTES, Block.NEXT, Block.DECISION])
    report.notes, report.decision = {"en": "Noted."}, {"en": "Go on?"}
    reader = PdfReader(io.BytesIO(pdf.make(report)))
    titles = [str(each["/Title"]) for each in _flat(reader.outline)]
    for said in ("Notes", "What happens next", "Your decision", "People get more response"):
        assert any(said in title for title in titles), (said, titles)
    assert titles.index("Notes") < titles.index("What happens next")
    pages = [reader.get_destination_page_number(each) for each in _flat(reader.outline)]
    assert pages == sorted(pages)
    assert pages[-1] == len(reader.pages) - 1, "how it was made is the last page"


def _flat(outline: list[Any]) -> list[Any]:
    found = []
    for each in outline:
        found += _flat(each) if isinstance(each, list) else [each]
    return found
