"""Signs of the group: how many people did something in a while, as the gate for numbers of people lets it out.

A room counts what happens in it (`Room.signs`); who asks keeps the answer for good (`programs.membership.standing`), so
that nobody can watch it move. A sign never names anybody and is never made for fewer people than the gate allows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from core.disclosure.gate import People

if TYPE_CHECKING:
    from programs.membership.models import Program


@dataclass(frozen=True)
class Sign:
    key: str  # its own among all rooms, e.g. "forum.wrote"
    label: str | Promise  # e.g. "wrote in the forum", after "5 to 9 people"
    count: Callable[[Program, date, date], People]  # the first day and the day after the last one
    order: int = 50
