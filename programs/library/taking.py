"""What a template would add to a program, with days: for the preview, and in the same way when it is done."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from core.kit.languages import localised
from programs.checklists.models import AskEvery, Item
from programs.library.shape import Content
from programs.phases.models import Milestone, Phase
from programs.phases.template import due_within, next_workday


@dataclass(frozen=True)
class NewItem:
    row: Content
    due_on: date | None
    is_there: bool  # the program has it already: it is not added again

    @property
    def title(self) -> str:
        return localised(self.row["title"])

    @property
    def again(self) -> str:
        every = self.row.get("ask_every", 0)
        return str(AskEvery(every).label) if every else ""


@dataclass(frozen=True)
class NewDate:
    row: Content
    on: date

    @property
    def title(self) -> str:
        return localised(self.row["name"])

    @property
    def kind(self) -> str:
        return str(Milestone.Kind(self.row["kind"]).label)


@dataclass(frozen=True)
class NewPart:
    """A new phase, or what comes into one that is there."""

    row: Content
    start_on: date
    end_on: date
    items: list[NewItem] = field(default_factory=list)
    dates: list[NewDate] = field(default_factory=list)

    @property
    def name(self) -> str:
        return localised(self.row["name"])

    @property
    def fresh(self) -> list[NewItem]:
        return [item for item in self.items if not item.is_there]


@dataclass(frozen=True)
class Intake:
    """All of it."""

    parts: list[NewPart]
    into: Phase | None = None

    @property
    def item_count(self) -> int:
        return sum(len(part.fresh) for part in self.parts)

    @property
    def date_count(self) -> int:
        return sum(len(part.dates) for part in self.parts)

    @property
    def phase_count(self) -> int:
        return 0 if self.into else len(self.parts)

    @property
    def is_empty(self) -> bool:
        return not (self.phase_count or self.item_count or self.date_count)


def plan(
    content: Content,
    *,
    start_on: date,
    keys: Iterable[str] = (),
    into: Phase | None = None,
    with_dates: bool = True,
) -> Intake:
    """`keys`: the phases that are taken, all of them without any. The first one taken begins on `start_on`. Taken
    into a phase that is there, items get days within it, and what it has already is passed over."""
    wanted = set(keys)
    rows = [row for row in content["phases"] if not wanted or row["key"] in wanted]
    there = _titles_in(into) if into else set()
    first = min((row["offset_weeks"] for row in rows), default=0)
    base = start_on - timedelta(weeks=first)  # where the template's first week would lie
    return Intake([_part(row, base, into, there, with_dates=with_dates) for row in rows], into)


def _part(row: Content, base: date, into: Phase | None, there: set[str], *, with_dates: bool) -> NewPart:
    start = into.start_on if into else base + timedelta(weeks=row["offset_weeks"])
    end = into.end_on if into else start + timedelta(weeks=row["weeks"], days=-1)
    items = []
    for item in row["items"]:
        titles = {text.casefold() for text in item["title"].values()}
        items.append(NewItem(item, due_within(start, end, item["due_week"]), bool(titles & there)))
        if into:
            there |= titles
    dates = [NewDate(mark, next_workday(base + timedelta(weeks=mark["offset_weeks"]))) for mark in row["marks"]]
    return NewPart(row, start, end, items, dates if with_dates else [])


def _titles_in(phase: Phase) -> set[str]:
    items = Item.objects.present().filter(phase=phase)
    return {text.casefold() for item in items for text in item.title.texts.values()}
