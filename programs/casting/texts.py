"""Texts of the product for calls: the starter, the self-check, the answers."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import override

from core.kit.languages import codes
from core.kit.templatetags.ui import day, minutes
from core.kit.words import Words
from programs.generations.models import Generation

DATA = Path(__file__).with_name("data")
PARTS = ("title", "why", "benefit", "privileges", "criteria", "voluntary", "choosing")
MAILS = ("waiting_text", "decline_text")


@cache
def file_of(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DATA / name).read_text())
    return found


def starter(generation: Generation) -> dict[str, dict[str, str]]:
    """What a new call says in every language of the file, filled in for its generation. Mails keep their placeholders,
    which are filled in for each person."""
    file = file_of("call.yaml")
    return {part: _filled(file[part], generation) for part in PARTS} | {part: file[part] for part in MAILS}


def _filled(texts: dict[str, str], generation: Generation) -> dict[str, str]:
    program = generation.program
    said = {}
    for code, text in texts.items():
        with override(code if code in codes() else None):
            said[code] = text.format(
                program=program.name,
                company=program.company_name,
                generation=generation.name,
                start=day(generation.start_on, "long"),
                weekly=minutes(program.weekly_minutes),
            )
    return said


def lines(text: Words | str) -> list[str]:
    """A list that was written with one thing on each line."""
    return [line.strip(" -*•\t") for line in str(text).splitlines() if line.strip(" -*•\t")]
