"""Evidence that is something of another room: a page of the handbook, an event. What it is called now follows it."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from core.kit import rooms
from core.kit.references import Reference
from core.kit.rooms import Label
from core.kit.sent_numbers import whole
from programs.checklists.models import Evidence
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

FoundThings = dict[str, tuple[str, str, str]]  # by page:12: icon, words, address


def _kinds() -> Iterator[Reference]:
    return (reference for room in rooms.every() for reference in room.references)


def offered(user: "User", program: Program) -> list[tuple[Label, list[tuple[str, str]]]]:
    """What this person can point at, by kind."""
    found = []
    for kind in _kinds():
        rows = [(f"{kind.kind}:{pk}", words) for pk, (words, _url) in kind.look(user, program, None).items()]
        if rows:
            found.append((kind.label, rows))
    return found


def looked_up(user: "User", program: Program, evidence: Iterable[Evidence]) -> FoundThings:
    """One question for each kind that is there. What this person may not see has neither words nor address."""
    keys: dict[str, set[int]] = {}
    for each in evidence:
        kind, _colon, pk = each.thing.partition(":")
        if number := whole(pk):
            keys.setdefault(kind, set()).add(number)
    found: FoundThings = {}
    for row in _kinds():
        if asked := keys.get(row.kind):
            named = row.look(user, program, asked)
            hidden = row.there(program, asked - named.keys()) if asked - named.keys() else ()
            found |= {f"{row.kind}:{pk}": (row.icon, words, url) for pk, (words, url) in named.items()}
            found |= {f"{row.kind}:{pk}": (row.icon, str(row.label), "") for pk in hidden}
    return found
