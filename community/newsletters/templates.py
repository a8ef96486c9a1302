"""The issues to start from: texts that ship with the product, own ones of a program, and earlier issues."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import override

from community.newsletters import blocks
from community.newsletters.models import Issue, NewsletterTemplate
from community.newsletters.models_audiences import WHOLE, Audience
from community.newsletters.sections import Locked, unlocked
from core.kit.languages import localised
from programs.membership.models import Program

OWN, EARLIER = "own-", "issue-"
MOST_EARLIER = 6
OWN_PICTURE = re.compile(r"!\[([^\]\n]*)\]\(attachment:[^)\s]+\)")
FILE = Path(__file__).with_name("data") / "templates.yaml"


@dataclass(frozen=True)
class IssueTemplate:
    key: str
    _name: Any
    subject: Mapping[str, str]
    body: Mapping[str, str]
    pk: int = 0  # of an own one
    locked: Locked = field(default_factory=dict)
    asks_generation: bool = False
    audience: Audience = WHOLE  # of an earlier issue: what was for some people is not sent to all by accident

    @property
    def name(self) -> str:
        return localised(self._name)

    @property
    def open_body(self) -> dict[str, str]:
        """Its texts without locks, for what is no issue."""
        return {language: unlocked(text, self.locked, language) for language, text in self.body.items()}

    @property
    def blocks_summary(self) -> str:
        """The headings, as a hint of what is inside."""
        lines = localised(self.open_body).splitlines()
        return ", ".join(line.removeprefix("## ") for line in lines if line.startswith("## "))


@cache
def issue_templates() -> list[IssueTemplate]:
    rows = yaml.safe_load(FILE.read_text())["templates"]
    return [
        IssueTemplate(
            row["key"],
            row["name"],
            row["subject"],
            _stripped(row["body"]),
            asks_generation=row.get("asks_generation", False),
        )
        for row in rows
    ]


def usual_template() -> IssueTemplate:
    """What is chosen until somebody chooses: the first one for everybody, so that no press sends to a part of them."""
    return next(each for each in issue_templates() if not each.asks_generation)


def _stripped(texts: dict[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items()}


def own_templates(program: Program) -> list[IssueTemplate]:
    """What the program's own team put aside, by name."""
    rows = NewsletterTemplate.objects.present().filter(program=program).order_by("name", "pk")
    return [
        IssueTemplate(f"{OWN}{row.pk}", row.name, row.subject.texts, row.body.texts, row.pk, row.locked) for row in rows
    ]


def earlier_issues(program: Program) -> list[IssueTemplate]:
    """The latest issues that went out, to write the next one like them."""
    rows = Issue.objects.out().filter(program=program).order_by("-number")[:MOST_EARLIER]
    return [_like(row) for row in rows]


def issue_template(program: Program, key: str) -> IssueTemplate | None:
    """The one of this key, as far as it is for this program."""
    kind, dash, number = key.partition("-")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return next((each for each in issue_templates() if each.key == key), None)
    if kind + dash == OWN:
        return next((each for each in own_templates(program) if each.key == key), None)
    row = Issue.objects.present().filter(program=program, pk=int(number)).first()
    return _like(row) if row else None


def without_pictures(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts without the pictures of the issue they come from: these stay with it. The writer is asked to add them."""
    found = {}
    for language, text in texts.items():
        with override(language):
            ask = _("to write: add the picture again")
            found[language] = OWN_PICTURE.sub(rf"[[{ask} (\1)]]", text).replace(f"[[{ask} ()]]", f"[[{ask}]]")
    return found


def _like(issue: Issue) -> IssueTemplate:
    name = issue.subject or str(issue.number)
    body = without_pictures(issue.body.texts)
    return IssueTemplate(
        f"{EARLIER}{issue.pk}", name, issue.subject.texts, body, locked=issue.locked, audience=issue.audience
    )


@cache
def instructions() -> frozenset[str]:
    """What the templates ask the writer to write, in every language, as `plain` text."""
    bodies = [body for each in issue_templates() for body in each.body.values()]
    return frozenset(plain(gap) for body in bodies for gap in blocks.gaps_in(body))


def plain(text: str) -> str:
    """A text without its marks and breaks, for comparing."""
    return " ".join("".join(" " if char in "*_#>[]:" else char for char in text).split()).casefold()
