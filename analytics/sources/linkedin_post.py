"""LinkedIn, the export of a single post (SinglePostAnalytics_*): labels in column A, figures in column B."""

from __future__ import annotations

from datetime import date

from core.sheets.cells import Row, Sheet, Unreadable, at, text_at
from core.sheets.days import Dates, decide, is_day_like
from core.sheets.values import is_nothing, normalised

from .demographics import read_shares
from .handover import LIFETIME, ParsedFile
from .labels import METRICS, language_of
from .linkedin_ids import clean_url, is_linkedin, minted_at, post_id
from .linkedin_profile import post_of
from .names import FileName
from .sheets import Figures, grouping

KIND = "linkedin_post"
TOP, LOOK_AT = 5, 60


def sheet_of(sheets: list[Sheet]) -> Sheet | None:
    """A LinkedIn address in B at the top, and at least three labels we know below it."""
    for sheet in sheets:
        known = {METRICS.get(normalised(at(sheet.rows, r, 0))) for r in range(min(LOOK_AT, len(sheet.rows)))} - {None}
        if address_of(sheet) and len(known) >= 3:
            return sheet
    return None


def address_of(sheet: Sheet) -> str:
    texts = (text_at(sheet.rows, row, 1) for row in range(min(TOP, len(sheet.rows))))
    return next((text for text in texts if is_linkedin(text)), "")


def read(sheets: list[Sheet], name: FileName, *, sheet: Sheet) -> ParsedFile:
    rows = sheet.rows
    labels = {normalised(at(rows, row, 0)) for row in range(min(LOOK_AT, len(rows)))}
    file = ParsedFile(KIND, owner_name=name.owner, locale=language_of(labels) or "en")
    address = address_of(sheet)
    number = post_id(address) or (("activity", name.post) if name.post else None)
    if number is None:
        raise Unreadable("post_address_missing", sheet=sheet.name)
    minted = minted_at(number[1])
    head = next((row for row in range(len(rows)) if is_table_head(rows, row)), len(rows))
    dated = [row for row in range(min(head, TOP + 1)) if is_day_like(at(rows, row, 1))]
    figures = Figures(file, dates_of(rows, dated, minted.date() if minted else None))
    figures.thousands = grouping([[row[1:2] for row in rows[:head]]])
    on = figures.day(sheet, dated[0], 1) if dated else None
    file.posts.append(post_of(clean_url(address), number, on))
    file.window_start = file.window_end = on
    first = max([row for row in range(min(head, TOP)) if is_linkedin(text_at(rows, row, 1))] + dated)
    for row in range(head):
        if metric := METRICS.get(normalised(at(rows, row, 0))):
            file.rows_seen += 1
            figures.add(sheet, row, 1, metric=metric, grain="lifetime", period=LIFETIME, post=0)
        elif row > first and holds_a_figure(rows, row):
            file.leave("row", f"{sheet.name}!{row + 1}", text_at(rows, row, 0), "unknown")
    read_shares(sheet, file, scope="post", first=head + 1, post=0)
    if file.demographics:
        file.leave("row", f"{sheet.name}!{head + 1}", text_at(rows, head - 1, 0) or text_at(rows, head, 0), "groups")
    for other in sheets:
        if other is not sheet and other.rows:
            file.leave("sheet", other.name, other.name, "unknown")
    return file


def holds_a_figure(rows: list[Row], row: int) -> bool:
    """A label and something beside it that is neither empty nor the time of day of the post."""
    value = at(rows, row, 1)
    return (
        bool(text_at(rows, row, 0))
        and not is_nothing(value)
        and any(c.isdigit() for c in str(value))
        and ":" not in str(value)
    )


def is_table_head(rows: list[Row], row: int) -> bool:
    """Where labels and figures end and the table of viewers begins: three texts, the last about percents."""
    return any(word in text_at(rows, row, 2).casefold() for word in ("%", "prozent", "percent", "anteil"))


def dates_of(rows: list[Row], dated: list[int], minted: date | None) -> Dates:
    """Without the time in the post's number "3/4/2026" could be either day."""
    if not dated:
        return Dates()
    cell = at(rows, dated[0], 1)
    return decide([cell], pairs=[(cell, minted)] if minted else [])
