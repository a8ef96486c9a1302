"""Keep of the vendored styles and icons what our pages can use.

    .venv/bin/python -m tools.trim            writes static/vendor/
    .venv/bin/python -m tools.trim --check    says what is out of date (part of `make check`)

The whole of both lies in tools/sources/ (tools/vendor.py fetches it). Run this after a template begins to use a class
of Tabler or another icon; an icon that is not in the sources yet is added to tools/icons.txt first.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

from tools import trim_styles

ROOT = Path(__file__).resolve().parent.parent
SPRITE = ROOT / "tools" / "sources" / "icons.svg"
SYMBOL = re.compile(r'<symbol id="([^"]+)".*')
NAMED = re.compile(r"(?:(?<=[\"'])|(?<=\bicon: ))[a-z0-9-]+(?=[\"']|\s*$)", re.MULTILINE)
PLACES = ("templates", "static/js", *trim_styles.PACKAGES)
READ = (".html", ".js", ".py", ".yaml")


def icons() -> str:
    """The sprite with the icons whose names stand in quotes somewhere, or as the `icon` of a YAML file."""
    paths = (path for place in PLACES for path in (ROOT / place).rglob("*") if path.suffix in READ)
    quoted = {name for path in paths for name in NAMED.findall(path.read_text()) if name}
    lines = SPRITE.read_text().splitlines()
    kept = [line for line in lines if not (found := SYMBOL.match(line)) or found.group(1) in quoted]
    return "\n".join(kept) + "\n"


MADE: dict[Path, Callable[[], str]] = {
    ROOT / "static/vendor/tabler-core/tabler.min.css": trim_styles.made,
    ROOT / "static/vendor/icons.svg": icons,
}


def stale() -> list[str]:
    """Files that are not what would be made now."""
    return [str(path.relative_to(ROOT)) for path, make in MADE.items() if path.read_text() != make()]


def main() -> int:
    if "--check" in sys.argv:
        if found := stale():
            print(f"Run `.venv/bin/python -m tools.trim`: {', '.join(found)} does not hold what the pages use.")
        return 1 if found else 0
    for path, make in MADE.items():
        path.write_text(make())
        print(path.relative_to(ROOT), path.stat().st_size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
