"""Three doors per package list its rooms and do nothing else; a forgotten line would make Django drop a table."""

import ast
from collections.abc import Iterable

import pytest

from tests.house.code import PACKAGES, ROOT, files, imported, place, rooms_with, tree

DOORS = ("models", "tasks")
EMPTY = ast.parse("")


def door(package: str, name: str) -> ast.Module:
    path = ROOT / package / f"{name}.py"
    return tree(path) if path.exists() else EMPTY


def unlisted(door: ast.Module, rooms: Iterable[str]) -> list[str]:
    return sorted(set(rooms) - imported(door))


def not_included(door: ast.Module, rooms: Iterable[str]) -> list[str]:
    included = {
        node.args[0].value
        for node in ast.walk(door)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "include"
        if isinstance(node.args[0], ast.Constant)
    }
    return sorted(set(rooms) - included)


def deeds(door: ast.Module) -> list[str]:
    return [ast.unparse(n) for n in door.body if not isinstance(n, ast.Import | ast.ImportFrom | ast.Expr | ast.Assign)]


def doors_imported(of: ast.Module) -> set[str]:
    return {f"{package}.{door}" for package in PACKAGES for door in DOORS} & imported(of)


def nameless_tasks(of: ast.Module) -> list[str]:
    """Without a name, a task that moves to another file is lost with everything that waits in the queue."""
    return [
        node.name
        for node in ast.walk(of)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if any("shared_task" in (text := ast.unparse(each)) and "name=" not in text for each in node.decorator_list)
    ]


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("name", DOORS)
def test_the_door_lists_every_room(package: str, name: str) -> None:
    assert unlisted(door(package, name), rooms_with(package, name)) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_the_addresses_list_every_room(package: str) -> None:
    assert not_included(door(package, "urls"), rooms_with(package, "urls")) == []


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("name", DOORS)
def test_a_door_does_nothing_else(package: str, name: str) -> None:
    assert deeds(door(package, name)) == []


def test_nobody_imports_a_door() -> None:
    assert {place(path): found for path in files(".py") if (found := doors_imported(tree(path)))} == {}


def test_every_task_names_itself() -> None:
    ours = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    assert {place(path): found for path in ours if (found := nameless_tasks(tree(path)))} == {}


def test_what_is_forgotten_at_a_door_is_seen() -> None:
    listing = ast.parse(
        "from programs.phases.models import Phase\nurlpatterns = [path('', include('programs.phases.urls'))]"
    )
    assert unlisted(listing, ["programs.phases.models", "programs.new.models"]) == ["programs.new.models"]
    assert not_included(listing, ["programs.phases.urls", "programs.new.urls"]) == ["programs.new.urls"]
    assert deeds(listing) == []
    assert deeds(ast.parse("def forget():\n    pass\nfor x in y: pass")) == [
        "def forget():\n    pass",
        "for x in y:\n    pass",
    ]


def test_who_imports_a_door_is_seen() -> None:
    for text in ("import programs.models", "from programs import models", "from programs.models import Phase"):
        assert doors_imported(ast.parse(text)) == {"programs.models"}
    assert doors_imported(ast.parse("from programs.phases.models import Phase")) == set()


def test_a_task_without_a_name_is_seen() -> None:
    text = "@shared_task\ndef sweep(): ...\n@celery.shared_task(queue='mail')\ndef send(): ...\n"
    assert nameless_tasks(ast.parse(text)) == ["sweep", "send"]
    assert nameless_tasks(ast.parse("@shared_task(name='mail.sweep')\ndef sweep(): ...")) == []
