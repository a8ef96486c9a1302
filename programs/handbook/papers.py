"""The handbook as a paper: its pages in reading order, and the decisions at the end."""

import re
from collections.abc import Iterable, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from core.attachments.models import Attachment
from core.kit.papers import Paper, PaperSection
from core.kit.templatetags.ui import day
from programs.handbook import chapters
from programs.handbook.models import Decision, HandbookPage
from programs.membership.models import Program
from programs.membership.sender import logo_on_paper

SIGNS = re.compile(r"[\\`*_\[\]<>#|~!&]")


def of(
    program: Program,
    pages: list[tuple[int, HandbookPage]],
    decisions: Iterable[Decision],
    files: Mapping[int, list[Attachment]],
) -> Paper:
    """A paper holds no files: they are named below their page."""
    sections = [_section(program, depth, page, files.get(page.pk, [])) for depth, page in pages]
    decided = [(str(row.number), day(row.decided_on), str(row.text)) for row in decisions]
    if decided:
        header = [_("No."), _("Decided on"), _("Decision")]
        sections.append(PaperSection(_("Decisions"), header=header, rows=decided))
    return Paper(
        title=_("Handbook %(program)s") % {"program": program.name},
        author=program.name,
        made=_("As of %(day)s") % {"day": day(timezone.localdate(), "long")},
        sections=sections,
        has_contents=True,
        logo=logo_on_paper(program),
    )


def named(files: Iterable[Attachment]) -> str:
    """Their names below a text, as they are: no sign in them means anything to Markdown."""
    names = ", ".join(SIGNS.sub(r"\\\g<0>", file.name) for file in files)
    return _("Files: %(names)s") % {"names": names} if names else ""


def _section(program: Program, depth: int, page: HandbookPage, files: list[Attachment]) -> PaperSection:
    found = chapters.table_of(program, page.chapter)
    header = [str(cell) for cell in found[1].header] if found else []
    rows = [[str(cell) for cell in row] for row in found[1].rows] if found else []
    text = "\n\n".join(filter(None, (str(page.text), named(files))))
    return PaperSection(str(page.title), text, depth, header, rows)
