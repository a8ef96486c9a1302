"""Texts that others read without the names of people in the program."""

import re

from django.utils.translation import gettext as _

from programs.membership.models import Membership, Program

SHORTEST_NAME = 3  # letters: shorter parts of names are words


def names_in(program: Program) -> set[str]:
    """First and last names of everybody who is or was in the program."""
    rows = Membership.objects.filter(program=program).values_list("user__name", flat=True).distinct()
    return {part for name in rows for part in re.findall(r"\w+", name) if len(part) >= SHORTEST_NAME}


def without_names(text: str, names: set[str], *, longest: int | None = None) -> tuple[str, int]:
    """The text with "somebody" for each name, or a short sign where that would be too long, and how many that were.
    First and last name are one."""
    if not names:
        return text, 0
    one = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    named = re.compile(rf"\b(?:{one})(?:s\b|\b)(?:[ -](?:{one})(?:s\b|\b))*")
    said, count = named.subn(_("somebody"), text)
    return (said, count) if longest is None or len(said) <= longest else named.subn("…", text)
