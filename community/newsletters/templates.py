"""The issues to start from: texts that ship with the product."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from community.newsletters import blocks
from core.kit.languages import localised

FILE = Path(__file__).with_name("data") / "templates.yaml"


@dataclass(frozen=True)
class IssueTemplate:
    key: str
    _name: Any
    subject: dict[str, str]
    body: dict[str, str]

    @property
    def name(self) -> str:
        return localised(self._name)

    @property
    def blocks_summary(self) -> str:
        """The headings, as a hint of what is inside."""
        lines = localised(self.body).splitlines()
        return ", ".join(line.removeprefix("## ") for line in lines if line.startswith("## "))


@cache
def issue_templates() -> list[IssueTemplate]:
    rows = yaml.safe_load(FILE.read_text())["templates"]
    return [IssueTemplate(row["key"], row["name"], row["subject"], _stripped(row["body"])) for row in rows]


def _stripped(texts: dict[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items()}


def issue_template(key: str) -> IssueTemplate | None:
    return next((each for each in issue_templates() if each.key == key), None)


@cache
def instructions() -> frozenset[str]:
    """What the templates ask the writer to write, in every language, as `plain` text."""
    bodies = [body for each in issue_templates() for body in each.body.values()]
    return frozenset(plain(gap) for body in bodies for gap in blocks.gaps_in(body))


def plain(text: str) -> str:
    """A text without its marks and breaks, for comparing."""
    return " ".join("".join(" " if char in "*_#>[]:" else char for char in text).split()).casefold()
