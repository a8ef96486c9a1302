"""LinkedIn, exports of a company page: content, followers and visitors (.xls).

Labels change between years and languages: columns are found by normalised words. By their place only where the file's
own name says that it is such an export; a date and some numbers are many things.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from core.sheets.cells import ONE_LETTER, Sheet, Unreadable, at
from core.sheets.days import Dates, decide
from core.sheets.values import LARGEST, count

from .handover import ONE_DAY, ParsedDemographic, ParsedFile, ParsedReading
from .labels import (
    COMPUTED,
    FOLLOWER,
    FOLLOWER_SEGMENTS,
    PAGE_VIEWS,
    SEGMENTS,
    VISITORS,
    WHOLE_PAGE,
    WITH_SEGMENT,
    language_of,
    with_segment,
)
from .linkedin_posts import PostList, list_of, read_list
from .names import FileName
from .sheets import Figures, day_table, days_of, grouping, labels_of, leave_columns

MetricAndSegment = tuple[str, str]  # metric and segment
#: Where the columns stand, for languages whose words we do not know.  Rates are recomputed, not stored.
CONTENT_PLACES: dict[int, MetricAndSegment] = {
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
#: "Total followers" is what is new on the day, not how many there are.
FOLLOWER_PLACES: dict[int, MetricAndSegment] = {
    1: ("followers_new", "sponsored"),
    2: ("followers_new", "organic"),
    3: ("followers_new", "auto_invited"),
    4: ("followers_new", ""),
}
#: The last six of 25 columns are the whole page; overview, life and jobs are parts of it.
VISITOR_PLACES: dict[int, MetricAndSegment] = {
    19: ("page_views", "desktop"),
    20: ("page_views", "mobile"),
    21: ("page_views", ""),
    22: ("unique_visitors", "desktop"),
    23: ("unique_visitors", "mobile"),
    24: ("unique_visitors", ""),
}
PLACES = {"content": (20, CONTENT_PLACES), "followers": (5, FOLLOWER_PLACES), "visitors": (25, VISITOR_PLACES)}
FEWEST_CONTENT = 4


@dataclass(slots=True)
class CompanyShape:
    part: str
    daily: tuple[Sheet, int] | None = None
    columns: dict[int, MetricAndSegment] = field(default_factory=dict)
    posts: PostList | None = None


def shape_of(sheets: list[Sheet], name: FileName) -> CompanyShape | None:
    """The daily sheet and the sheet of posts, as far as they are there, or None when this is something else."""
    tables = [(sheet, head) for sheet in sheets if (head := day_table(sheet)) is not None]
    for sheet, head in tables:
        part, columns = columns_of(labels_of(sheet.rows, head))
        if columns:
            return CompanyShape(part, (sheet, head), columns, next(filter(None, map(list_of, sheets)), None))
    if name.part:
        width, places = PLACES[name.part]
        for sheet, head in tables:
            if sum(map(bool, labels_of(sheet.rows, head))) == width:
                return CompanyShape(name.part, (sheet, head), places, next(filter(None, map(list_of, sheets)), None))
    posts = next(filter(None, map(list_of, sheets)), None)
    return CompanyShape("content", posts=posts) if posts else None


def columns_of(labels: list[str]) -> tuple[str, dict[int, MetricAndSegment]]:
    """Which export it is by its labels, and which column holds which metric and segment."""
    content = {c: found for c, label in enumerate(labels) if (found := with_segment(label))}
    if len(content) >= FEWEST_CONTENT and len({metric for metric, _ in content.values()}) > 1:
        return "content", _once(content, labels)
    followers = {
        c: ("followers_new", segment) for c, label in enumerate(labels) if (segment := follower(label)) is not None
    }
    if len(followers) > 1:
        return "followers", _once(followers, labels)
    visitors = {c: found for c, label in enumerate(labels) if (found := visitor(label))}
    return "visitors", _once(visitors, labels) if len(visitors) > 1 else {}


def _once(columns: dict[int, MetricAndSegment], labels: list[str]) -> dict[int, MetricAndSegment]:
    """The same figure twice would leave open which one is meant."""
    seen: set[MetricAndSegment] = set()
    for column, what in columns.items():
        if what in seen:
            raise Unreadable("columns_double", name=labels[column])
        seen.add(what)
    return columns


def follower(label: str) -> str | None:
    """The segment of a label such as "organic followers"."""
    if not FOLLOWER.search(label):
        return None
    return next((segment for segment, words in FOLLOWER_SEGMENTS if words.search(label)), None)


def visitor(label: str) -> MetricAndSegment | None:
    """Views and visitors of the whole page: "total page views (desktop)"."""
    match = WITH_SEGMENT.fullmatch(label)
    if match is None or match[2] not in SEGMENTS or not WHOLE_PAGE.search(match[1]):
        return None
    metric = "page_views" if PAGE_VIEWS.search(match[1]) else "unique_visitors" if VISITORS.search(match[1]) else ""
    return (metric, SEGMENTS[match[2]]) if metric else None


def read(sheets: list[Sheet], name: FileName, *, shape: CompanyShape, from_1904: bool = False) -> ParsedFile:
    labels = {
        label for sheet in sheets for row in range(min(3, len(sheet.rows))) for label in labels_of(sheet.rows, row)
    }
    file = ParsedFile(
        f"linkedin_company_{shape.part}",
        format_version="shares" if any(label.startswith("shares") for label in labels) else "",
        locale=language_of(labels),
        account_hint=name.account,
        exported_at=name.exported_at,
        exported_at_source="file_name" if name.exported_at else "upload",
    )
    figures = Figures(file, dates_of(shape, from_1904))
    if shape.daily:
        sheet, head = shape.daily
        figures.thousands = grouping([[row[1:] for row in sheet.rows[head + 1 :]]])
        if name.exported_at:
            figures.latest = min(figures.latest, name.exported_at.date())
        read_days(sheet, head, shape, figures)
    else:
        file.remark("days_sheet_missing")
    if shape.posts:
        read_list(shape.posts, figures)
    taken = {id(part.sheet) for part in [shape.posts] if part} | ({id(shape.daily[0])} if shape.daily else set())
    for other in sheets:
        if id(other) not in taken and other.rows:
            is_group = read_groups(other, file, scope=shape.part)
            file.leave("sheet", other.name, other.name, "groups" if is_group else "unknown")
    return file


def dates_of(shape: CompanyShape, from_1904: bool) -> Dates:
    if shape.daily:
        return decide(days_of(*shape.daily), from_1904=from_1904)
    return decide([], pairs=shape.posts.pairs if shape.posts else [], from_1904=from_1904)


def read_days(sheet: Sheet, head: int, shape: CompanyShape, figures: Figures) -> None:
    file, keep = figures.file, figures.file.readings.append
    places = [(column, *what, f"{sheet.name}!{ONE_LETTER[column]}") for column, what in shape.columns.items()]
    for row in range(head + 1, len(sheet.rows)):
        when = figures.day_of_row(sheet, row)
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
    why = {c: "computed" for c, label in enumerate(labels_of(sheet.rows, head)) if COMPUTED.search(label)}
    if shape.part == "visitors":
        why |= {c: "part_of_total" for c, label in enumerate(labels_of(sheet.rows, head)) if is_part(label)}
    leave_columns(file, sheet, head, [0, *shape.columns], why)


def is_part(label: str) -> bool:
    """Views of one of the page's parts: overview, life, jobs."""
    return bool((PAGE_VIEWS.search(label) or VISITORS.search(label)) and not WHOLE_PAGE.search(label))


def read_groups(sheet: Sheet, file: ParsedFile, *, scope: str) -> bool:
    """Where followers or visitors come from: a name and a number, no dates. Understood, and not stored yet."""
    labels = labels_of(sheet.rows, 0)
    if sum(map(bool, labels)) != 2:
        return False
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
        file.demographics.append(ParsedDemographic(scope, str(at(sheet.rows, 0, 0)), str(value), None, "=", people))
    return True
