"""The board as Markdown: for the minutes, the handbook, a mail."""

from typing import TYPE_CHECKING

from django.utils.dateformat import time_format
from django.utils.translation import gettext as _

from community.barcamp import plan
from community.barcamp.board_page import ideas_of
from community.barcamp.plan import PlanRow
from community.events import event_page
from community.events.as_markdown import plain
from community.events.models import Event
from core.kit.templatetags.ui import day, people

if TYPE_CHECKING:
    from core.people.models import User


def markdown(event: Event, user: "User") -> str:
    proposals = plan.proposals_of(event)
    shown = plan.of(event, user, proposals)
    lines = [f"# {plain(str(event.milestone.title))}", "", event_page.when(event), ""]
    if shown.is_ready:
        lines += [f"## {_('The plan')}", ""]
        for on, rows in shown.days:
            lines += [f"### {day(on, 'weekday')}", ""] if len(shown.days) > 1 else []
            lines += [line("", *(room.name for room in shown.rooms)), rule(len(shown.rooms) + 1)]
            lines += [row_of(row, len(shown.rooms)) for row in rows] + [""]
    if proposals:
        lines += [f"## {_('Proposals')}", ""]
    for idea in sorted(ideas_of(proposals, shown, user), key=lambda idea: idea.proposal.pk):
        parts = [f"**{plain(idea.proposal.title)}**"]
        parts += [_("wish")] if idea.is_wish else [plain(idea.leader["name"])] if idea.leader else []
        parts += [_("would come: %(count)s") % {"count": people(idea.votes)}] if idea.votes else []
        lines.append("- " + ", ".join(parts))
        if idea.proposal.text:
            lines.append(f"  {plain(idea.proposal.text)}")
    return "\n".join(lines).rstrip() + "\n"


def row_of(row: PlanRow, columns: int) -> str:
    when = f"{time_format(row.slot.starts, 'G:i')}\u2013{time_format(row.slot.ends, 'G:i')}"
    if row.slot.title:
        return line(when, row.slot.title, *[""] * (columns - 1))
    said = []
    for cell in row.cells:
        leader = f" ({cell.leader['name']})" if cell.leader else ""
        said.append(f"{cell.proposal.title}{leader}" if cell.proposal else "")
    return line(when, *said)


def line(*cells: str) -> str:
    return "| " + " | ".join(plain(cell) for cell in cells) + " |"


def rule(count: int) -> str:
    return "|" + " --- |" * count
