"""LinkedIn, a person's own aggregate export (AggregateAnalytics_*, until 2026 Content_*), in any language.

Sheets are found by their shape, because LinkedIn translates their names; what a column or row is, its label says. In a
language that is not known to us the place says it, but only where something else proves that the file is LinkedIn's:
its name, or addresses of LinkedIn in its list of posts. A table of days and two numbers is many things.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from core.sheets.cells import ONE_LETTER, CellValue, Sheet, Unreadable, at, text_at
from core.sheets.days import ORDERS, Dates, decide, is_day_like
from core.sheets.values import is_nothing, normalised

from .demographics import is_shares, read_shares
from .handover import ONE_DAY, ParsedFile, ParsedPost
from .labels import COMPUTED, METRICS, language_of
from .linkedin_ids import clean_url, is_linkedin, minted_at, post_id, post_key
from .names import FileName
from .sheets import Figures, day_table, days_of, each_day, grouping, labels_of, leave_columns

KIND = "linkedin_profile"
RANGE = re.compile(r"(.{6,24}?)\s+[-–—]\s+(.{6,24})")
DATE_IN_TEXT = re.compile(r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4}")
DAILY = ("impressions", "engagements")
WINDOW = ("impressions", "members_reached")


@dataclass(slots=True)
class Ranking:
    """One of the two lists of posts side by side: where its addresses stand, and what its numbers are."""

    column: int
    metric: str


@dataclass(slots=True)
class ProfileShape:
    """The sheets of an aggregate export, as far as they are there."""

    discovery: Sheet | None = None
    daily: tuple[Sheet, int] | None = None
    posts: tuple[Sheet, int] | None = None
    followers: tuple[Sheet, int] | None = None
    demographics: list[Sheet] = field(default_factory=list)
    others: list[Sheet] = field(default_factory=list)
    is_proven: bool = False  # by something else than its labels


def shape_of(sheets: list[Sheet], name: FileName) -> ProfileShape | None:
    """The sheets of an aggregate export, or None when this is something else."""
    shape = ProfileShape()
    days: list[tuple[Sheet, int]] = []
    for sheet in sheets:
        head = day_table(sheet)
        columns = sum(map(bool, labels_of(sheet.rows, head))) if head is not None else 0
        if shape.discovery is None and range_of(sheet):
            shape.discovery = sheet
        elif head is not None and columns == 2 and shape.followers is None and _says_a_day(sheet, head):
            shape.followers = sheet, head
        elif head is not None and columns > 2:
            days.append((sheet, head))
        elif shape.posts is None and (ranked := head_of_posts(sheet)) is not None:
            shape.posts = sheet, ranked
        elif is_shares(sheet):
            shape.demographics.append(sheet)
        else:
            shape.others.append(sheet)
    # People keep last year's sheet beside the new one: the one counts that lies in the period the file names.
    shape.daily = next((table for table in days if lies_in_period(*table, shape, name)), days[0] if days else None)
    shape.others += [sheet for sheet, head in days if (sheet, head) != shape.daily]
    is_named = name.window is not None
    shape.is_proven = is_named or bool(shape.posts and shape.discovery and lists_linkedin(*shape.posts))
    parts = sum(part is not None for part in (shape.discovery, shape.daily, shape.posts, shape.followers))
    if parts < 2 and not (is_named and parts):
        return None
    return shape if shape.is_proven or _says_impressions(shape) else None


def lies_in_period(sheet: Sheet, head: int, shape: ProfileShape, name: FileName) -> bool:
    """Whether all days lie between the first and the last that the summary names, else the file's name."""
    found = range_of(shape.discovery) if shape.discovery else None
    for order in ORDERS:
        dates = Dates(order)
        window = (_day(dates, found[0]), _day(dates, found[1])) if found else name.window or (None, None)
        first, last = window
        days = (_day(dates, cell) for cell in each_day(sheet, head))
        if all(first and last and day and first <= day <= last for day in days):
            return True
    return False


