"""The handbook on paper: a tagged PDF with bookmarks, and a Word document that others go on with."""

import io
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.kit import languages
from core.kit.markdown_blocks import BlockKind, Run, TextBlock, blocks
from core.kit.templatetags.ui import day
from core.kit.typeset import typeset
from programs.handbook import chapters
from programs.handbook.models import Decision, HandbookPage
from programs.membership.models import Program

HERE = Path(__file__).parent
DEEPEST_HEADING = 9  # of Word


@cache
def _template() -> bytes:
    return (HERE / "handbook.typ").read_bytes()


def as_pdf(program: Program, pages: list[tuple[int, HandbookPage]], decisions: Iterable[Decision]) -> bytes:
    return typeset(_template(), HERE, book=_contents(program, pages, decisions))


def _contents(program: Program, pages: list[tuple[int, HandbookPage]], decisions: Iterable[Decision]) -> dict[str, Any]:
    shown = []
    for depth, page in pages:
        header, rows = _own_part(program, page)
        texts = [asdict(block) for block in blocks(page.text)]
        shown.append({"title": str(page.title), "depth": depth, "blocks": texts, "header": header, "rows": rows})
    return {
        "language": languages.current(),
        "title": _("Handbook %(program)s") % {"program": program.name},
        "program": program.name,
        "made": _("As of %(day)s") % {"day": day(timezone.localdate(), "long")},
        "pages": shown,
        "decisions_title": _("Decisions"),
        "decisions_header": _decision_header(),
        "decisions": [_decision(row) for row in decisions],
    }


def _own_part(program: Program, page: HandbookPage) -> tuple[list[str], list[list[str]]]:
    found = chapters.table_of(program, page.chapter)
    if found is None:
        return [], []
    return [str(cell) for cell in found[1].header], [[str(cell) for cell in row] for row in found[1].rows]


def _decision_header() -> list[str]:
    return [_("Number"), _("Decided on"), _("Decision")]


def _decision(row: Decision) -> list[str]:
    return [str(row.number), day(row.decided_on), str(row.text)]


def as_docx(program: Program, pages: list[tuple[int, HandbookPage]], decisions: Iterable[Decision]) -> bytes:
    import docx  # noqa: PLC0415  # heavy, and only a download needs it

    paper = docx.Document()
    title = _("Handbook %(program)s") % {"program": program.name}
    paper.core_properties.title, paper.core_properties.author = title, program.company_name
    paper.add_heading(title, 0)
    for depth, page in pages:
        paper.add_heading(_clean(str(page.title)), depth)
        for block in blocks(page.text):
            _put(paper, block, depth)
        header, rows = _own_part(program, page)
        if rows:
            _table(paper, [header, *rows])
    decided = [_decision(row) for row in decisions]
    if decided:
        paper.add_heading(_("Decisions"), 1)
        _table(paper, [_decision_header(), *decided])
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


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
