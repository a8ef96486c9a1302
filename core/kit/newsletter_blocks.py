"""What rooms put into newsletters."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.kit.rooms import Label


@dataclass(frozen=True)
class NewsletterBlock:
    """What a line `[[name]]` of a newsletter becomes. `fill(program, language, on)` gives sentences, or rows of
    (label, text), or of (label, text, path of the page where the reader goes on). It reaches everybody who subscribed,
    so nothing is in it that only some may see."""

    name: str
    label: Label  # in the writer's menu
    text: Label  # what it shows
    fill: Callable[[Any, str, date], Iterable[Any]]
