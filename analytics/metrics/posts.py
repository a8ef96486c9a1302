"""Which post of an account is meant: found by any of its numbers, or by the second it was published in."""

from bisect import bisect_left, insort
from datetime import UTC, datetime, timedelta

from analytics.metrics.batch import Number, PostRow
from analytics.metrics.models import Post, PostId, PostListing

CLOSE = timedelta(seconds=5)  # the numbers of one post are made within seconds of each other


class Posts:
    """The posts of an account, for looking them up many times."""

    def __init__(self, program_id: int, account_id: int) -> None:
        self.program_id, self.account_id = program_id, account_id
        rows = PostId.objects.filter(program=program_id, account=account_id)
        self.by_number: dict[Number, int] = {
            (s, v): post for s, v, post in rows.values_list("scheme", "value", "post_id")
        }
        timed = Post.objects.filter(account=account_id, precision="second").exclude(published_at=None)
        self.by_time: list[tuple[datetime, int]] = sorted(
            (at, pk) for at, pk in timed.values_list("published_at", "pk") if at
        )

    def find(self, row: PostRow) -> int | None:
        """The stored post, or None: a post is the same by a number, else when published within five seconds."""
        for number in row.ids:
            if number in self.by_number:
                return self.by_number[number]
        return self._nearest(row.published_at) if row.published_at and row.precision == "second" else None

    def _nearest(self, at: datetime) -> int | None:
        place = bisect_left(self.by_time, (at,))
        near = [(abs(when - at), post) for when, post in self.by_time[max(0, place - 1) : place + 1]]
        gap, post = min(near, default=(CLOSE * 2, 0))
        return post if gap <= CLOSE else None

    def known(self, rows: list[PostRow]) -> dict[Number, int]:
        """The stored post behind each number; numbers of new posts are left out."""
        found: dict[Number, int] = {}
        for row in rows:
            if (post := self.find(row)) is not None:
                found |= dict.fromkeys(row.ids, post)
        return found

    def store(self, rows: list[PostRow], run_id: int) -> dict[Number, int]:
        """Make what is new, fill in what was not known, and note that this import lists them."""
        known = [(row, self.find(row)) for row in rows]
        self._make([row for row, post in known if post is None])
        found: dict[Number, int] = {}
        numbers: list[PostId] = []
        for row, post in known:
            post_id = post or self.find(row) or 0
            for number in row.ids:
                if number not in self.by_number:
                    self.by_number[number] = post_id
                    numbers.append(self._numbered(number, post_id))
                found[number] = post_id
        PostId.objects.bulk_create(numbers, batch_size=1000)
        self._fill_in({post: row for row, post in known if post is not None})
        listings = [
            PostListing(account_id=self.account_id, post_id=post, run_id=run_id) for post in set(found.values())
        ]
        PostListing.objects.bulk_create(listings, ignore_conflicts=True, batch_size=1000)
        return found

    def _make(self, rows: list[PostRow]) -> None:
        """New posts, all at once; of two rows that mean the same post the first makes it."""
        fresh: list[PostRow] = []
        for row in rows:
            if self.find(row) is None:
                fresh.append(row)
                self._remember(row, -len(fresh))
        made = Post.objects.bulk_create([self._post(row) for row in fresh], batch_size=500)
        real = {-place: post.pk for place, post in enumerate(made, start=1)}
        self.by_time = sorted((when, real.get(post, post)) for when, post in self.by_time)
        for number, post in self.by_number.items():
            if post < 0:
                self.by_number[number] = real[post]
        numbers = [self._numbered(number, self.by_number[number]) for row in fresh for number in row.ids]
        PostId.objects.bulk_create(numbers, batch_size=1000)

    def _remember(self, row: PostRow, post: int) -> None:
        self.by_number |= dict.fromkeys(row.ids, post)
        if row.published_at and row.precision == "second":
            insort(self.by_time, (row.published_at.astimezone(UTC), post))

    def _numbered(self, number: Number, post: int) -> PostId:
        scheme, value = number
        return PostId(program_id=self.program_id, account_id=self.account_id, post_id=post, scheme=scheme, value=value)

    def _post(self, row: PostRow) -> Post:
        return Post(
            program_id=self.program_id,
            account_id=self.account_id,
            published_at=row.published_at,
            precision=row.precision or "second",
            created_on=row.created_on,
            url=row.url,
            title=row.title,
            kind=row.kind[:20],
        )

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
