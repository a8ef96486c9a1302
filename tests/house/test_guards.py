"""`access.py` holds guards: each is asked for somebody. What is selected for anybody stands in `queries.py`.

One signature everywhere: `get_thing(user, slug or key, ...)` answers 404 or 403, `can_do(user, thing)` says yes or no.
"""

import ast
from pathlib import Path

import pytest

from tests.house.code import PACKAGES, files, place, tree

WHO = {"user", "person"}  # or a link that stands for somebody: the token itself is the permission
LINKS = {"token", "address", "email", "key"}
# Rooms in which guards are still asked with the program that another guard gave, or selections stand beside guards.
NOT_YET: set[str] = set()


def asked_of_nobody(code: ast.Module) -> list[str]:
    """Public functions of an `access.py` that do not begin with the one who asks."""
    functions = [node for node in code.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    return [each.name for each in functions if not {arg.arg for arg in each.args.args[:1]} & (WHO | LINKS)]


def guards() -> list[Path]:
    return [file for file in files(".py") if file.name == "access.py" and place(file).split("/")[0] in PACKAGES]


@pytest.mark.parametrize("path", guards(), ids=place)
def test_access_is_asked_for_somebody(path: Path) -> None:
    if place(path.parent) in NOT_YET:
        assert asked_of_nobody(tree(path)), f"{place(path.parent)} is in order: take it off the list"
    else:
        assert asked_of_nobody(tree(path)) == []


def test_every_exemption_is_a_room() -> None:
    assert {place(path.parent) for path in guards()} >= NOT_YET


def test_a_guard_that_asks_for_nobody_is_seen() -> None:
    wrong = "def get_item(program, pk): ...\ndef items_of(program): ...\ndef site_is_empty(): ..."
    right = "def get_item(user, slug, pk): ...\ndef can_tick(user, item): ...\ndef find(token): ...\ndef _a(b): ..."
    assert asked_of_nobody(ast.parse(wrong)) == ["get_item", "items_of", "site_is_empty"]
    assert asked_of_nobody(ast.parse(right)) == []
