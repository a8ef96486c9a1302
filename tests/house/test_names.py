"""One name, one thing: a class, a type or a file about a subject is called so once in a package. One thing, one place:
a constant of the same name with the same value is imported, not written again."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.house.code import PACKAGES, files, place, tree
from tests.house.test_plan import SUBJECT, kind_of

BY_RULE = {"Command"}  # Django finds commands by their file, and wants this name in it
OF_ITS_FILE = re.compile(r"__file__|__name__|^\d$")  # the same words say another thing in every file, small counts too


def types_in(code: ast.Module) -> Iterator[str]:
    """Public classes and names of types of a module."""
    for node in code.body:
        match node:
            case ast.ClassDef(name=name):
                names = [name]
            case ast.Assign(targets=targets):
                names = [target.id for target in targets if isinstance(target, ast.Name)]
            case ast.AnnAssign(target=ast.Name(id=name)):
                names = [name]
            case _:
                names = []
        yield from (name for name in names if name[0].isupper() and not name.isupper())


def told_twice(modules: Iterable[tuple[str, ast.Module]]) -> dict[str, list[str]]:
    """Names that several modules of a package give to something of their own, with the modules."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path, code in modules:
        for name in dict.fromkeys(types_in(code)):
            found[Path(path).parts[0], name].append(path)
    return {f"{package}: {name}": places for (package, name), places in found.items() if len(places) > 1}


def test_no_name_stands_for_two_things_in_a_package() -> None:
    ours = [path for path in files(".py") if place(path).split("/")[0] in PACKAGES and "migrations" not in path.parts]
    assert len(ours) > 300
    twice = told_twice((place(path), tree(path)) for path in ours)
    assert {name: places for name, places in twice.items() if name.split(": ")[1] not in BY_RULE} == {}


def test_a_name_told_twice_is_seen() -> None:
    row = ast.parse("class Row: ...\nROWS = 1\n_Hidden = str")
    alias = ast.parse("Row = tuple[str, str]\nROWS = 2\n_Hidden = int")
    assert told_twice([("core/a.py", row), ("core/b.py", alias)]) == {"core: Row": ["core/a.py", "core/b.py"]}
    assert told_twice([("core/a.py", row), ("programs/b.py", alias)]) == {}


def called_twice(modules: Iterable[str]) -> dict[str, list[str]]:
    """Names that several files of a package have, although they are of no kind that the plan's table names."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for module in map(Path, modules):
        if module.name != "__init__.py" and kind_of(module.stem) == SUBJECT:
            found[module.parts[0], module.stem].append(str(module))
    return {f"{package}: {name}": places for (package, name), places in found.items() if len(places) > 1}


def test_no_file_about_a_subject_is_called_like_another_of_its_package() -> None:
    ours = [place(path) for path in files(".py") if place(path).split("/")[0] in PACKAGES]
    assert called_twice(module for module in ours if "/migrations/" not in module) == {}


def test_a_file_called_like_another_is_seen() -> None:
    rooms = ["core/a/seats.py", "core/b/views_hosts.py", "core/b/__init__.py", "core/a/__init__.py", "core/a/views.py"]
    assert called_twice([*rooms, "core/b/views.py", "core/a/views_hosts.py", "programs/b/seats.py"]) == {}
    twice = ["core/a/seats.py", "core/b/c/seats.py"]
    assert called_twice([*rooms, "core/b/c/seats.py"]) == {"core: seats": twice}


def written_twice(modules: Iterable[tuple[str, ast.Module]]) -> dict[str, list[str]]:
    """Constants that several modules, of whichever packages, write with the same value."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path, code in modules:
        for node in code.body:
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    found[name, ast.unparse(value)].append(path)
                case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                    found[name, ast.unparse(value)].append(path)
    own = {key: places for key, places in found.items() if not OF_ITS_FILE.search(key[1])}
    return {f"{name} = {value}": places for (name, value), places in own.items() if len(places) > 1}


def test_a_constant_is_written_in_one_place() -> None:
    ours = [path for path in files(".py") if place(path).split("/")[0] in PACKAGES and "migrations" not in path.parts]
    assert written_twice((place(path), tree(path)) for path in ours) == {}


def test_a_constant_written_twice_is_seen() -> None:
    one = ast.parse('MEGABYTE = 1024 * 1024\nT = TypeVar("T")\nHERE = Path(__file__)\nMOST = 3')
    two = ast.parse('MEGABYTE: int = 1024 * 1024\nT = TypeVar("T")\nHERE = Path(__file__)\nMOST = 4')
    assert written_twice([("core/a.py", one), ("programs/b.py", two)]) == {
        "MEGABYTE = 1024 * 1024": ["core/a.py", "programs/b.py"],
        "T = TypeVar('T')": ["core/a.py", "programs/b.py"],
    }
