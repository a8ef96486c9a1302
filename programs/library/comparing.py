"""What is different between two states of a template, phase by phase and item by item, in words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kit.languages import localised
from programs.library.shape import Content, completed

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
LABELS = {
    "name": gettext_lazy("Title"),
    "about": gettext_lazy("What it is for"),
    "attribution": gettext_lazy("Attribution"),
    "licence": gettext_lazy("Licence"),
    "source": gettext_lazy("Source"),
    "aim": gettext_lazy("Aim"),
    "offset_weeks": gettext_lazy("Weeks before it starts"),
    "weeks": gettext_lazy("Length in weeks"),
    "title": gettext_lazy("Title"),
    "hint": gettext_lazy("Hint"),
    "must": gettext_lazy("Required"),
    "due_week": gettext_lazy("Due in week"),
    "ask_every": gettext_lazy("Ask again every so many weeks"),
    "kind": gettext_lazy("Kind"),
    "values": gettext_lazy("Own fields"),
    "choices": gettext_lazy("Choices"),
    "column": gettext_lazy("Column of the list"),
}


@dataclass(frozen=True)
class Detail:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class PlanChange:
    """One phase, item or date that came, went or says something else; without a phase it is about the whole."""

    kind: str
    title: str
    phase: str = ""
    details: list[Detail] = field(default_factory=list)

    @property
    def word(self) -> str:
        return {ADDED: _("new"), REMOVED: _("removed"), CHANGED: _("changed")}[self.kind]


def compare(before: Content, after: Content) -> list[PlanChange]:
    before, after = completed(before), completed(after)
    head = [name for name in ("name", "about", "attribution", "licence", "source") if before[name] != after[name]]
    found = [PlanChange(CHANGED, localised(after["name"]), "", _details(before, after, head))] if head else []
    found += _rows(before["fields"], after["fields"], "name", _("Own fields"))
    old, new = _by_key(before["phases"]), _by_key(after["phases"])
    for key, row in new.items():
        name = localised(row["name"])
        if key not in old:
            found.append(PlanChange(ADDED, name))
        else:
            fields = [each for each in ("name", "aim", "offset_weeks", "weeks") if old[key][each] != row[each]]
            if fields:
                found.append(PlanChange(CHANGED, name, "", _details(old[key], row, fields)))
        known: Content = old.get(key, {"items": [], "marks": []})
        found += _rows(known["items"], row["items"], "title", name)
        found += _rows(known["marks"], row["marks"], "name", name)
        found += _order(known["items"], row["items"], "title", name)
    found += _order(before["phases"], after["phases"], "name", localised(after["name"]))
    return found + [PlanChange(REMOVED, localised(row["name"])) for key, row in old.items() if key not in new]


def _rows(before: list[Content], after: list[Content], title: str, phase: str) -> Iterator[PlanChange]:
    old, new = _by_key(before), _by_key(after)
    for key, row in new.items():
        if key not in old:
            yield PlanChange(ADDED, localised(row[title]), phase)
        elif fields := [name for name in row if name != "key" and row[name] != old[key][name]]:
            yield PlanChange(CHANGED, localised(row[title]), phase, _details(old[key], row, fields))
    yield from (PlanChange(REMOVED, localised(row[title]), phase) for key, row in old.items() if key not in new)


def _order(before: list[Content], after: list[Content], title: str, whole: str) -> Iterator[PlanChange]:
    """Whether what is in both stands in another order now: from the first to the last that moved."""
    old, new = _by_key(before), _by_key(after)
    was, now = ([key for key in rows if key in old and key in new] for rows in (old, new))
    moved = [place for place, (left, right) in enumerate(zip(was, now, strict=True)) if left != right]
    if moved:
        part = slice(moved[0], moved[-1] + 1)
        words = (", ".join(localised(new[key][title]) for key in keys[part]) for keys in (was, now))
        yield PlanChange(CHANGED, whole, "", [Detail(_("Order"), *words)])


def _by_key(rows: list[Content]) -> dict[str, Content]:
    return {row["key"]: row for row in rows}


def _details(before: Content, after: Content, fields: list[str]) -> list[Detail]:
    return [Detail(str(LABELS.get(name, name)), _said(before[name]), _said(after[name])) for name in fields]


def _said(value: Any) -> str:
    """Every language, since the difference may be in one the reader does not see."""
    if isinstance(value, dict):
        return " / ".join(str(each) for each in value.values())
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)
