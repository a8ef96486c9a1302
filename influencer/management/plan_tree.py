"""The tree of docs/architecture.md: which rooms there are, each in the words of its own `__init__.py`."""

import ast
import re
from pathlib import Path

from core.kit.product import PACKAGES

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docs/architecture.md"
NO_ROOMS = {"migrations", "management"}
WIDTH = 14  # of the column with the names


def rooms_in(package: Path) -> dict[str, str]:
    """Its rooms by name, with the first line of what each says of itself."""
    found = {}
    for path in sorted(package.glob("*/__init__.py")):
        if path.parent.name not in NO_ROOMS:
            said = ast.get_docstring(ast.parse(path.read_text())) or ""
            found[path.parent.name] = said.partition("\n")[0]
    return found


def text(root: Path = ROOT) -> str:
    """The page as it is, with the lines of the rooms made anew."""
    head, drawn, rest = (root / "docs/architecture.md").read_text().split("```", 2)
    lines: list[str] = []
    is_ours = False
    for line in drawn.splitlines():
        if found := re.match(r"(\w+)/", line):
            is_ours = found[1] in PACKAGES
            rooms = rooms_in(root / found[1]) if is_ours else {}
            lines += [line, *(f"  {f'{name}/':<{WIDTH - 1}} {said}" for name, said in rooms.items())]
        elif not (is_ours and re.match(r"  \w+/", line)):
            lines.append(line)
    return "```".join([head, "\n".join(lines) + "\n", rest])
