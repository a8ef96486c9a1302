"""The style sheet of every page, one file made of many, so that a first visit asks for it once.

What only the pages of one room need stands in `css/rooms/<room>.css`, and those pages link it themselves.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage

NAME = "css/site.css"
PARTS = (  # in the order of the cascade
    "vendor/tabler-core/tabler.min.css",
    "css/tokens.css",
    "css/base.css",
    "css/frame.css",
    "css/controls.css",
    "css/components.css",
    "css/parts.css",
    "css/phone.css",
    "css/print.css",
)


def sheet(folder: Path) -> str:
    """All parts, one after another. Their links stay right: the file lies beside them, and Tabler links nothing."""
    return "\n".join((folder / part).read_text(encoding="utf-8") for part in PARTS)


class SiteStyles(BaseFinder):
    """Makes the one file whenever static files are collected or, while developing, asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sources = Path(settings.BASE_DIR) / "static"
        self.storage = FileSystemStorage(location=Path(settings.DATA_DIR) / "styles")

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != NAME:
            return []
        place = str(self._made())
        return [place] if find_all else place

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        self._made()
        yield NAME, self.storage

    def _made(self) -> Path:
        """Written only when it differs: its time says whether static files have to be collected again."""
        place, content = Path(self.storage.path(NAME)), sheet(self.sources)
        if not place.exists() or place.read_text(encoding="utf-8") != content:
            place.parent.mkdir(parents=True, exist_ok=True)
            part = place.with_suffix(".part")
            part.write_text(content, encoding="utf-8")
            part.replace(place)
        return place