def _says_impressions(shape: ProfileShape) -> bool:
    """Both labels of the daily sheet are known, or one there and one in the summary."""
    daily = {METRICS.get(label) for label in labels_of(*_rows(shape.daily))} if shape.daily else set()
    summary = {METRICS.get(normalised(row[0])) for row in shape.discovery.rows if row} if shape.discovery else set()
    return "impressions" in daily and ("engagements" in daily or bool(summary & set(WINDOW)))


def _rows(table: tuple[Sheet, int]) -> tuple[list[list[CellValue]], int]:
    return table[0].rows, table[1]


def range_of(sheet: Sheet) -> tuple[str, str, int] | None:
    """First and last day as a line at the top says them, and its row."""
    for row in range(min(4, len(sheet.rows))):
        for column in (1, 0, 2):
            match = RANGE.fullmatch(text_at(sheet.rows, row, column))
            if match and is_day_like(match[1]) and is_day_like(match[2]):
                return match[1], match[2], row
    return None


def _says_a_day(sheet: Sheet, head: int) -> bool:
    """Above the followers of each day stands how many there were on one day."""
    return any(DATE_IN_TEXT.search(text_at(sheet.rows, row, 0)) for row in range(head))


def head_of_posts(sheet: Sheet) -> int | None:
    """The row of labels of two lists side by side: the same labels twice. One list, or both, may be empty."""
    for row in range(min(8, len(sheet.rows))):
        labels = labels_of(sheet.rows, row)
        if any(label and label in labels[column + 3 :] for column, label in enumerate(labels[:4])):
            return row
        if any(is_linkedin(text_at(sheet.rows, row, column)) for column in range(len(labels[:8]))):
            return row - 1 if row and sum(map(bool, labels_of(sheet.rows, row - 1))) > 2 else None
    return None


def lists_linkedin(sheet: Sheet, head: int) -> bool:
    rows = sheet.rows[head + 1 :]
    return any(is_linkedin(cell.strip()) for row in rows for cell in row if isinstance(cell, str))


def read(sheets: list[Sheet], name: FileName, *, shape: ProfileShape, from_1904: bool = False) -> ParsedFile:
    said = {label for sheet in sheets for row in sheet.rows[:4] for label in map(normalised, row[:3]) if label}
    language = language_of({normalised(sheet.name) for sheet in sheets} | said)
    file = ParsedFile(KIND, owner_name=name.owner, locale=language)
    if shape.daily:
        sheet, head = shape.daily
        numeric = any(isinstance(at(sheet.rows, head + 1, column), int | float) for column in (1, 2))
        file.format_version = "numbers" if numeric else "text"
    tables = [part[0] for part in (shape.daily, shape.posts, shape.followers) if part]
    counted = [*tables, *([shape.discovery] if shape.discovery else [])]
    figures = Figures(file, dates_of(shape, name, from_1904), thousands=grouping(sheet.rows for sheet in counted))
    period = read_discovery(shape, figures, name)
    if shape.daily:
        read_daily(*shape.daily, figures, by_place=shape.is_proven)
    if shape.followers:
        read_followers(*shape.followers, figures)
    if shape.posts:
        read_posts(*shape.posts, figures, period, rankings_of(*shape.posts, shape))
    for i, sheet in enumerate(shape.demographics):
        read_shares(sheet, file, scope=("audience", "content")[min(i, 1)])
        file.leave("sheet", sheet.name, sheet.name, "groups")
    for sheet in shape.others:
        file.leave("sheet", sheet.name, sheet.name, "unknown")
    compare_sum(shape, file)
    return file


def dates_of(shape: ProfileShape, name: FileName, from_1904: bool) -> Dates:
    pairs: list[tuple[CellValue, date]] = []
    if shape.posts:
        sheet, head = shape.posts
        for row in range(head + 1, len(sheet.rows)):
            for column in range(len(sheet.rows[row]) - 1):
                found = post_id(text_at(sheet.rows, row, column))
                when = minted_at(found[1]) if found else None
                if when:
                    pairs.append((at(sheet.rows, row, column + 1), when.date()))
    table = shape.daily or shape.followers
    series = days_of(*table) if table else []
    window = range_of(shape.discovery) if shape.discovery else None
    if not series and window:
        series = list(window[:2])
    return decide(series, pairs=pairs, bounds=name.window, within=window and window[:2], from_1904=from_1904)


