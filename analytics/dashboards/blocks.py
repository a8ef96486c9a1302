"""The newsletter's block of successes. Settings name it, so that the newsletter need not know this room."""

from datetime import date

from django.utils import translation
from django.utils.html import strip_tags

from analytics.dashboards.home import successes_of
from programs.membership.models import Program


def successes(program: Program, language: str, on: date) -> list[str]:
    """Plain sentences from published cells only; an empty list while there is nothing to say."""
    with translation.override(language):
        return [strip_tags(sentence) for sentence in successes_of(program, on)]
