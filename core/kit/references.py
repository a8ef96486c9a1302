"""What others can point at: a room tells which of its things, and what each is called now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from core.people.models import User
    from programs.membership.models import Program


@dataclass(frozen=True)
class Reference:
    """Things of a room that others can point at, e.g. a page of the handbook as evidence. `look` is called with the
    reader, the program and keys, or nothing for all that can be chosen; it answers what each is called now and where
    it is. What it does not name is gone, or not for this reader: `there` says which of these keys are not gone."""

    kind: str
    label: str | Promise
    icon: str
    look: Callable[[User, Program, Set[int] | None], Mapping[int, tuple[str, str]]]
    there: Callable[[Program, Set[int]], Iterable[int]]