def read_discovery(shape: ProfileShape, figures: Figures, name: FileName) -> tuple[date, date] | None:
    """The window (its end exclusive) and two figures for the whole of it; people reached cannot be added up."""
    file, sheet = figures.file, shape.discovery
    found = range_of(sheet) if sheet else None
    if sheet is None or found is None:
        file.remark("summary_missing")
        file.window_start, file.window_end = name.window or (None, None)
        if name.window is None:
            return None
    else:
        start, end = (_day(figures.dates, text) for text in found[:2])
        if start is None or end is None or start > end:
            raise Unreadable("window_missing", sheet=sheet.name)
        file.window_start, file.window_end = start, end
        if name.window not in (None, (start, end)):
            file.remark("window_differs", text=text_at(sheet.rows, found[2], 1)[:40])
    first, last = file.window_start or date.min, file.window_end or date.min
    figures.bounds, period = (first, last), (first, last + ONE_DAY)
    if sheet and found:
        read_summary(sheet, found[2] + 1, figures, period, by_place=shape.is_proven)
    return period


def read_summary(sheet: Sheet, first: int, figures: Figures, period: tuple[date, date], *, by_place: bool) -> None:
    rows = [row for row in range(first, len(sheet.rows)) if not is_nothing(at(sheet.rows, row, 1))]
    metrics = {row: METRICS.get(normalised(at(sheet.rows, row, 0))) for row in rows}
    if by_place and len(rows) == len(WINDOW):  # of a language we know in part, what we know stands where it belongs
        placed: dict[int, str | None] = dict(zip(rows, WINDOW, strict=True))
        metrics = placed if all(metrics[row] in (None, placed[row]) for row in rows) else metrics
    for row, metric in metrics.items():
        if metric in WINDOW:
            figures.file.rows_seen += 1
            figures.add(sheet, row, 1, metric=metric, grain="window", period=period)
        else:
            figures.file.leave("row", f"{sheet.name}!{row + 1}", str(at(sheet.rows, row, 0)), "unknown")


def read_daily(sheet: Sheet, head: int, figures: Figures, *, by_place: bool) -> None:
    """One line a day; corrections may make a day negative."""
    labels = labels_of(sheet.rows, head)
    columns = {c: m for c, label in enumerate(labels) if (m := METRICS.get(label)) in DAILY}
    placed = dict(enumerate(DAILY, start=1))
    is_whole = sum(map(bool, labels)) == len(DAILY) + 1 and columns.items() <= placed.items()
    if by_place and (is_whole or not columns):
        columns = placed
    read_days(sheet, head, columns, figures)


def read_days(sheet: Sheet, head: int, columns: dict[int, str], figures: Figures) -> None:
    for row in range(head + 1, len(sheet.rows)):
        when = figures.day_of_row(sheet, row)
        if when is None:
            continue
        file = figures.file
        file.rows_seen += 1
        if figures.bounds is None:
            file.window_start, file.window_end = (
                min(file.window_start or when, when),
                max(file.window_end or when, when),
            )
        for column, metric in columns.items():
            figures.add(sheet, row, column, metric=metric, grain="day", period=(when, when + ONE_DAY))
    computed = {c: "computed" for c, label in enumerate(labels_of(sheet.rows, head)) if COMPUTED.search(label)}
    leave_columns(figures.file, sheet, head, [0, *columns], computed)


def read_followers(sheet: Sheet, head: int, figures: Figures) -> None:
    """The total on one day, then how many were new each day."""
    titles = [(row, DATE_IN_TEXT.search(text_at(sheet.rows, row, 0))) for row in range(head)]
    row, found = next((row, found) for row, found in titles if found)
    on = _day(figures.dates, found[0]) if found else None
    total = next((r for r in range(row, head) if not is_nothing(at(sheet.rows, r, 1))), row)
    if on and figures.bounds and not figures.bounds[0] <= on <= figures.bounds[1] + ONE_DAY:
        figures.refuse(sheet, row, 0, "day_outside")
    elif on:
        figures.file.rows_seen += 1
        figures.add(sheet, total, 1, metric="followers_total", grain="day", period=(on, on + ONE_DAY))
    read_days(sheet, head, {1: "followers_new"}, figures)


