"""Which post of an account is meant: found by any of its numbers, or by the second in which they were made.

A network gives one post numbers of several kinds within seconds (a share and its activity). So numbers of different
kinds that were made within five seconds are one post; two numbers of the same kind never are.
"""

from bisect import bisect_left, insort
from datetime import UTC, datetime, timedelta

from analytics.metrics import staging
from analytics.metrics.batch import Number, PostRow
from analytics.metrics.models import Post, PostId, PostListing

CLOSE = timedelta(seconds=5)  # the numbers of one post are made within seconds of each other


class Posts:
    """The posts of an account, for looking them up many times. New ones have negative numbers until they are stored."""

    def __init__(self, program_id: int, account_id: int) -> None:
        self.program_id, self.account_id = program_id, account_id
        self.by_number: dict[Number, int] = {}
        self.schemes: dict[int, set[str]] = {}
        self.by_time: list[tuple[datetime, int]] = []
        rows = PostId.objects.filter(program=program_id, account=account_id)
        for scheme, value, post, at in rows.values_list("scheme", "value", "post_id", "made_at"):
            self.by_number[scheme, value] = post
            self.schemes.setdefault(post, set()).add(scheme)
            if at:
                self.by_time.append((at, post))
        self.by_time.sort()

    def match(self, rows: list[PostRow]) -> list[int]:
        """The post behind each row: the same by a number, else by the second of another kind of number, else new."""
        found, new = [], 0
        for row in rows:
            post = self._find(row)
            if post is None:
                new -= 1
                post = new
            self._remember(row, post)
            found.append(post)
        return found

    def store(self, rows: list[PostRow], run_id: int) -> list[int]:
        """Make what is new, fill in what was not known, and note that this import lists them."""
        stored = set(self.by_number)
        matched = self.match(rows)
        fresh: dict[int, PostRow] = {}
        for post, row in zip(matched, rows, strict=True):
            if post < 0:
                fresh.setdefault(post, row)  # of two rows that mean the same post the first makes it
        real = dict(zip(fresh, staging.next_ids(Post, len(fresh)) if fresh else (), strict=True))
        posts = [real.get(post, post) for post in matched]
        numbers = {number: row.made_at for row in rows for number in row.ids if number not in stored}
        if rows:
            staging.insert(
                (Post, self._columns(list(fresh.values()), list(real.values()))),
                (PostId, self._numbered(numbers, real)),
                (PostListing, self._listed(set(posts), run_id)),
            )
        self._fill_in({post: row for post, row in zip(matched, rows, strict=True) if post > 0})
        return posts

    def _columns(self, rows: list[PostRow], ids: list[int]) -> dict[str, list]:
        return {
            "id": ids,
            "program_id": [self.program_id] * len(ids),
            "account_id": [self.account_id] * len(ids),
            "published_at": [row.published_at for row in rows],
            "precision": [row.precision or "second" for row in rows],
            "created_on": [row.created_on for row in rows],
            "url": [row.url for row in rows],
            "title": [row.title for row in rows],
            "kind": [row.kind[:20] for row in rows],
        }

    def _numbered(self, numbers: dict[Number, datetime | None], real: dict[int, int]) -> dict[str, list]:
        posts = [self.by_number[number] for number in numbers]
        return {
            "program_id": [self.program_id] * len(numbers),
            "account_id": [self.account_id] * len(numbers),
            "post_id": [real.get(post, post) for post in posts],
            "scheme": [scheme for scheme, _ in numbers],
            "value": [value for _, value in numbers],
            "made_at": list(numbers.values()),
        }

    def _listed(self, posts: set[int], run_id: int) -> dict[str, list]:
        return {
            "account_id": [self.account_id] * len(posts),
            "post_id": list(posts),
            "run_id": [run_id] * len(posts),
        }

    def _find(self, row: PostRow) -> int | None:
        for number in row.ids:
            if number in self.by_number:
                return self.by_number[number]
        return self._nearest(row.made_at, {scheme for scheme, _ in row.ids}) if row.made_at else None

    def _nearest(self, at: datetime, schemes: set[str]) -> int | None:
        """The post whose number of another kind was made next to this one."""
        near = []
        for place in range(bisect_left(self.by_time, (at - CLOSE,)), len(self.by_time)):
            when, post = self.by_time[place]
            if when > at + CLOSE:
                break
            if not schemes & self.schemes[post]:
                near.append((abs(when - at), post))
        return min(near)[1] if near else None

    def _remember(self, row: PostRow, post: int) -> None:
        if row.made_at and not any(number in self.by_number for number in row.ids):
            insort(self.by_time, (row.made_at.astimezone(UTC), post))
        for number in row.ids:
            self.by_number.setdefault(number, post)
            self.schemes.setdefault(post, set()).add(number[0])

    def _fill_in(self, rows: dict[int, PostRow]) -> None:
        """Some exports carry the text and some do not: what is empty is filled, what stands stays."""
        changed = []
        if not rows:
            return
        for post in Post.objects.filter(pk__in=rows):
            row = rows[post.pk]
            new = {
                "title": post.title or row.title,
                "url": post.url or row.url,
                "kind": post.kind or row.kind[:20],
                "created_on": post.created_on or row.created_on,
                "published_at": post.published_at or row.published_at,
            }
            if any(getattr(post, name) != value for name, value in new.items()):
                for name, value in new.items():
                    setattr(post, name, value)
                changed.append(post)
        Post.objects.bulk_update(changed, ["title", "url", "kind", "created_on", "published_at"], batch_size=500)


def forget_unlisted(account_id: int, run_id: int) -> None:
    """Posts that only this import listed go with it."""
    listed = list(PostListing.objects.filter(account=account_id, run_id=run_id).values_list("post_id", flat=True))
    PostListing.objects.filter(account=account_id, run_id=run_id).delete()
    Post.objects.filter(pk__in=listed, listings=None).delete()
