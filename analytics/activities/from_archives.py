"""Posts of an archive as drafts of the log: with day, title and link; what is logged already is known by its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import unquote
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from analytics.activities.forms import OLDEST
from analytics.activities.links import cleaned, same_page
from analytics.activities.models import Activity
from analytics.channels.hosts import network_of
from analytics.imports.models import ImportRun
from analytics.imports.queries import posts_named_by

if TYPE_CHECKING:
    from core.people.models import User

MOST_OFFERED = 200  # of the newest posts
LONGEST_NOTE = 200


@dataclass(frozen=True)
class ArchivedPost:
    """A post as it would be logged."""

    number: str  # the network's, by which it is chosen
    on: date
    title: str
    url: str
    channel: str
    is_logged: bool
    program: int

    @property
    def link_shown(self) -> str:
        return unquote(self.url.split("://", 1)[-1].removeprefix("www."))

    @property
    def once(self) -> UUID:
        """The same post is the same entry of a program, however often it is sent."""
        return uuid5(NAMESPACE_URL, f"{self.program} {same_page(self.url)}")


@dataclass(frozen=True)
class Archived:
    """What an archive offers."""

    posts: Sequence[ArchivedPost]
    older: int  # too old to be logged

    @property
    def open(self) -> list[ArchivedPost]:
        return [post for post in self.posts if not post.is_logged]

    @property
    def logged(self) -> int:
        return len(self.posts) - len(self.open)


def archived_posts(run: ImportRun, person: "User") -> Archived:
    """The posts that may be logged, the newest first. Two queries."""
    first = timezone.localdate() - OLDEST
    found = [row for row in posts_named_by(run) if row.published_at and row.url]
    recent = [row for row in found if timezone.localtime(row.published_at).date() >= first]
    known = _logged(person, run.program_id)
    posts = [
        ArchivedPost(
            row.number_there,
            timezone.localtime(row.published_at).date(),
            " ".join(row.title.split())[:LONGEST_NOTE],
            cleaned(row.url),
            network_of(row.url) or run.account.network,
            same_page(row.url) in known,
            run.program_id,
        )
        for row in recent[:MOST_OFFERED]
    ]
    return Archived(posts, len(found) - len(recent))


def _logged(person: "User", program: int) -> set[str]:
    urls = Activity.objects.present().filter(user=person, program=program).exclude(url="").values_list("url", flat=True)
    return {same_page(url) for url in urls.iterator()}
