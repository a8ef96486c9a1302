"""LinkedIn, exports of a company page: content, followers and visitors (.xls).

Labels change between years and languages, so columns are found by normalised words and, where a
language is new to us, by their place.
"""

from __future__ import annotations

import re

from .base import LIFETIME, ParsedDemographic, ParsedFile, ParsedPost, ParsedReading, Sheet, Unreadable
from .linkedin_ids import is_linkedin, minted_at, post_key
from .linkedin_profile import ONE_DAY, post_of
from .names import FileName
from .sheets import ONE_LETTER, Figures, at, grouping, text_at
from .text import LARGEST, count, date_order, is_day_like, normalised

LABEL = re.compile(r"(.+?)\s*\(([^)]*)\)")
WORDS = {
    "impressions": "impressions",
    "impressões": "impressions",
    "unique impressions": "members_reached",
    "individuelle impressions": "members_reached",
    "clicks": "clicks",
    "klicks": "clicks",
    "cliques": "clicks",
    "reactions": "reactions",
    "likes": "reactions",
    "reaktionen": "reactions",
    "comments": "comments",
    "kommentare": "comments",
    "reposts": "reposts",
    "shares": "reposts",
    "direkt geteilte beiträge": "reposts",
    "geteilte inhalte": "reposts",
    "views": "video_views",
    "aufrufe": "video_views",
    "follows": "followers_gained",
    "follower": "followers_gained",
}
SEGMENT_WORDS = {
    "organic": "organic",
    "organisch": "organic",
    "organische updates": "organic",
    "orgânicas": "organic",
    "sponsored": "sponsored",
    "gesponsert": "sponsored",
    "sponsored updates": "sponsored",
    "patrocinadas": "sponsored",
    "total": "",
    "insgesamt": "",
    "desktop": "desktop",
    "mobile": "mobile",
    "mobil": "mobile",
}
GERMAN = frozenset({"datum", "klicks (insgesamt)", "titel des beitrags"})
#: Where the columns stand, for languages whose words we do not know.  Rates are recomputed, not stored.
CONTENT_PLACES = {
    1: ("impressions", "organic"),
    2: ("impressions", "sponsored"),
    3: ("impressions", ""),
    4: ("members_reached", "organic"),
    5: ("clicks", "organic"),
    6: ("clicks", "sponsored"),
    7: ("clicks", ""),
    8: ("reactions", "organic"),
    9: ("reactions", "sponsored"),
    10: ("reactions", ""),
    11: ("comments", "organic"),
    12: ("comments", "sponsored"),
    13: ("comments", ""),
    14: ("reposts", "organic"),
    15: ("reposts", "sponsored"),
    16: ("reposts", ""),
}
POST_PLACES = {
    9: "impressions",
    10: "video_views",
    12: "clicks",
    14: "reactions",
    15: "comments",
    16: "reposts",
    17: "followers_gained",
}
#: "Total followers" is what is new on the day, not how many there are.
FOLLOWER_PLACES = {
    1: ("followers_new", "sponsored"),
    2: ("followers_new", "organic"),
    3: ("followers_new", "auto_invited"),
    4: ("followers_new", ""),
}
#: The last six of 25 columns are the whole page; overview, life and jobs are parts of it.
VISITOR_PLACES = {
    19: ("page_views", "desktop"),
    20: ("page_views", "mobile"),
    21: ("page_views", ""),
    22: ("unique_visitors", "desktop"),
    23: ("unique_visitors", "mobile"),
    24: ("unique_visitors", ""),
}
PLACES = {20: CONTENT_PLACES, 5: FOLLOWER_PLACES, 25: VISITOR_PLACES}
KINDS = {20: "linkedin_company_content", 5: "linkedin_company_followers", 25: "linkedin_company_visitors"}


def header_of(sheet: Sheet) -> int | None:
    """The row above the first day: row 1, or row 2 below a line that describes the sheet."""
    return next((r for r in (0, 1) if text_at(sheet.rows, r, 1) and is_day_like(at(sheet.rows, r + 1, 0))), None)


def width_of(sheet: Sheet, row: int) -> int:
    return max((i + 1 for i, c in enumerate(sheet.rows[row]) if c not in ("", None)), default=0)


def daily_of(sheets: list[Sheet]) -> tuple[Sheet, int, int] | None:
    """The daily sheet, the row of its header, and the number of its columns."""
    for sheet in sheets:
        head = header_of(sheet)
        if head is not None and (width := width_of(sheet, head)) in PLACES:
            return sheet, head, width
    return None


def posts_of(sheets: list[Sheet]) -> tuple[Sheet, int] | None:
    """The sheet of posts: LinkedIn addresses in column B, below a header in row 1 or 2."""
    for sheet in sheets:
        for head in (0, 1):
            if text_at(sheet.rows, head, 9) and is_linkedin(text_at(sheet.rows, head + 1, 1)):
                return sheet, head
    return None


def is_company_export(sheets: list[Sheet]) -> bool:
    return daily_of(sheets) is not None


