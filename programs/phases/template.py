"""The seven-phase template: a data file in both languages, and the dates it gives a program. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from core.kit.languages import localised

FILE = Path(__file__).with_name("data") / "seven_phases.yaml"
SATURDAY = 5
Texts = dict[str, str]  # one text in languages: {"de": ..., "en": ...}


@dataclass(frozen=True)
class TemplateItem:
    key: str
    title: Texts
    hint: Texts
    is_must: bool
    due_week: int | None  # of its phase; without one it has no day
    ask_every: int = 0


@dataclass(frozen=True)
class TemplateMark:
    key: str
    kind: str
    title: Texts
    offset_weeks: int

    def on(self, start_on: date) -> date:
        """Never on a weekend: nobody reviews anything on a Sunday."""
        return next_workday(start_on + timedelta(weeks=self.offset_weeks))


@dataclass(frozen=True)
class TemplatePhase:
    key: str
    number: int
    title: Texts
    short: Texts
    aim: Texts
    offset_weeks: int
    weeks: int
    marks: tuple[TemplateMark, ...]
    items: tuple[TemplateItem, ...]

    @property
    def name(self) -> str:
        return localised(self.title)

    @property
    def in_short(self) -> str:
        return localised(self.short)

    def start_on(self, program_start: date) -> date:
        return program_start + timedelta(weeks=self.offset_weeks)

    def end_on(self, program_start: date) -> date:
        """The last day of the last week."""
        return self.start_on(program_start) + timedelta(weeks=self.weeks, days=-1)

    def due_on(self, item: TemplateItem, program_start: date) -> date | None:
        return due_within(self.start_on(program_start), self.end_on(program_start), item.due_week)


@dataclass(frozen=True)
class Template:
    key: str
    version: int
    title: Texts
    attribution: Texts
    phases: tuple[TemplatePhase, ...]

    @property
    def source(self) -> str:
        return localised(self.attribution)

    @property
    def item_count(self) -> int:
        return sum(len(phase.items) for phase in self.phases)

    def end_on(self, program_start: date) -> date:
        return max(phase.end_on(program_start) for phase in self.phases)


def next_workday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= SATURDAY else 0)


def last_workday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def due_within(start: date, end: date, week: int | None) -> date | None:
    """The last working day of a week of a phase, within the phase."""
    if week is None:
        return None
    return max(last_workday(min(start + timedelta(weeks=max(week, 1), days=-1), end)), start)


@cache
def seven_phases_file() -> dict[str, Any]:
    """As it stands in the file."""
    row: dict[str, Any] = yaml.safe_load(FILE.read_text())
    return row


def stage_of(key: str) -> str:
    """The stage of the design card that a phase of the template belongs to; none for a program's own."""
    return next((str(row["macro"]) for row in seven_phases_file()["phases"] if row["key"] == key), "")


@cache
def seven_phases() -> Template:
    return template_of(seven_phases_file())


def template_of(row: Mapping[str, Any]) -> Template:
    phases = tuple(_phase(phase, number) for number, phase in enumerate(row["phases"], start=1))
    return Template(row["key"], int(row["version"]), row["name"], row["attribution"], phases)


def _phase(row: Mapping[str, Any], number: int) -> TemplatePhase:
    return TemplatePhase(
        key=row["key"],
        number=number,
        title=row["name"],
        short=row.get("short", {}),
        aim=row["aim"],
        offset_weeks=row["offset_weeks"],
        weeks=row["weeks"],
        marks=tuple(
            TemplateMark(mark["key"], mark["kind"], mark["name"], mark["offset_weeks"]) for mark in row["marks"]
        ),
        items=tuple(
            TemplateItem(
                item["key"], item["title"], item["hint"], item["must"], item["due_week"], item.get("ask_every", 0)
            )
            for item in row["items"]
        ),
    )
