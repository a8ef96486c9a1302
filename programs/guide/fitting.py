"""What fits the answers: the seven phases with other items, the documents that are needed, who is concerned. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from core.kit.languages import localised
from programs.guide.answers import Answers
from programs.phases.template import Template, TemplateItem, TemplatePhase, seven_phases

FILE = Path(__file__).with_name("data") / "fitting.yaml"


@cache
def file() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True)
class Fitted:
    """What becomes of the answers, before anything is made."""

    template: Template
    added: tuple[TemplateItem, ...]  # of its items, those that the answers brought
    documents: tuple[dict[str, Any], ...]
    groups: tuple[dict[str, Any], ...]  # whom it concerns
    duties: tuple[dict[str, Any], ...]

    def phases(self, start_on: date) -> list[tuple[TemplatePhase, date, date]]:
        return [(row, row.start_on(start_on), row.end_on(start_on)) for row in self.template.phases]

    @property
    def added_titles(self) -> list[str]:
        return [localised(item.title) for item in self.added]

    @property
    def document_titles(self) -> list[str]:
        return [localised(row["title"]) for row in self.documents]

    @property
    def group_titles(self) -> list[str]:
        return [localised(row["title"]) for row in self.groups]

    @property
    def duty_titles(self) -> list[str]:
        return [localised(row["title"]) for row in self.duties]


def fit(said: Answers) -> Fitted:
    words = said.words
    rows = [row for row in file()["add"] if _is_so(row, words)]
    template = _changed(_without_pilot(seven_phases()) if "pilot" not in words else seven_phases(), words, rows)
    keys = {row["key"] for row in rows}
    added = tuple(item for phase in template.phases for item in phase.items if item.key in keys)
    groups = _groups(said)
    there = {group["key"] for group in groups}
    duties = [
        row | {part: [key for key in row.get(part, []) if key in there] for part in ("consulted", "informed")}
        for row in file()["duties"]
    ]
    documents = [row for row in file()["documents"] if _is_so(row, words)]
    return Fitted(template, added, tuple(documents), tuple(groups), tuple(duties))


def figures_of(goal: str) -> list[str]:
    """The figures that show a suggested goal, by its words in any language."""
    return next((row["figures"] for row in file()["goals"] if goal in row["title"].values()), [])


def _is_so(row: Mapping[str, Any], words: frozenset[str]) -> bool:
    return all((word[3:] not in words) if word.startswith("no_") else word in words for word in row["when"])


def _groups(said: Answers) -> list[dict[str, Any]]:
    council = file()["council_ch" if "ch" in said.words else "council"]
    return [
        *([file()["sponsor"]] if "sponsor" not in said.words else []),
        *([council] if "council" in said.words else []),
        *(row for row in file()["helpers"] if row["key"] in said.helpers),
    ]


def _changed(template: Template, words: frozenset[str], added: list[dict[str, Any]]) -> Template:
    drop = {(row["phase"], row["item"]) for row in file()["drop"] if _is_so(row, words)}
    marks = {(row["phase"], row["mark"]) for row in file()["drop_marks"] if _is_so(row, words)}
    reword = {(row["phase"], row["item"]): row for row in file()["reword"] if _is_so(row, words)}
    phases = []
    for phase in template.phases:
        items = [
            replace(item, title=row["title"], hint=row["hint"]) if (row := reword.get((phase.key, item.key))) else item
            for item in phase.items
            if (phase.key, item.key) not in drop
        ]
        items += [
            TemplateItem(row["key"], row["title"], row["hint"], True, row["due_week"])
            for row in added
            if row["phase"] == phase.key
        ]
        kept = tuple(mark for mark in phase.marks if (phase.key, mark.key) not in marks)
        phases.append(replace(phase, items=tuple(items), marks=kept))
    return replace(template, phases=tuple(phases))


def _without_pilot(template: Template) -> Template:
    """What follows begins when the concept is ready, and the numbers close up."""
    by_key = {phase.key: phase for phase in template.phases}
    ready = by_key["concept"].offset_weeks + by_key["concept"].weeks
    earlier = by_key["rollout"].offset_weeks - ready
    phases = []
    for number, phase in enumerate((each for each in template.phases if each.key != "pilot"), start=1):
        weeks = earlier if phase.offset_weeks >= by_key["rollout"].offset_weeks else 0
        marks = tuple(replace(mark, offset_weeks=mark.offset_weeks - weeks) for mark in phase.marks)
        phases.append(replace(phase, number=number, offset_weeks=phase.offset_weeks - weeks, marks=marks))
    return replace(template, phases=tuple(phases))
