"""What the newsletter may show of the phases: the next dates of the program."""

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from core.kit import cldr
from programs.membership.models import Program
from programs.phases import queries

LIMIT = 5


def dates(program: Program, language: str, on: date) -> list[tuple[str, str]]:
    """Date and title of what comes next, as plain text in the issue's language."""
    rows = []
    with translation.override(language):
        for milestone in queries.next_dates(program, on, LIMIT):
            day = cldr.written(milestone.on, "day")
            if milestone.at:
                day = _("%(day)s, %(time)s") % {"day": day, "time": cldr.clock(milestone.at)}
            title = milestone.title if not milestone.place else f"{milestone.title}, {milestone.place}"
            rows.append((day, title))
    return rows
