"""A paper of sections, as a tagged PDF with bookmarks, or as a Word document that others go on with."""

import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from core.kit import languages
from core.kit.markdown_blocks import BlockKind, Run, TextBlock, blocks
from core.kit.typeset import typeset

HERE = Path(__file__).parent
DEEPEST_HEADING = 9  # of Word
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True)
class PaperSection:
    """A heading, a Markdown text and a table, each of which may be empty."""

    title: str
    text: str = ""
    depth: int = 1
    header: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True)
class Paper:
    title: str
    author: str
    made: str  # the line below the title
    sections: Sequence[PaperSection]
    has_contents: bool = False
    logo: Sequence[int] = ()  # a picture, byte by byte
    points: int = 10  # the size of the text: a page for the wall is larger


@cache
def _template() -> bytes:
    return (HERE / "paper.typ").read_bytes()


def as_pdf(paper: Paper) -> bytes:
    sections = [
        {
            "title": section.title,
            "depth": section.depth,
            "blocks": [asdict(block) for block in blocks(section.text)],
            "header": list(section.header),
            "rows": [list(row) for row in section.rows],
        }
        for section in paper.sections
    ]
    contents: dict[str, Any] = {
        "language": languages.current(),
        "title": paper.title,
        "author": paper.author,
        "made": paper.made,
        "has_contents": paper.has_contents,
        "points": paper.points,
        "logo": list(paper.logo),
        "sections": sections,
    }
    return typeset(_template(), HERE, timestamp=int(timezone.now().timestamp()), paper=contents)


def as_docx(paper: Paper) -> bytes:
    import docx  # heavy, and only a download needs it

    document = docx.Document()
    about = document.core_properties
    about.title, about.author = _clean(paper.title)[:255], _clean(paper.author)[:255]
    document.add_heading(_clean(paper.title), 0)
    document.add_paragraph(_clean(paper.made))
    for section in paper.sections:
        document.add_heading(_clean(section.title), section.depth)
        for block in blocks(section.text):
            _put(document, block, section.depth)
        if section.rows:
            _table(document, [list(section.header), *(list(row) for row in section.rows)])
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


WRITERS = {"pdf": as_pdf, "docx": as_docx}


def _put(paper: Any, block: TextBlock, depth: int) -> None:
    if block.kind == BlockKind.HEADING:
        _say(paper.add_heading(level=min(depth + block.level, DEEPEST_HEADING)), block.runs)
    elif block.kind == BlockKind.TABLE:
        _table(paper, [["".join(run.text for run in cell) for cell in row] for row in block.rows])
    elif block.kind == BlockKind.RULE:
        paper.add_paragraph("")
    else:
        _say(paper.add_paragraph(style=_style(block)), block.runs)


def _style(block: TextBlock) -> str | None:
    """A number of Word's own would go on from list to list: numbers are written, as they stand in the text."""
    if block.kind == BlockKind.ITEM and block.number is None:
        return "List Bullet" if block.level == 1 else "List Bullet 2"
    return "Quote" if block.is_quote else None


def _say(paragraph: Any, runs: list[Run]) -> None:
    for run in runs:
        words = f"{run.text} ({run.link})" if run.link and run.link != run.text else run.text
        said = paragraph.add_run(_clean(words))
        said.bold, said.italic = run.bold or None, run.italic or None
        if run.code:
            said.font.name = "Courier New"


def _table(paper: Any, rows: list[list[str]]) -> None:
    table = paper.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=False):
            cell.text = _clean(words)
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True


def _clean(text: str) -> str:
    """Without characters that XML has no place for."""
    return "".join(each for each in text if each in "\n\t" or each >= " ").replace("\ufffe", "").replace("\uffff", "")
