"""Four doors per package list its rooms and do nothing else; a forgotten line would make Django drop a table."""

import ast

import pytest

from tests.house.code import PACKAGES, ROOT, files, imported, place, rooms_with, tree

DOORS = ("models", "admin", "tasks")


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("door", DOORS)
def test_the_door_lists_every_room(package: str, door: str) -> None:
    path = ROOT / package / f"{door}.py"
    listed = imported(path) if path.exists() else set()
    assert [room for room in rooms_with(package, door) if room not in listed] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_the_addresses_list_every_room(package: str) -> None:
    included = {
        node.args[0].value
        for node in ast.walk(tree(ROOT / package / "urls.py"))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "include"
        if isinstance(node.args[0], ast.Constant)
    }
    assert [room for room in rooms_with(package, "urls") if room not in included] == []


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("door", DOORS)
def test_a_door_does_nothing_else(package: str, door: str) -> None:
    path = ROOT / package / f"{door}.py"
    if not path.exists():
        return
    allowed = (ast.Import, ast.ImportFrom, ast.Expr, ast.Assign)
    assert [ast.unparse(node) for node in tree(path).body if not isinstance(node, allowed)] == []


def test_nobody_imports_a_door() -> None:
    doors = {f"{package}.{door}" for package in PACKAGES for door in DOORS}
    wrong = [f"{place(path)} imports {door}" for path in files(".py") for door in sorted(doors & imported(path))]
    assert wrong == []


def test_every_task_names_itself() -> None:
    """Without a name, a task that moves to another file is lost with everything that waits in the queue."""
    unnamed = []
    for package in PACKAGES:
        for path in (ROOT / package).rglob("tasks.py"):
            for node in ast.walk(tree(path)):
                if not isinstance(node, ast.FunctionDef):
                    continue
                for decorator in node.decorator_list:
                    text = ast.unparse(decorator)
                    if text.startswith("shared_task") and "name=" not in text:
                        unnamed.append(f"{place(path)}: {node.name}")
    assert unnamed == []
