"""What an import hands to the store: rows ready for COPY, and the posts they speak of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

#: The columns of a rows file of our own CSV: one figure of one day per line, in words.
COLUMNS = ("line", "day", "account", "scheme", "number", "url", "metric", "segment", "value")
#: And of a workbook: in the store's own numbers, `post_id` being the place in `Batch.posts`; nothing is said twice.
CODED = ("post_id", "metric", "segment", "grain", "period_start", "period_end", "value", "cell")
Number = tuple[str, str]  # scheme and value: ("activity", "7330125177223049218")


@dataclass(slots=True)
class PostRow:
    """A post as a file describes it. What a file does not say stays as it was."""

    ids: list[Number]
    url: str = ""
    published_at: datetime | None = None
    precision: str = "second"
    created_on: date | None = None
    title: str = ""
    kind: str = ""
    made_at: datetime | None = None  # when its number was made, where the number tells


def nameless(number: Number, url: str) -> PostRow:
    return PostRow([number], url)


@dataclass(slots=True)
class Batch:
    """The figures of one import of one account, as old as `as_of`."""

    program_id: int
    account_id: int
    run_id: int
    as_of: datetime
    rows: Path
    columns: tuple[str, ...] = COLUMNS
    posts: list[PostRow] = field(default_factory=list)
    has_repeats: bool = True  # unknown counts as yes
    describe: Callable[[Number, str], PostRow] = nameless  # posts that only the rows name

    @property
    def is_coded(self) -> bool:
        return self.columns == CODED
