"""What a report is put together from: its blocks in an order, and the ready orders one starts from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Block(TextChoices):
    SUMMARY = "summary", _("Three sentences")
    INPUTS = "inputs", _("People and time")
    COST = "cost", _("Cost")
    GOALS = "goals", _("Goals against target")
    FIVE = "five", _("Five figures and their targets")
    DUEL = "duel", _("People against the company account")
    REACH = "reach", _("Reach")
    KINDS = "kinds", _("Kinds of posts")
    GENERATIONS = "generations", _("Generations beside each other")
    BEFORE = "before", _("The quarter and the year before")
    QUARTER = "quarter", _("The quarter summed up")
    FORUM = "forum", _("How the community is doing")
    VOICE = "voice", _("Share of voice")
    OBJECTIVES = "objectives", _("Objectives of the quarter")
    AIMS = "aims", _("Strategy map")
    TOLD = "told", _("Told successes")
    NOTES = "notes", _("Notes")
    NEXT = "next", _("What happens next")
    DECISION = "decision", _("Decision")
    DEFINITIONS = "definitions", _("Definitions")


ABOUT = {
    Block.SUMMARY: _("Written from the figures."),
    Block.INPUTS: _("How many people take part, and their time."),
    Block.COST: _("Two sums from the charter's budget, planned and spent. Its lines stay in the charter."),
    Block.GOALS: _("The program's goals with the figures you chose for them."),
    Block.FIVE: _("Activity, impressions, interactions, comparison and value."),
    Block.DUEL: _("A chart of six months."),
    Block.REACH: _("Impressions per month, a chart of six months."),
    Block.KINDS: _("The share of posts with value, a chart of six months."),
    Block.GENERATIONS: _("Five figures for each generation."),
    Block.BEFORE: _("The five figures three and twelve months before."),
    Block.QUARTER: _("The published months of the quarter in one number each, where they can be added."),
    Block.FORUM: _(
        "How many of the participants start topics or answer in the forum, in ranges, as its hosts read it on that day."
    ),
    Block.VOICE: _("How much of what others publish is about your own company, a chart of six months."),
    Block.OBJECTIVES: _("How far each key result is, by published figures or as the team told."),
    Block.AIMS: _("The aims, their figures, and what leads to what."),
    Block.TOLD: _("In the words of participants who allowed it. Withdrawn ones disappear from this report too."),
    Block.NOTES: _("What you write in the field for notes."),
    Block.NEXT: _("The next dates from the timeline."),
    Block.DECISION: _("Always shown when you ask for one."),
    Block.DEFINITIONS: _("How each figure is calculated. The last page says it in any case."),
}

STANDARD: tuple[str, ...] = (
    Block.SUMMARY, Block.INPUTS, Block.COST, Block.GOALS, Block.FIVE, Block.DUEL, Block.REACH, Block.OBJECTIVES,
    Block.TOLD, Block.BEFORE, Block.NOTES, Block.NEXT, Block.DECISION,
)  # fmt: skip


@dataclass(frozen=True)
class Ready:
    """A template: one of the product's, or one somebody saved."""

    key: str
    name: str | Promise
    about: str | Promise
    blocks: tuple[str, ...]

    @property
    def in_words(self) -> str:
        return ", ".join(str(Block(each).label) for each in self.blocks)


READY = (
    Ready("monthly", _("Monthly report"), _("What the program brings, and the decision you need."), STANDARD),
    Ready(
        "quarterly",
        _("Quarterly report"),
        _("For the last month of a quarter: its months summed up, and the times before."),
        (
            Block.SUMMARY, Block.QUARTER, Block.FIVE, Block.BEFORE, Block.OBJECTIVES, Block.DUEL, Block.REACH,
            Block.KINDS, Block.GENERATIONS, Block.INPUTS, Block.COST, Block.GOALS, Block.AIMS, Block.TOLD,
            Block.NOTES, Block.NEXT, Block.DECISION,
        ),
    ),
    Ready(
        "generation",
        _("End of a generation"),
        _("What a generation leaves behind, beside the others."),
        (
            Block.SUMMARY, Block.GENERATIONS, Block.DUEL, Block.KINDS, Block.INPUTS, Block.GOALS, Block.TOLD,
            Block.NOTES, Block.NEXT, Block.DECISION,
        ),
    ),
    Ready(
        "council",
        _("Annex for the works council"),
        _("How the figures are calculated, and what is hidden."),
        (Block.DEFINITIONS, Block.INPUTS, Block.FIVE, Block.GENERATIONS, Block.NOTES),
    ),
    Ready(
        "one_pager",
        _("One-pager"),
        _("Three sentences, five figures, one chart."),
        (Block.SUMMARY, Block.FIVE, Block.DUEL, Block.DECISION),
    ),
)  # fmt: skip

TOGETHER = {
    Block.INPUTS: "inout", Block.COST: "inout", Block.GOALS: "inout",
    Block.DUEL: "charts", Block.REACH: "charts", Block.KINDS: "charts",
    Block.FORUM: "charts", Block.VOICE: "charts",
    Block.NEXT: "last", Block.DECISION: "last",
}  # fmt: skip


@dataclass
class BlockRow:
    """Blocks that stand beside each other where there is room."""

    kind: str
    blocks: list[str]
    charts: list[Any] = field(default_factory=list)  # what stands in it, once a report is read
    inputs: list[Any] = field(default_factory=list)

    @property
    def noted(self) -> list[str]:
        """What the numbers above its charts stand for, each once."""
        return list(dict.fromkeys(text for chart in self.charts for text in chart.marked))


def rows_of(blocks: Iterable[str]) -> list[BlockRow]:
    """What follows each other and belongs together shares a row; goals stand right of what goes in, never left."""
    found: list[BlockRow] = []
    for block in blocks:
        kind = TOGETHER.get(Block(block), str(block))
        turned = kind == "inout" and block != Block.GOALS and found and Block.GOALS in found[-1].blocks
        if found and found[-1].kind == kind and not turned:
            found[-1].blocks.append(block)
        else:
            found.append(BlockRow(kind, [block]))
    return found


def known_blocks(blocks: Sequence[str]) -> list[str]:
    """Each once, in their order; what a later version of the product no longer knows is left out."""
    return [each for each in dict.fromkeys(blocks) if each in Block.values]


def rearranged(sent: Any, templates: Iterable[Ready]) -> Any:
    """What was sent, with the blocks of the template that was pressed, or with one block moved up or down."""
    blocks = known_blocks(sent.getlist("blocks"))
    if pressed := next((each for each in templates if each.key == sent.get("template")), None):
        blocks = list(pressed.blocks)
    way, _colon, name = sent.get("move", "").partition(":")
    if name in blocks:
        at = blocks.index(name)
        to = max(0, at - 1) if way == "up" else at + 1
        blocks.insert(to, blocks.pop(at))
    data = sent.copy()
    data.setlist("blocks", blocks)
    return data
