"""What every source hands over: posts, figures, what it could not read, and what it did not.  Unknown is not zero."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

#: Lifetime figures have no period of their own; a constant one lets a newer file replace an older figure.
LIFETIME = (date(1970, 1, 1), date(9999, 12, 31))
ONE_DAY = timedelta(days=1)
MAX_REFUSED = 10_000
MAX_SHOWN = 200  # of them in the preview
MAX_UNREAD = 60
#: Stocks and unique people cannot be negative; daily counts can, when reactions are taken back.
NEVER_NEGATIVE = frozenset(
    {
        "impressions",
        "members_reached",
        "followers_total",
        "page_views",
        "unique_visitors",
        "profile_viewers",
        "video_views",
        "watch_seconds",
        "video_viewers",
    }
)


@dataclass(slots=True)
class ParsedPost:
    """A post of the account.  Who pressed the button ("Posted by") is personal data and is not kept."""

    ids: list[tuple[str, str]]
    url: str
    published_at: datetime | None = None
    precision: str = ""
    created_on: date | None = None
    title: str | None = None
    kind: str = ""


class ParsedReading(NamedTuple):
    """One figure; `post_ref` is its post's place in `ParsedFile.posts`, `period_end` is exclusive."""

    post_ref: int | None
    metric: str
    grain: str
    period_start: date
    period_end: date
    segment: str
    value: int
    locator: str


@dataclass(slots=True)
class ParsedDemographic:
    """One line of "who they are": a share or a count, never both invented from the other."""

    scope: str
    dimension: str
    value: str
    share: Decimal | None
    qualifier: str
    count: int | None
    post_ref: int | None = None


@dataclass(slots=True)
class RefusedCell:
    """A cell or line that could not be read: where it is, and what is wrong with it."""

    sheet: str
    row: int
    column: str
    code: str
    params: dict[str, str | int] = field(default_factory=dict)


@dataclass(slots=True)
class Remark:
    """Something worth knowing about a file that was read all the same."""

    code: str
    params: dict[str, str | int] = field(default_factory=dict)


@dataclass(slots=True)
class Unread:
    """A sheet, a column or a line that was left aside: what it is called, where it is, and why."""

    what: str  # sheet, column, row
    where: str
    label: str
    why: str


@dataclass(slots=True)
class Total:
    """The sum of a daily figure of the account, or of a figure of all posts, to compare with what the network
    itself shows."""

    metric: str
    total: int
    days: int  # or posts
    curve: list[int]
    of: str = "day"  # or "post"


@dataclass(slots=True)
class ParsedFile:
    """A file that was understood.

    `window_start` and `window_end` are the first and the last day it speaks of (both inclusive).
    `exported_at_source` is "file_name", or "upload" when only the time of the upload is known.
    Our own table's figures and posts are not in `readings` and `posts` but stream into files (see `readings_table`);
    `accounts` are the first few names of accounts it speaks of. `repeats` is how many figures are said again, None
    where nobody counted.
    """

    kind: str
    format_version: str = ""
    locale: str = ""
    owner_name: str | None = None
    account_hint: str | None = None
    exported_at: datetime | None = None
    exported_at_source: str = "upload"
    window_start: date | None = None
    window_end: date | None = None
    posts: list[ParsedPost] = field(default_factory=list)
    readings: list[ParsedReading] = field(default_factory=list)
    demographics: list[ParsedDemographic] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    refused: list[RefusedCell] = field(default_factory=list)
    refused_count: int = 0
    unread: list[Unread] = field(default_factory=list)
    unread_count: int = 0
    rows_seen: int = 0
    rows_written: int = 0
    posts_written: int = 0
    accounts: list[str] = field(default_factory=list)
    named_accounts: list[str] = field(default_factory=list)  # all, where a person says which column names them
    totals: list[Total] = field(default_factory=list)
    repeats: int | None = None
    content_fingerprint: str = ""
    listed: list[list[str]] = field(default_factory=list)  # posts of an archive: day, words, address
    encoding: str = ""  # of a text file, and what separates its cells
    delimiter: str = ""
    data_from: int = 0  # which row is the first below the head, from 0; 0 where sheets differ in that

    def refuse(self, sheet: str, row: int, column: str, code: str, **params: str | int) -> None:
        self.refused_count += 1
        if len(self.refused) < MAX_REFUSED:
            self.refused.append(RefusedCell(sheet, row, column, code, params))

    def leave(self, what: str, where: str, label: object, why: str) -> None:
        """Nothing is left aside without a word."""
        self.unread_count += 1
        if len(self.unread) < MAX_UNREAD:
            self.unread.append(Unread(what, where, str(label)[:80], why))

    def remark(self, code: str, **params: str | int) -> None:
        self.warnings.append(Remark(code, params))
