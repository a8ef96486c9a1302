"""What rooms put into newsletters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from core.kit.room_parts import Label

if TYPE_CHECKING:
    from programs.membership.models import Program


@dataclass(frozen=True)
class NewsletterBlock:
    """What a line `[[name]]` of a newsletter becomes. `fill(program, language, on)` gives sentences, or rows of
    (label, text), or of (label, text, path of the page where the reader goes on). It reaches everybody who subscribed,
    so nothing is in it that only some may see."""

    name: str
    label: Label  # in the writer's menu
    text: Label  # what it shows
    fill: Callable[[Program, str, date], Iterable[Any]]
