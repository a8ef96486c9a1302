"""Which source a workbook comes from: asked of its structure, because names can be changed and are translated."""

from __future__ import annotations

from . import linkedin_company, linkedin_post, linkedin_profile
from .base import ParsedFile, Sheet, Unreadable
from .names import read_name
from .sheets import fingerprint


def read_workbook(sheets: list[Sheet], *, name: str) -> ParsedFile:
    """The file's content, or Unreadable with the reason."""
    if not any(sheet.rows for sheet in sheets):
        raise Unreadable("empty")
    facts = read_name(name)
    if linkedin_profile.shape_of(sheets):
        file = linkedin_profile.read(sheets, facts)
    elif linkedin_post.is_post_export(sheets):
        file = linkedin_post.read(sheets, facts)
    elif linkedin_company.is_company_export(sheets):
        file = linkedin_company.read(sheets, facts)
    else:
        raise Unreadable("layout_unknown", sheets=", ".join(s.name for s in sheets[:8])[:200])
    if not file.readings and not file.posts:
        raise Unreadable("empty")
    file.content_fingerprint = fingerprint(sheets)
    return file