def read(sheets: list[Sheet], name: FileName) -> ParsedFile:
    daily = daily_of(sheets)
    if daily is None:
        raise Unreadable("layout_unknown")
    sheet, head, width = daily
    labels = [normalised(c) for c in sheet.rows[head]]
    file = ParsedFile(
        KINDS[width],
        format_version="shares" if any(w.startswith("shares") for w in labels) else "",
        locale="de" if GERMAN & set(labels) else "en" if labels[0] == "date" else "",
        account_hint=name.account,
        exported_at=name.exported_at,
        exported_at_source="file_name" if name.exported_at else "upload",
    )
    posts = posts_of(sheets) if width == 20 else None
    figures = Figures(file, order=date_order([at(sheet.rows, r, 0) for r in range(head + 1, len(sheet.rows))]))
    figures.thousands = grouping([Sheet(s.name, [r[1:] for r in s.rows[h + 1 :]]) for s, h in [(sheet, head)]])
    read_days(sheet, head, columns_of(labels, width), figures)
    if posts:
        read_post_list(*posts, figures)
    if width != 20:
        for other in sheets:
            if other is not sheet:
                read_groups(other, file, scope=KINDS[width].removeprefix("linkedin_company_"))
    return file


def columns_of(labels: list[str], width: int) -> dict[int, tuple[str, str]]:
    """Which column holds which metric and segment."""
    if width != 20:
        return PLACES[width]
    found: dict[int, tuple[str, str]] = {}
    for column, label in enumerate(labels):
        if (match := LABEL.fullmatch(label)) and (metric := WORDS.get(match[1])):
            segment = SEGMENT_WORDS.get(match[2])
            if segment is not None:
                if (metric, segment) in found.values():
                    raise Unreadable("columns_double", name=label)
                found[column] = (metric, segment)
    # A language we do not know keeps the order of the columns.
    return found if len(found) >= 8 else CONTENT_PLACES


def read_days(sheet: Sheet, head: int, columns: dict[int, tuple[str, str]], figures: Figures) -> None:
    file, keep = figures.file, figures.file.readings.append
    places = [(column, *what, f"{sheet.name}!{ONE_LETTER[column]}") for column, what in columns.items()]
    for row in range(head + 1, len(sheet.rows)):
        when = figures.day(sheet, row, 0)
        if when is None:
            continue
        file.rows_seen += 1
        period = (when, when + ONE_DAY)
        file.window_start = min(file.window_start or when, when)
        file.window_end = max(file.window_end or when, when)
        cells, end, number = sheet.rows[row], period[1], str(row + 1)
        width = len(cells)
        for column, metric, segment, where in places:
            cell = cells[column] if column < width else None
            if cell.__class__ is int and -LARGEST < cell < LARGEST:
                # Nearly every cell is a plain number; thousands of them need no second look.
                keep(ParsedReading(None, metric, "day", when, end, segment, cell, where + number))
            else:
                figures.add(sheet, row, column, metric=metric, grain="day", period=period, segment=segment)


def read_post_list(sheet: Sheet, head: int, figures: Figures) -> None:
    """One line a post.  The time in the post's number is when it appeared; "created" can be days earlier."""
    file = figures.file
    labels = [normalised(c) for c in sheet.rows[head]]
    known = {c: WORDS[w] for c, w in enumerate(labels) if c >= 9 and w in WORDS}
    columns = known if len(known) >= 5 else POST_PLACES
    places: dict[tuple[str, str], int] = {}
    for row in range(head + 1, len(sheet.rows)):
        url = text_at(sheet.rows, row, 1)
        if not url and not text_at(sheet.rows, row, 0):
            continue
        file.rows_seen += 1
        if not is_linkedin(url):
            file.refuse(sheet.name, row + 1, ONE_LETTER[1], "url_not_linkedin", text=url[:80])
            continue
        key = post_key(url)
        if key in places:
            file.refuse(sheet.name, row + 1, ONE_LETTER[1], "post_twice", text=url[:120])
            continue
        places[key] = len(file.posts)
        file.posts.append(company_post(sheet, row, url, key, figures))
        for column, metric in columns.items():
            figures.add(sheet, row, column, metric=metric, grain="lifetime", period=LIFETIME, post=places[key])


def company_post(sheet: Sheet, row: int, url: str, key: tuple[str, str], figures: Figures) -> ParsedPost:
    created = figures.day(sheet, row, 5)
    minted = minted_at(key[1]) if key[0] != "url" else None
    post = post_of(url, key, minted.date() if minted else created)
    post.created_on = created
    post.title = figures.words(sheet, row, 0) or None
    post.kind = (text_at(sheet.rows, row, 19) or text_at(sheet.rows, row, 2)).casefold()[:20]
    return post


def read_groups(sheet: Sheet, file: ParsedFile, *, scope: str) -> None:
    """Where followers or visitors come from: a name and a number, no dates."""
    if width_of(sheet, 0) != 2 if sheet.rows else True:
        return
    dimension = text_at(sheet.rows, 0, 0)
    for row in range(1, len(sheet.rows)):
        # Company sizes such as "11-50" are names here even where a program made a date of them.
        value = at(sheet.rows, row, 0)
        if value in ("", None):
            continue
        file.rows_seen += 1
        try:
            people = count(at(sheet.rows, row, 1))
        except ValueError as error:
            file.refuse(sheet.name, row + 1, "B", str(error), text=str(at(sheet.rows, row, 1))[:40])
            continue
        file.demographics.append(ParsedDemographic(scope, dimension, str(value), None, "=", people))
