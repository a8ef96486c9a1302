"""LinkedIn, a person's own aggregate export (AggregateAnalytics_*, until 2026 Content_*), in any language.

Sheets are known by their shape, not by their names: LinkedIn translates names, labels and dates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from .base import CellValue, ParsedDemographic, ParsedFile, ParsedPost, Sheet, Unreadable
from .linkedin_ids import clean_url, is_linkedin, minted_at, post_id, post_key
from .names import FileName
from .sheets import ONE_LETTER, Figures, at, grouping, text_at
from .text import date_order, day, is_day_like, normalised, share

KIND = "linkedin_profile"
RANGE = re.compile(r"(\S+(?: [0-9]{1,2}, [0-9]{4})?)\s+[-–—]\s+(\S+(?: [0-9]{1,2}, [0-9]{4})?)")
DATE_IN_TEXT = re.compile(r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4}")
LANGUAGES = {"discovery": "en", "auffindbarkeit": "de", "scoperta": "it", "descoberta": "pt-br"}
IMPRESSIONS = frozenset({"impressions", "impressionen", "impressioni", "impressões", "impresiones"})
ONE_DAY = timedelta(days=1)


@dataclass(slots=True)
class Shape:
    discovery: Sheet | None = None
    daily: Sheet | None = None
    posts: Sheet | None = None
    followers: Sheet | None = None
    demographics: list[Sheet] | None = None


def shape_of(sheets: list[Sheet]) -> Shape | None:
    """The sheets of an aggregate export, or None when this is something else."""
    shape = Shape(demographics=[])
    for sheet in sheets:
        rows = sheet.rows
        if range_of(at(rows, 0, 1)) and shape.discovery is None:
            shape.discovery = sheet
        elif is_day_like(at(rows, 1, 0)) and text_at(rows, 0, 2) and not text_at(rows, 0, 3) and shape.daily is None:
            shape.daily = sheet
        elif text_at(rows, 2, 4) and not text_at(rows, 2, 3) and text_at(rows, 2, 0) and shape.posts is None:
            shape.posts = sheet
        elif DATE_IN_TEXT.search(text_at(rows, 0, 0)) and is_day_like(at(rows, 3, 0)) and shape.followers is None:
            shape.followers = sheet
        elif is_demographics(sheet) and shape.demographics is not None:
            shape.demographics.append(sheet)
    return shape if shape.discovery and shape.daily else None


def range_of(cell: CellValue) -> tuple[str, str] | None:
    match = RANGE.fullmatch(cell.strip()) if isinstance(cell, str) else None
    return (match[1], match[2]) if match and is_day_like(match[1]) and is_day_like(match[2]) else None


def is_demographics(sheet: Sheet) -> bool:
    """Category, value, share: a header of three texts, then lines that end in a share."""
    try:
        return bool(text_at(sheet.rows, 0, 2)) and len(sheet.rows) > 1 and share(at(sheet.rows, 1, 2))[0] is not None
    except ValueError:
        return False


def read(sheets: list[Sheet], name: FileName) -> ParsedFile:
    shape = shape_of(sheets)
    if shape is None or shape.discovery is None or shape.daily is None:
        raise Unreadable("layout_unknown")
    file = ParsedFile(KIND, owner_name=name.owner, locale=LANGUAGES.get(normalised(shape.discovery.name), ""))
    file.format_version = "numbers" if any(isinstance(r[1], int | float) for r in shape.daily.rows[1:3]) else "text"
    counted = [s for s in (shape.discovery, shape.daily, shape.posts, shape.followers) if s]
    figures = Figures(file, order=order_of(shape.daily, shape.posts, name), thousands=grouping(counted))
    period = read_discovery(shape.discovery, figures)
    if name.window not in (None, (file.window_start, file.window_end)):
        file.refuse(shape.discovery.name, 1, "B", "window_differs", text=text_at(shape.discovery.rows, 0, 1))
    read_daily(shape.daily, figures, ("impressions", "engagements"), first=1)
    if shape.followers:
        read_followers(shape.followers, figures)
    if shape.posts:
        read_posts(shape.posts, figures, period)
    for i, sheet in enumerate(shape.demographics or ()):
        read_demographics(sheet, file, scope=("audience", "content")[min(i, 1)])
    return file


def order_of(daily: Sheet, posts: Sheet | None, name: FileName) -> str:
    pairs: list[tuple[CellValue, date]] = []
    if posts:
        for row in range(3, len(posts.rows)):
            for first in (0, 4):
                found = post_id(text_at(posts.rows, row, first))
                when = minted_at(found[1]) if found else None
                if when:
                    pairs.append((at(posts.rows, row, first + 1), when.date()))
    series = [at(daily.rows, r, 0) for r in range(1, len(daily.rows))]
    return date_order(series, pairs=pairs, bounds=name.window)


def read_discovery(sheet: Sheet, figures: Figures) -> tuple[date, date]:
    """The window (its end exclusive) and two figures for the whole of it; people reached cannot be added up."""
    texts = range_of(at(sheet.rows, 0, 1))
    try:
        first, last = (day(t, figures.order) for t in texts or ("", ""))
    except ValueError:
        raise Unreadable("window_missing", sheet=sheet.name) from None
    if first is None or last is None or first > last:
        raise Unreadable("window_missing", sheet=sheet.name)
    figures.file.window_start, figures.file.window_end = first, last
    period = (first, last + ONE_DAY)
    for row, metric in ((1, "impressions"), (2, "members_reached")):
        if row < len(sheet.rows):
            figures.add(sheet, row, 1, metric=metric, grain="window", period=period)
            figures.file.rows_seen += 1
    return period


def read_daily(sheet: Sheet, figures: Figures, metrics: tuple[str, ...], *, first: int) -> None:
    """One line a day; corrections may make a day negative."""
    for row in range(first, len(sheet.rows)):
        when = figures.day(sheet, row, 0)
        if when is None:
            continue
        figures.file.rows_seen += 1
        for column, metric in enumerate(metrics, start=1):
            figures.add(sheet, row, column, metric=metric, grain="day", period=(when, when + ONE_DAY))


def read_followers(sheet: Sheet, figures: Figures) -> None:
    """The total on one day, then how many were new each day."""
    found = DATE_IN_TEXT.search(text_at(sheet.rows, 0, 0))
    try:
        on = day(found[0] if found else None, figures.order)
    except ValueError:
        on = None
    if on:
        figures.file.rows_seen += 1
        figures.add(sheet, 0, 1, metric="followers_total", grain="day", period=(on, on + ONE_DAY))
    read_daily(sheet, figures, ("followers_new",), first=3)


def read_posts(sheet: Sheet, figures: Figures, period: tuple[date, date]) -> None:
    """Two rankings side by side, up to 50 posts each.

    A post in only one of them has one figure; the other one is unknown, not zero.
    """
    file = figures.file
    metrics = ("engagements", "impressions")
    if normalised(at(sheet.rows, 2, 2)) in IMPRESSIONS:
        metrics = ("impressions", "engagements")
    places: dict[tuple[str, str], int] = {}
    for row in range(3, len(sheet.rows)):
        for first, metric in ((0, metrics[0]), (4, metrics[1])):
            url = text_at(sheet.rows, row, first)
            # Unused places may hold a number instead of being empty.
            if not url or url.isdigit():
                continue
            file.rows_seen += 1
            if not is_linkedin(url):
                file.refuse(sheet.name, row + 1, ONE_LETTER[first], "url_not_linkedin", text=url[:80])
                continue
            key = post_key(url)
            if key not in places:
                places[key] = len(file.posts)
                file.posts.append(post_of(url, key, figures.day(sheet, row, first + 1)))
            figures.add(sheet, row, first + 2, metric=metric, grain="window", period=period, post=places[key])


def post_of(url: str, key: tuple[str, str], on: date | None) -> ParsedPost:
    """The number tells the second; where the export names another day, the export is right about the day."""
    minted = minted_at(key[1]) if key[0] != "url" else None
    if minted and (on is None or abs((minted.date() - on).days) <= 1):
        return ParsedPost([key], clean_url(url), minted, "second")
    if on:
        return ParsedPost([key], clean_url(url), datetime.combine(on, time(12), UTC), "day")
    return ParsedPost([key], clean_url(url))


def read_demographics(sheet: Sheet, file: ParsedFile, *, scope: str, first: int = 1, post: int | None = None) -> None:
    for row in range(first, len(sheet.rows)):
        dimension, value = text_at(sheet.rows, row, 0), text_at(sheet.rows, row, 1)
        if not dimension or not value:
            continue
        file.rows_seen += 1
        try:
            part, qualifier = share(at(sheet.rows, row, 2))
        except ValueError as error:
            file.refuse(sheet.name, row + 1, "C", str(error), text=str(at(sheet.rows, row, 2))[:40])
            continue
        file.demographics.append(ParsedDemographic(scope, dimension, value, part, qualifier, None, post))
