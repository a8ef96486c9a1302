"""What the newsletter may show of the phases: the next dates of the program."""

from datetime import date

from babel.dates import format_date, format_time
from django.utils import translation
from django.utils.translation import gettext as _

from programs.membership.models import Program
from programs.phases import queries

LIMIT = 5


def dates(program: Program, language: str, on: date) -> list[tuple[str, str]]:
    """Date and title of what comes next, as plain text in the issue's language."""
    rows = []
    with translation.override(language):
        for milestone in queries.next_dates(program, on, LIMIT):
            day = format_date(milestone.on, "EEEE, d. MMMM" if language == "de" else "EEEE, d MMMM", locale=language)
            if milestone.at:
                clock = format_time(milestone.at, "H:mm", locale=language)
                day = _("%(day)s, %(time)s") % {"day": day, "time": clock + (" Uhr" if language == "de" else "")}
            title = milestone.title if not milestone.place else f"{milestone.title}, {milestone.place}"
            rows.append((day, title))
    return rows
