"""Who gets what at every address: one module per room, each with `ROWS: dict[url name, Row]`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Row:
    """The expected status per cast member; whoever is not named gets `others` (404: may not know of it).

    A visitor is sent to the sign-in page (302) unless said otherwise.
    """

    args: Callable[[Any], dict[str, Any]] = lambda world: {}
    method: str = "get"
    data: Callable[[Any], dict[str, Any]] = lambda world: {}
    others: int = 404
    visitor: int = 302
    expect: dict[str, int] = field(default_factory=dict)

    def status(self, member: str) -> int:
        return self.expect.get(member, self.visitor if member == "visitor" else self.others)


def in_program(**more: Callable[[Any], Any]) -> Callable[[Any], dict[str, Any]]:
    """`args` of an address inside the program; further arguments are taken from the world."""
    return lambda world: {"slug": world.program.slug, **{key: value(world) for key, value in more.items()}}
