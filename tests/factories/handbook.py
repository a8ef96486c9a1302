"""The handbook: in the world a published page with a decision, and a draft below it."""

from datetime import date
from typing import Any

from core.kit import search_words
from programs.handbook.models import Decision, HandbookPage, HandbookVersion

ORDER = 45


def make_page(program: Any, **fields: Any) -> HandbookPage:
    """A published page in its first version."""
    words = {"title": {"en": "Time", "de": "Zeit"}, "text": {"en": "One hour a week.", "de": "Eine Stunde pro Woche."}}
    page = HandbookPage(program=program, **({"is_published": True} | words | fields))
    page.search = search_words.vector(" ".join(page.title.texts.values()), " ".join(page.text.texts.values()))
    page.save()
    HandbookVersion.objects.create(page=page, number=page.version, title=page.title, text=page.text)
    return page


def make_decision(program: Any, number: int = 1, **fields: Any) -> Decision:
    words = {"text": {"en": "The hour stands in the shift plan.", "de": "Die Stunde steht im Schichtplan."}}
    return Decision.objects.create(
        program=program, number=number, **({"decided_on": date(2026, 11, 2)} | words | fields)
    )


def furnish(world: Any) -> None:
    world.handbook_page = make_page(world.program, owner=world.coach_membership)
    world.handbook_draft = make_page(
        world.program, parent=world.handbook_page, is_published=False, title={"en": "Budget"}, text={}
    )
    world.decision = make_decision(world.program, page=world.handbook_page)
