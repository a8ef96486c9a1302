"""What this room gives to newsletters: a success in the own words of who told it, which can be taken back."""

from datetime import date

from django.utils import translation

from analytics.benefits import queries
from core.kit.newsletter_blocks import Voice
from programs.membership.models import Program

MOST, FIRST_WORDS = 30, 60


def told(program: Program) -> list[tuple[int, str]]:
    """Those that may stand in a newsletter, by how they begin, the newest first."""
    return [(row.pk, row.text[:FIRST_WORDS]) for row in queries.for_newsletters(program)[:MOST]]


def one(program: Program, language: str, on: date, number: int) -> list[Voice]:
    """Nothing of one that was withdrawn."""
    with translation.override(language):
        rows = queries.for_newsletters(program).filter(pk=number)
        return [Voice(row.key, row.text, queries.shown(row).who) for row in rows]


def none_chosen(program: Program, language: str, on: date) -> list[Voice]:
    """Which one has to be said."""
    return []
