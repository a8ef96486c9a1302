"""What a room does when a generation becomes part of another one, and says of it on the page that asks first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.kit.room_parts import Label
    from programs.generations.models import Generation


@dataclass(frozen=True)
class Merger:
    """`says` is called with both generations before; `does` in the transaction in which the people are moved, before
    they are."""

    label: Label
    says: Callable[[Generation, Generation], Iterable[Label]]
    does: Callable[[Generation, Generation], object] | None = None
