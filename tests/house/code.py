"""The project's own files, as the house tests look at them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("core", "programs", "community", "analytics", "influencer")
FLOOR = ("kit", "sheets", "management", "migrations")  # not rooms: they hold no tables, tasks or addresses of their own


@cache
def files(*suffixes: str) -> tuple[Path, ...]:
    """Files of ours: tracked, or new and not ignored; never what was vendored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0:
        found = {ROOT / line for line in listed.stdout.splitlines()}
    else:  # an unpacked archive without its history
        tops = (*PACKAGES, "tests", "bench", "tools", "templates", "static", "deploy")
        found = {path for top in tops for path in (ROOT / top).rglob("*")}
    ours = (path for path in found if path.suffix in suffixes and path.is_file() and "vendor" not in path.parts)
    return tuple(sorted(path for path in ours if "__pycache__" not in path.parts))


def rooms(package: str) -> list[Path]:
    folders = (path.parent for path in (ROOT / package).glob("*/__init__.py"))
    return sorted(folder for folder in folders if folder.name not in FLOOR)


def rooms_with(package: str, furniture: str) -> list[str]:
    """Modules such as `programs.phases.models`, one per room that has this piece of furniture."""
    return [f"{package}.{room.name}.{furniture}" for room in rooms(package) if (room / f"{furniture}.py").exists()]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def imported(of: ast.Module) -> set[str]:
    """Every module that is imported, `from a import b` counted both as `a` and as `a.b`."""
    found: set[str] = set()
    for node in ast.walk(of):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def place(path: Path) -> str:
    return str(path.relative_to(ROOT))
