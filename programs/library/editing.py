"""What a form about a phase makes of a template."""

from typing import Any

from django.utils.text import slugify

from core.kit.languages import in_language
from programs.library import shape
from programs.library.shape import Content


def with_part(content: Content, number: int, said: dict[str, Any], rows: list[dict[str, Any]]) -> Content:
    """The phase at a place anew, or one more behind the last."""
    phases = list(content["phases"])
    old = phases[number - 1] if number <= len(phases) else None
    others = {phase["key"] for phase in phases if phase is not old}
    part = (old or {"marks": [], "short": {}}) | {
        "key": old["key"] if old else shape.free_key(slugify(in_language(said["name"], "en")) or "phase", others),
        "name": said["name"],
        "aim": said["aim"],
        "offset_weeks": said["first_week"] - 1,
        "weeks": said["weeks"],
        "items": _items(rows, old["items"] if old else []),
    }
    return content | {"phases": [*phases[: number - 1], part, *phases[number:]]}


def place_of(content: Content, key: str) -> int:
    """Where the phase is now; behind the last one where it is new, or was removed by somebody else."""
    keys = [phase["key"] for phase in content["phases"]]
    return keys.index(key) + 1 if key in keys else len(keys) + 1


def without_part(content: Content, number: int) -> Content:
    return content | {"phases": [phase for at, phase in enumerate(content["phases"], start=1) if at != number]}


def _items(rows: list[dict[str, Any]], old: list[Content]) -> list[Content]:
    """Those with a title; a key that is not there yet, or twice, is made from it. What the form does not show stays."""
    taken: set[str] = set()
    values = {item["key"]: item.get("values", {}) for item in old}
    return [
        row
        | {"values": values.get(row["key"], {})}
        | {"key": shape.free_key(row["key"] or slugify(in_language(row["title"], "en")) or "part", taken)}
        for row in rows
        if row.get("title")
    ]
