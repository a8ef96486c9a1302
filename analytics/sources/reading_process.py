"""What the process that reads files does with an import: understand it, and write what it says. It has no Django."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from core.sheets.cells import Sheet, Unreadable

from . import (
    archives,
    day_sums,
    linkedin_company,
    linkedin_post,
    linkedin_profile,
    mapped_table,
    readings_table,
    records,
)
from .handover import MAX_SHOWN, ParsedFile, RefusedCell, Remark, Total, Unread
from .mapping import Mapping
from .names import read_name
from .networks import refuse_others
from .refused_rows import as_uploaded, book_as_uploaded, write_refused
from .rows import write_posts, write_rows
from .sheets import fingerprint

ROWS, POSTS, REFUSED = "rows", "posts", "refused"
MAX_REMARKS = 20


def read(
    path: str, kind: str, name: str, into: str, from_1904: bool = False, mapping: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Figures and posts go to two files in `into`; the answer is a summary."""
    rows, posts = Path(into) / ROWS, Path(into) / POSTS
    try:
        told = Mapping.from_json(mapping) if mapping is not None else None
        if kind == "archive":
            return {"file": to_json(archives.read(Path(path), rows, posts, name=name))}
        if kind == "csv":
            sheets, source = [], as_uploaded(Path(path))
            file = read_text(source, told, rows, posts, name=name)
        else:
            sheets, source = book_as_uploaded(Path(path)), Path(path)
            shown = [sheet for sheet in sheets if not sheet.is_hidden]
            file = (
                read_book(sheets, rows, posts, name=name, from_1904=from_1904)
                if told is None
                else mapped_table.read_sheets(shown, told, rows, posts)
            )
        if not file.kind.startswith("records_"):  # of those no row ever leaves this process
            write_refused(file, source, kind, Path(into) / REFUSED, [sheet for sheet in sheets if not sheet.is_hidden])
    except Unreadable as error:
        return {"refused": error.code, "params": error.params}
    return {"file": to_json(file)}


def read_text(path: Path, told: Mapping | None, rows: Path, posts: Path, *, name: str) -> ParsedFile:
    """As a person said, as a network writes it, or our own table."""
    if told is not None:
        return mapped_table.read_text(path, told, rows, posts)
    return (
        mapped_table.of_network(path, rows, posts, name=name)
        or records.read_text(path, rows, posts)
        or readings_table.read_text(path, rows, posts)
    )


def read_book(sheets: list[Sheet], rows: Path, posts: Path, *, name: str, from_1904: bool = False) -> ParsedFile:
    """The file's content, or Unreadable with the reason. Which source it is, its labels and its structure say."""
    shown = [sheet for sheet in sheets if not sheet.is_hidden]
    if not any(sheet.rows for sheet in shown):
        raise Unreadable("empty")
    file = understand(shown, name, from_1904)
    if file is None:
        file = mapped_table.of_network_sheets(shown, rows, posts, name=name)
        file = file or records.read_sheets(shown, rows, posts, from_1904=from_1904)
    elif not file.readings and not file.posts:
        raise Unreadable("empty")
    else:
        file.content_fingerprint = fingerprint(shown)
        file.totals = day_sums.of_readings(file.readings)
        file.repeats = write_rows(file, rows)
        with posts.open("w", encoding="utf-8", newline="") as target:
            write_posts(file.posts, target)
        file.rows_written, file.posts_written = len(file.readings) - file.repeats, len(file.posts)
    if file is None:
        refuse_others(row for sheet in shown for row in sheet.rows[: mapped_table.TITLES])
        file = readings_table.read_sheets(shown, rows, posts)
        if file is None:
            raise Unreadable("layout_unknown", sheets=", ".join(s.name for s in shown[:8])[:200])
    for sheet in sheets:
        if sheet.is_hidden:
            file.leave("sheet", sheet.name, sheet.name, "hidden")
    return file


def understand(sheets: list[Sheet], name: str, from_1904: bool = False) -> ParsedFile | None:
    """One of LinkedIn's exports, or None."""
    facts = read_name(name)
    if profile := linkedin_profile.shape_of(sheets, facts):
        return linkedin_profile.read(sheets, facts, shape=profile, from_1904=from_1904)
    if post := linkedin_post.sheet_of(sheets):
        return linkedin_post.read(sheets, facts, sheet=post)
    if company := linkedin_company.shape_of(sheets, facts):
        return linkedin_company.read(sheets, facts, shape=company, from_1904=from_1904)
    return None


def to_json(file: ParsedFile) -> dict[str, Any]:
    """Everything but the figures and posts, which are in their files."""
    return {
        "kind": file.kind,
        "format_version": file.format_version,
        "locale": file.locale,
        "owner_name": file.owner_name,
        "account_hint": file.account_hint,
        "exported_at": file.exported_at.isoformat() if file.exported_at else None,
        "exported_at_source": file.exported_at_source,
        "window": [d.isoformat() if d else None for d in (file.window_start, file.window_end)],
        "warnings": [asdict(each) for each in file.warnings[:MAX_REMARKS]],
        "refused": [asdict(each) for each in file.refused[:MAX_SHOWN]],
        "unread": [asdict(each) for each in file.unread],
        "totals": [asdict(each) for each in file.totals],
        "refused_count": file.refused_count,
        "unread_count": file.unread_count,
        "rows_seen": file.rows_seen,
        "rows_written": file.rows_written,
        "posts_written": file.posts_written,
        "accounts": file.accounts,
        "named_accounts": file.named_accounts,
        "listed": file.listed,
        "repeats": file.repeats,
        "content_fingerprint": file.content_fingerprint,
    }


def from_json(data: dict[str, Any]) -> ParsedFile:
    """The other end of `to_json`, in the process that asked."""
    first, last = (date.fromisoformat(d) if d else None for d in data.pop("window"))
    made = data.pop("exported_at")
    lists: dict[str, Iterable[Any]] = {
        "warnings": [Remark(**each) for each in data.pop("warnings")],
        "refused": [RefusedCell(**each) for each in data.pop("refused")],
        "unread": [Unread(**each) for each in data.pop("unread")],
        "totals": [Total(**each) for each in data.pop("totals")],
    }
    exported = datetime.fromisoformat(made) if made else None
    return ParsedFile(**data, **lists, window_start=first, window_end=last, exported_at=exported)  # type: ignore[arg-type]
