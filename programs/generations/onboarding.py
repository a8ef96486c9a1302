"""The onboarding path that a new generation starts with, and the invitation's words: data files of the product."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from core.kit.languages import localised
from programs.generations.models import Generation, Step

DATA = Path(__file__).with_name("data")


@cache
def _file(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DATA / name).read_text())
    return found


COPIED = ("position", "key", "title", "text", "kind", "minutes", "due_days", "link", "deed", "address", "is_left_out")


def steps_as(earlier: Generation, generation: Generation) -> list[Step]:
    """Copies of another generation's steps, not stored yet: with all that was changed there, but for its dates."""
    rows = Step.objects.present().filter(generation=earlier)
    return [Step(generation=generation, **{name: getattr(row, name) for name in COPIED}) for row in rows]


def steps_for(generation: Generation) -> list[Step]:
    """Copies of the shipped steps, not stored yet. Later changes to the product's file leave them as they are."""
    return [
        Step(
            generation=generation,
            position=position,
            key=step["key"],
            title=step["title"],
            text=step["text"],
            kind=step["kind"],
            minutes=step["minutes"],
            due_days=step["due_days"],
            link=step["link"],
            deed=step["deed"],
        )
        for position, step in enumerate(_file("onboarding.yaml")["steps"], start=1)
    ]


def invitation_words() -> tuple[str, str]:
    """Subject and body of the invitation in the language that is active."""
    words = _file("invitation.yaml")
    return localised(words["subject"]), localised(words["body"])
