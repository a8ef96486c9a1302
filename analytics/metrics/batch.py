"""What an import hands to the store: two files ready for COPY, its figures and the posts they speak of."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

#: One figure a line, in the store's own numbers. `post` is the place of its post in the posts file; \N is the account.
ROWS = ("post", "metric", "segment", "grain", "period_start", "period_end", "value", "cell")
#: One number of a post a line, each number once. What a file does not say is \N, and stays as it was.
POSTS = (
    "place", "scheme", "number", "url", "published_at", "precision", "created_on", "title", "kind", "made_at",
)  # fmt: skip


@dataclass(slots=True)
class Batch:
    """The figures of one import of one account, as old as `as_of`."""

    program_id: int
    account_id: int
    run_id: int
    as_of: datetime
    rows: Path
    posts: Path
    has_repeats: bool = True  # unknown counts as yes
    compared: Path | None = None  # where to keep, and find again, what the comparison found

    @property
    def names_posts(self) -> bool:
        return self.posts.stat().st_size > 0
