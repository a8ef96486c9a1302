"""Who gets what at every address: one module per room, each with `ROWS: dict[url name, Row]`.

A room with forms that make something says here too how each is filled in (`ONCE: dict[url name, Form]`), and which
addresses may be sent twice as they are (`SAFE_TWICE: dict[url name, reason]`). Where it edits what stands or ends
something: `EDITING` and `NOBODY_ELSE_EDITS` (tests/house/test_editing_together.py), `TAKEN_BACK_BY` and
`NEEDS_NO_UNDO` (tests/house/test_undo.py).
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

# Who is in a closed generation goes on as anybody else who takes part, in another generation than the world's first:
# where a page is not the same for the two, the row names both.
AS = {"pioneer": "influencer2"}


@dataclass
class Row:
    """The expected status per cast member; whoever is not named gets `others` (404: may not know of it).

    A visitor is sent to the sign-in page (302) unless said otherwise; `AS` says who stands for whom.
    """

    args: Callable[[Any], dict[str, Any]] = lambda world: {}
    method: str = "get"
    data: Callable[[Any], dict[str, Any]] = lambda world: {}
    others: int = 404
    visitor: int = 302
    expect: dict[str, int] = field(default_factory=dict)

    def status(self, member: str) -> int:
        named = member if member in self.expect else AS.get(member, member)
        return self.expect.get(named, self.visitor if member == "visitor" else self.others)


@dataclass(frozen=True)
class Form:
    """What a form makes, and what is written into it: sent fifty times, one row of `model` is there more."""

    model: type[Model]
    values: Callable[[Any], dict[str, Any]]
    page: str = ""  # where the form stands, when it is not the address it is sent to
    query: str = ""  # what stands behind the address, from the question mark on
    by: str = "manager"
    files: dict[str, bytes] = field(default_factory=dict)


TITLE = {"title_en": "Once is enough", "title_de": "Einmal genügt"}


def in_program(**more: Callable[[Any], Any]) -> Callable[[Any], dict[str, Any]]:
    """`args` of an address inside the program; further arguments are taken from the world."""
    return lambda world: {"slug": world.program.slug, **{key: value(world) for key, value in more.items()}}


def told(what: str) -> dict[str, Any]:
    """What all rooms say under this name, in one."""
    modules = [importlib.import_module(f"{__name__}.{each.name}") for each in pkgutil.iter_modules(__path__)]
    return {name: row for module in modules for name, row in getattr(module, what, {}).items()}
