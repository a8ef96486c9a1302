"""What this room contributes to a newsletter."""

from datetime import date

from django.utils import translation
from django.utils.timezone import localdate

from programs.membership.models import Program
from programs.membership.queries import contacts_of


def contacts(program: Program, language: str, on: date) -> list[tuple[str, str]]:
    """Who is there for questions on a day: name and what for, as the program names them."""
    with translation.override(language):
        return [(str(each.user), each.contact_for) for each in contacts_of(program) if localdate(each.since) <= on]
