"""What a template says, and how much of it there may be. Pure: plain values, as in the file and in the database."""

from dataclasses import dataclass
from typing import Any

from core.kit.languages import localised
from programs.checklists.models import AskEvery
from programs.checklists.models_fields import ItemField
from programs.phases.models import Milestone

Content = dict[str, Any]

FORMAT = 1  # of the file; a release that writes another one raises it
LONGEST_TITLE, LONGEST_TEXT, LONGEST_LINE, LONGEST_KEY = 200, 4000, 200, 40
MOST_PHASES, MOST_ITEMS, MOST_MARKS = 40, 200, 40  # items and marks: of a phase
MOST_WEEKS = 520
FIELD_KINDS = tuple(ItemField.Kind.values)
KINDS = tuple(Milestone.Kind.values)
INTERVALS = tuple(AskEvery.values)


@dataclass(frozen=True)
class PlanPart:
    """A phase of a template, as a page shows it."""

    number: int
    row: Content

    @property
    def key(self) -> str:
        return str(self.row["key"])

    @property
    def name(self) -> str:
        return localised(self.row["name"])

    @property
    def aim(self) -> str:
        return localised(self.row["aim"])

    @property
    def first_week(self) -> int:
        return int(self.row["offset_weeks"]) + 1

    @property
    def last_week(self) -> int:
        return int(self.row["offset_weeks"]) + int(self.row["weeks"])

    @property
    def lines(self) -> list[Content]:
        """Its items in the reader's language."""
        return [
            {
                "title": localised(item["title"]),
                "hint": localised(item["hint"]),
                "must": item["must"],
                "week": item["due_week"],
                "again": AskEvery(item.get("ask_every", 0)).label if item.get("ask_every") else "",
            }
            for item in self.row["items"]
        ]

    @property
    def dates(self) -> list[Content]:
        return [
            {
                "title": localised(mark["name"]),
                "kind": Milestone.Kind(mark["kind"]).label,
                "week": mark["offset_weeks"] + 1,
            }
            for mark in self.row["marks"]
        ]


def parts(content: Content) -> list[PlanPart]:
    return [PlanPart(number, row) for number, row in enumerate(content["phases"], start=1)]


def item_count(content: Content) -> int:
    return sum(len(phase["items"]) for phase in content["phases"])


def completed(content: Content) -> Content:
    """With everything that may be left out, in one order: what two templates are compared by."""
    return {
        "key": content["key"],
        "version": int(content["version"]),
        "name": _words(content["name"]),
        "about": _words(content.get("about")),
        "attribution": _words(content.get("attribution")),
        "licence": content.get("licence") or "",
        "source": content.get("source") or "",
        "fields": [_own_field(row) for row in content.get("fields") or []],
        "phases": [_phase(row) for row in content["phases"]],
    }


def _words(texts: Any) -> dict[str, str]:
    """Line ends as YAML keeps them."""
    plain = {language: "\n".join(text.strip().splitlines()) for language, text in sorted((texts or {}).items())}
    return {language: text for language, text in plain.items() if text}


def _own_field(row: Content) -> Content:
    return {
        "key": row["key"],
        "name": _words(row["name"]),
        "kind": row.get("kind") or ItemField.Kind.TEXT.value,
        "choices": list(row.get("choices") or []),
        "column": bool(row.get("column", False)),
    }


def _phase(row: Content) -> Content:
    return {
        "key": row["key"],
        "name": _words(row["name"]),
        "short": _words(row.get("short")),
        "aim": _words(row.get("aim")),
        "offset_weeks": row.get("offset_weeks") or 0,
        "weeks": row.get("weeks") or 1,
        "marks": [
            {
                "key": mark["key"],
                "kind": mark.get("kind") or Milestone.Kind.MILESTONE.value,
                "name": _words(mark["name"]),
                "offset_weeks": mark.get("offset_weeks") or 0,
            }
            for mark in row.get("marks") or []
        ],
        "items": [
            {
                "key": item["key"],
                "title": _words(item["title"]),
                "hint": _words(item.get("hint")),
                "must": bool(item.get("must", True)),
                "due_week": item.get("due_week"),
                "ask_every": item.get("ask_every") or 0,
                "values": dict(sorted((item.get("values") or {}).items())),
            }
            for item in row.get("items") or []
        ],
    }


def free_key(wanted: str, taken: set[str], longest: int = LONGEST_KEY) -> str:
    """A key of its own among others: `review`, `review-2`, `review-3`."""
    key, number = wanted[:longest], 1
    while key in taken:
        number += 1
        tail = f"-{number}"
        key = wanted[: longest - len(tail)] + tail
    taken.add(key)
    return key