def _day(dates: Dates, cell: CellValue) -> date | None:
    try:
        return dates.day(cell)
    except ValueError:
        return None


def read_posts(
    sheet: Sheet, head: int, figures: Figures, period: tuple[date, date] | None, rankings: list[Ranking]
) -> None:
    """Two rankings side by side, up to 50 posts each.

    A post in only one of them has one figure; the other one is unknown, not zero. Unused places may hold a number.
    """
    file = figures.file
    if period is None:
        file.leave("sheet", sheet.name, sheet.name, "period_missing")
        return
    places: dict[tuple[str, str], int] = {}
    for row in range(head + 1, len(sheet.rows)):
        for ranking in rankings:
            url = text_at(sheet.rows, row, ranking.column)
            if is_nothing(url) or url.isdigit():
                continue
            file.rows_seen += 1
            if not is_linkedin(url):
                file.refuse(sheet.name, row + 1, ONE_LETTER[ranking.column], "url_not_linkedin", text=url[:80])
                continue
            key = post_key(url)
            if key not in places:
                places[key] = len(file.posts)
                file.posts.append(post_of(url, key, figures.day(sheet, row, ranking.column + 1)))
            where = ranking.column + 2
            figures.add(sheet, row, where, metric=ranking.metric, grain="window", period=period, post=places[key])
    read_columns = [column for each in rankings for column in range(each.column, each.column + 3)]
    leave_columns(file, sheet, head, read_columns, {})


def rankings_of(sheet: Sheet, head: int, shape: ProfileShape) -> list[Ranking]:
    """Where addresses stand, and what the numbers beside them are: as labelled, here or in the daily sheet."""
    labels = labels_of(sheet.rows, head)
    daily = labels_of(*_rows(shape.daily)) if shape.daily else []
    known = {label: metric for label, metric in METRICS.items() if metric in DAILY}
    known |= {label: metric for label, metric in zip(daily[1:3], DAILY, strict=False) if label and label not in METRICS}
    found = [
        Ranking(column, known[labels[column + 2]])
        for column in range(len(labels) - 2)
        if labels[column] and labels[column + 2] in known and labels[column + 1] not in known
    ]
    if found or not shape.is_proven:
        return found
    rows = range(head + 1, len(sheet.rows))
    columns = [c for c in range(len(labels)) if any(is_linkedin(text_at(sheet.rows, r, c)) for r in rows)]
    return [Ranking(c, m) for c, m in zip(columns, reversed(DAILY), strict=False) if len(columns) == len(DAILY)]


def compare_sum(shape: ProfileShape, file: ParsedFile) -> None:
    """The impressions of all days should add up to those of the whole period; far from it something is missing."""
    if file.window_start is None or file.window_end is None or shape.discovery is None:
        return
    days = {r.period_start: r.value for r in file.readings if r.metric == "impressions" and r.grain == "day"}
    whole = next(
        (r.value for r in file.readings if r.metric == "impressions" and r.grain == "window" and r.post_ref is None),
        None,
    )
    if whole is None or not days:
        return
    missing = (file.window_end - file.window_start).days + 1 - len(days)
    if missing > 0:
        file.remark("days_missing", count=missing)
    elif abs(sum(days.values()) - whole) > max(10, whole // 20):
        file.remark("sum_differs", days=sum(days.values()), whole=whole)


def post_of(url: str, key: tuple[str, str], on: date | None) -> ParsedPost:
    """The number tells the second; where the export names another day, the export is right about the day."""
    minted = minted_at(key[1]) if key[0] != "url" else None
    if minted and (on is None or abs((minted.date() - on).days) <= 1):
        return ParsedPost([key], clean_url(url), minted, "second")
    if on:
        return ParsedPost([key], clean_url(url), datetime.combine(on, time(12), UTC), "day")
    return ParsedPost([key], clean_url(url))
