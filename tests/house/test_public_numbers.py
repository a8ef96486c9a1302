"""What a room says of its public numbers (`Room.numbers`) is what its code hands to the gate, neither more nor less.

Counts that do not pass the gate have their reasons in the register of `test_counts_of_people`.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from influencer.rooms import ROOMS
from tests.house.code import ROOT, files, place, tree
from tests.house.counting import DOORS

GATES = {door.removeprefix("gate.").removesuffix("(") for door in DOORS if door.startswith("gate.")}
MACHINERY = {("programs.membership", "standing._moved", "guarded")}  # what stands behind `steadily`, for every room


def handed_over(module: ast.Module, stem: str) -> Iterator[tuple[str, str]]:
    """Each function or class of a file that hands a count to the gate, and to which call of it."""
    for holder in module.body:
        where = f"{stem}.{getattr(holder, 'name', '')}"
        for node in ast.walk(holder):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="gate"), attr=gate)) if gate in GATES:
                    yield where, gate
                case ast.Call(func=ast.Name(id="steadily") | ast.Attribute(attr="steadily")):
                    yield where, "steadily"
                case ast.ImportFrom(module="core.disclosure.gate", names=names):
                    assert not GATES & {each.name for each in names}, f"{stem}: say gate.people, so that it is seen"


def of_the_code() -> set[tuple[str, str, str]]:
    found = set()
    for room in ROOMS:
        folder = ROOT / room.name.replace(".", "/")
        for path in (each for each in files(".py") if each.is_relative_to(folder)):
            inside = Path(place(path)).relative_to(room.name.replace(".", "/"))
            if "from core.disclosure import gate" in path.read_text() or "steadily" in path.read_text():
                stem = ".".join(inside.with_suffix("").parts)
                found |= {(room.name, *each) for each in handed_over(tree(path), stem)}
    return found - MACHINERY


def told() -> set[tuple[str, str, str]]:
    return {(room.name, each.made_in, each.gate) for room in ROOMS for each in room.numbers}


def test_the_rooms_tell_of_every_number_the_gate_lets_out() -> None:
    code = of_the_code()
    assert sorted(code - told()) == [], "a number made from people that its room.py does not tell of"
    assert sorted(told() - code) == [], "told in room.py, and made nowhere"
    assert len(code) > 25


@pytest.mark.parametrize(
    ("code", "gate"),
    [
        ("def page(program):\n    return {'n': gate.people(len(rows), k=program.group_minimum)}", "people"),
        ("def page(program):\n    def inner():\n        return gate.named(3)\n    return inner()", "named"),
        ("def page(program):\n    return standing.steadily(program, 'x', monday, make)", "steadily"),
    ],
)
def test_a_new_number_is_seen(code: str, gate: str) -> None:
    assert list(handed_over(ast.parse(code), "pages")) == [("pages.page", gate)]


def test_a_limit_is_no_number() -> None:
    assert list(handed_over(ast.parse("def least(k):\n    return gate.enough(k)"), "polls")) == []
