"""A Markdown text as plain blocks, for papers that are no pages: PDF, Word."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from markdown_it.token import Token

from core.kit.markdown import is_allowed, parsed

LONGEST_LINK = 2000  # characters; papers refuse what is much longer


class BlockKind(StrEnum):
    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    CODE = "code"
    RULE = "rule"
    TABLE = "table"


@dataclass(frozen=True)
class Run:
    """Words in one look. `link` is an address that a reader may open, or nothing."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""


@dataclass
class TextBlock:
    """`level` is the depth of a heading or of a list; `number` the place in a numbered list; a quote is said so."""

    kind: BlockKind
    runs: list[Run] = field(default_factory=list)
    level: int = 0
    number: int | None = None
    is_quote: bool = False
    rows: list[list[list[Run]]] = field(default_factory=list)  # of a table, the first one is its head


def blocks(text: str) -> list[TextBlock]:
    """In reading order. Pictures leave their words. Headings go down one step at a time and say something: papers for
    everybody (PDF/UA) are refused with a gap, and a screen reader finds its way by them."""
    return list(_in_steps(_Reader(parsed(text)).read()))


def _in_steps(found: Iterator[TextBlock]) -> Iterator[TextBlock]:
    above: list[int] = []  # the headings that are open, as they were written
    for block in found:
        if block.kind == BlockKind.HEADING:
            if not "".join(run.text for run in block.runs).strip():
                continue
            above = [level for level in above if level < block.level]
            above.append(block.level)
            block.level = len(above)
        yield block


class _Reader:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.lists: list[int | None] = []
        self.quotes = 0
        self.has_mark = True  # whether the item's first paragraph has come: the next ones go on with it
        self.heading = 0
        self.table: TextBlock | None = None

    def read(self) -> Iterator[TextBlock]:
        for token in self.tokens:
            match token.type:
                case "bullet_list_open":
                    self.lists.append(None)
                case "ordered_list_open":
                    self.lists.append(int(token.attrs.get("start", 1)) - 1)
                case "bullet_list_close" | "ordered_list_close":
                    self.lists.pop()
                case "list_item_open":
                    self.has_mark = False
                    last = self.lists[-1]
                    self.lists[-1] = None if last is None else last + 1
                case "blockquote_open":
                    self.quotes += 1
                case "blockquote_close":
                    self.quotes -= 1
                case "heading_open":
                    self.heading = int(token.tag[1])
                case "heading_close":
                    self.heading = 0
                case "table_open":
                    self.table = TextBlock(BlockKind.TABLE)
                case "tr_open" if self.table:
                    self.table.rows.append([])
                case "table_close" if self.table:
                    yield self.table
                    self.table = None
                case "fence" | "code_block":
                    yield TextBlock(BlockKind.CODE, [Run(token.content.rstrip("\n"), code=True)], len(self.lists))
                case "hr":
                    yield TextBlock(BlockKind.RULE)
                case "inline":
                    yield from self._words(list(_runs(token.children or [])))

    def _words(self, runs: list[Run]) -> Iterator[TextBlock]:
        if self.table:
            self.table.rows[-1].append(runs)
        elif self.heading:
            yield TextBlock(BlockKind.HEADING, runs, self.heading)
        elif self.lists and not self.has_mark:
            self.has_mark = True
            yield TextBlock(BlockKind.ITEM, runs, len(self.lists), self.lists[-1], bool(self.quotes))
        else:
            yield TextBlock(BlockKind.TEXT, runs, len(self.lists), is_quote=bool(self.quotes))


def _runs(tokens: list[Token]) -> Iterator[Run]:
    bold = italic = 0
    link = ""
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "link_open":
                address = str(token.attrs.get("href", ""))
                link = address if is_allowed(address) and len(address) <= LONGEST_LINK else ""
            case "link_close":
                link = ""
            case "softbreak" | "hardbreak":
                yield Run("\n")
            case _ if token.content:
                yield Run(token.content, bool(bold), bool(italic), token.type == "code_inline", link)
