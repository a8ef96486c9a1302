"""What this room gives to newsletters: words of people, each of which can be taken back."""

from datetime import date, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from community.recognition import queries
from core.kit.newsletter_blocks import Voice
from programs.membership.models import Program

MOST, LATELY = 5, timedelta(weeks=5)


def kudos(program: Program, language: str, on: date) -> list[Voice]:
    """Thanks of the last five weeks that who is thanked shows to everybody."""
    rows = queries.shown(program).filter(said_on__gt=on - LATELY, said_on__lte=on)[:MOST]
    with translation.override(language):
        return [
            Voice(row.key, row.text, _("%(by)s to %(to)s") % {"by": row.by.name, "to": row.to.name}) for row in rows
        ]


def portraits(program: Program) -> list[tuple[int, str]]:
    return [(row.pk, row.user.name) for row in queries.portraits(program)]


def portrait(program: Program, language: str, on: date, number: int) -> list[Voice]:
    """Nothing of one that was taken back."""
    rows = queries.portraits(program).filter(pk=number)
    with translation.override(language):
        return [Voice(row.key, str(row.text), row.user.name) for row in rows]


def no_portrait(program: Program, language: str, on: date) -> list[Voice]:
    """Which one has to be said."""
    return []
