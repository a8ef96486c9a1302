"""The handbook as a paper: its pages in reading order, and the decisions at the end."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from core.kit.papers import Paper, PaperSection
from core.kit.templatetags.ui import day
from programs.handbook import chapters
from programs.handbook.models import Decision, HandbookPage
from programs.membership.models import Program
from programs.membership.sender import logo_on_paper


def of(program: Program, pages: list[tuple[int, HandbookPage]], decisions: Iterable[Decision]) -> Paper:
    sections = [_section(program, depth, page) for depth, page in pages]
    decided = [(str(row.number), day(row.decided_on), str(row.text)) for row in decisions]
    if decided:
        header = [_("Number"), _("Decided on"), _("Decision")]
        sections.append(PaperSection(_("Decisions"), header=header, rows=decided))
    return Paper(
        title=_("Handbook %(program)s") % {"program": program.name},
        author=program.name,
        made=_("As of %(day)s") % {"day": day(timezone.localdate(), "long")},
        sections=sections,
        has_contents=True,
        logo=logo_on_paper(program),
    )


def _section(program: Program, depth: int, page: HandbookPage) -> PaperSection:
    found = chapters.table_of(program, page.chapter)
    header = [str(cell) for cell in found[1].header] if found else []
    rows = [[str(cell) for cell in row] for row in found[1].rows] if found else []
    return PaperSection(str(page.title), str(page.text), depth, header, rows)
