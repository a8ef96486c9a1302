"""LinkedIn, the export of a single post (SinglePostAnalytics_*): labels in column A, figures in column B."""

from __future__ import annotations

from datetime import date

from .base import LIFETIME, CellValue, ParsedFile, Sheet, Unreadable
from .linkedin_ids import clean_url, is_linkedin, minted_at, post_id
from .linkedin_profile import post_of, read_demographics
from .names import FileName
from .sheets import Figures, at, grouping, text_at
from .text import date_order, is_day_like, normalised

KIND = "linkedin_post"
LABELS = {
    "impressions": "impressions",
    "members reached": "members_reached",
    "erreichte mitglieder": "members_reached",
    "profile viewers from this post": "profile_viewers",
    "mit diesem beitrag generierte profilansichten": "profile_viewers",
    "followers gained from this post": "followers_gained",
    "mit diesem beitrag gewonnene follower:innen": "followers_gained",
    "mit diesem beitrag gewonnene follower innen": "followers_gained",
    "social engagements": "engagements",
    "soziale interaktionen": "engagements",
    "reactions": "reactions",
    "reaktionen": "reactions",
    "comments": "comments",
    "kommentare": "comments",
    "reposts": "reposts",
    "direkt geteilte beiträge": "reposts",
    "saves": "saves",
    "gespeicherte beiträge": "saves",
    "sends on linkedin": "sends",
    "auf linkedin gesendet": "sends",
    "link engagements": "link_clicks",
    "interaktionen mit links": "link_clicks",
    "link-interaktionen": "link_clicks",
}
GERMAN = frozenset({"erreichte mitglieder", "soziale interaktionen", "reaktionen", "kommentare"})


def is_post_export(sheets: list[Sheet]) -> bool:
    """A LinkedIn address in B at the top, and at least three labels we know below it."""
    rows = sheets[0].rows if sheets else []
    address = any(is_linkedin(text_at(rows, r, 1)) for r in range(min(5, len(rows))))
    return address and sum(normalised(at(rows, r, 0)) in LABELS for r in range(min(60, len(rows)))) >= 3


def read(sheets: list[Sheet], name: FileName) -> ParsedFile:
    sheet = sheets[0]
    rows = sheet.rows
    file = ParsedFile(KIND, owner_name=name.owner, locale="en")
    address = next((text_at(rows, r, 1) for r in range(min(5, len(rows))) if is_linkedin(text_at(rows, r, 1))), "")
    number = post_id(address) or (("activity", name.post) if name.post else None)
    if number is None:
        raise Unreadable("post_address_missing", sheet=sheet.name)
    minted = minted_at(number[1])
    head = next((r for r in range(len(rows)) if is_table_head(rows, r)), len(rows))
    dates = [(r, rows[r][1]) for r in range(min(head, 6)) if len(rows[r]) > 1 and is_day_like(rows[r][1])]
    figures = Figures(file, order=order_of(dates[0][1], minted.date() if minted else None) if dates else "mdy")
    figures.thousands = grouping([Sheet(sheet.name, [r[1:2] for r in rows[:head]])])
    on = figures.day(sheet, dates[0][0], 1) if dates else None
    file.posts.append(post_of(clean_url(address), number, on))
    file.window_start = file.window_end = on
    for row in range(head):
        label = normalised(at(rows, row, 0))
        if label in GERMAN:
            file.locale = "de"
        if metric := LABELS.get(label):
            file.rows_seen += 1
            figures.add(sheet, row, 1, metric=metric, grain="lifetime", period=LIFETIME, post=0)
    read_demographics(sheet, file, scope="post", first=head + 1, post=0)
    return file


def is_table_head(rows: list[list[CellValue]], row: int) -> bool:
    """Where labels and figures end and the table of viewers begins: three texts, the last about percents."""
    return text_at(rows, row, 2) != "" and any(s in text_at(rows, row, 2) for s in ("%", "Prozent", "Percent"))


def order_of(cell: CellValue, minted: date | None) -> str:
    """Without the time in the post's number "3/4/2026" could be either day."""
    return date_order([cell], pairs=[(cell, minted)] if minted else [])
