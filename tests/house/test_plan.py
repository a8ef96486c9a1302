"""The table in `docs/architecture.md` names every kind of file of a room; nothing imports what stands above it."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from influencer.management import plan_tree
from tests.house.code import PACKAGES, ROOT, files, place, rooms, tree

SUBJECT = "subject"  # of the room, with its name
HEAD = "## Inside a room"


@cache
def levels() -> dict[str, int]:
    """Kind of file -> how high it stands; as the plan says it."""
    text = (ROOT / "docs/architecture.md").read_text().split(HEAD)[1].split("\n## ")[0]
    lines = [re.findall(r"`(\w+)`", line.split("|")[1]) for line in text.splitlines() if line.startswith("| `")]
    return {kind: len(lines) - at for at, kinds in enumerate(lines) for kind in kinds}


def kind_of(stem: str) -> str:
    """`views_team` and `team_views` are views."""
    found = (kind for kind in levels() if stem == kind or stem.startswith(f"{kind}_") or stem.endswith(f"_{kind}"))
    return next(found, SUBJECT)


def ours() -> list[Path]:
    """Files of rooms, without the generated ones."""
    folders = [place(room) for package in PACKAGES for room in rooms(package) if (room / "room.py").exists()]
    found = (path for path in files(".py") if path.name != "__init__.py" and "migrations" not in path.parts)
    return [path for path in found if any(place(path).startswith(f"{folder}/") for folder in folders)]


def upwards(module: ast.Module, package: str, stem: str) -> list[str]:
    """What this file of a room imports of the same room although it stands above."""
    own = kind_of(stem)
    return [
        other
        for node in module.body
        if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith(f"{package}.")
        for other in _names(node, package)
        if _is_above(kind_of(other), own)
    ]


def _names(node: ast.ImportFrom, package: str) -> list[str]:
    rest = (node.module or "")[len(package) + 1 :]
    return [rest.split(".")[-1]] if rest else [alias.name for alias in node.names]


def _is_above(other: str, own: str) -> bool:
    level = levels()
    if own == "room" or other == SUBJECT:
        return False
    return level[other] > (level["pages"] if own == SUBJECT else level[own] + _beside(own))


def _beside(own: str) -> int:
    """Between forms and queries nothing stands above the other: a verb writes a letter, a job uses verbs."""
    level = levels()
    return level["services"] - level[own] if level["queries"] < level[own] < level["services"] else 0


def test_nothing_imports_upwards() -> None:
    found = {}
    for path in ours():
        package = ".".join(Path(place(path)).parts[:2])
        if wrong := upwards(tree(path), package, path.stem):
            found[place(path)] = wrong
    assert found == {}


def test_every_kind_of_the_table_exists() -> None:
    assert set(levels()) - {kind_of(path.stem) for path in ours()} == set()


def test_the_tree_of_the_plan_is_that_of_the_folders() -> None:
    """`make docs` writes it, from the first line of each room's `__init__.py`."""
    assert plan_tree.FILE.read_text() == plan_tree.text()
    silent = [
        f"{package}/{room}"
        for package in PACKAGES
        for room, said in plan_tree.rooms_in(ROOT / package).items()
        if not said
    ]
    assert silent == []


def test_a_folder_that_is_not_drawn_is_seen(tmp_path: Path) -> None:
    for room, said in (("kit", '"""Parts."""'), ("news", ""), ("migrations", "")):
        (tmp_path / "core" / room).mkdir(parents=True)
        (tmp_path / "core" / room / "__init__.py").write_text(said)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/architecture.md").write_text(
        "Plan\n```\ncore/    the ground\n  old/   gone\ntests/\n  house/  x\n```\nEnd"
    )
    drawn = plan_tree.text(tmp_path).split("```")[1].splitlines()
    assert [line.split()[0] for line in drawn if line] == ["core/", "kit/", "news/", "tests/", "house/"]
    assert plan_tree.rooms_in(tmp_path / "core") == {"kit": "Parts.", "news": ""}


def test_a_file_about_a_subject_says_which() -> None:
    silent = [place(path) for path in ours() if kind_of(path.stem) == SUBJECT and not ast.get_docstring(tree(path))]
    assert silent == []


@pytest.mark.parametrize(
    ("stem", "line", "wrong"),
    [
        ("models", "from programs.ideas.services import add", ["services"]),
        ("access", "from programs.ideas import forms, models", ["forms"]),
        ("ideas_queries", "from programs.ideas import views_new", ["views_new"]),
        ("matching", "from programs.ideas.views import page", ["views"]),
        ("matching", "from programs.ideas import services", []),
        ("jobs", "from programs.ideas.services import add", []),
        ("letters", "from programs.ideas.forms import IdeaForm", ["forms"]),
        ("views", "from programs.ideas import access, services", []),
        ("models", "from programs.other import services", []),  # another room's: the linter's
        ("room", "from programs.ideas import services", []),
    ],
)
def test_an_upward_import_is_seen(stem: str, line: str, wrong: list[str]) -> None:
    assert upwards(ast.parse(line), "programs.ideas", stem) == wrong
