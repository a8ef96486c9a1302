"""What was said while somebody reads: announced in one line, put in when they want it.

Pages ask every half minute while they are in sight, and when they come into sight again. Held connections (server-sent
events) would take one thread of the server for each open page; a question that is answered with 204 takes a few
milliseconds of one.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from community.forum import queries
from community.forum.models import Topic
from community.forum.places import place_url
from community.forum.rows import person_of

if TYPE_CHECKING:
    from core.people.models import User

FACES, MOST = 3, 100


@dataclass(frozen=True)
class News:
    count: int
    people: list[dict[str, Any] | None]
    url: str
    last: int


def news_behind(user: "User", topic: Topic, number: int) -> News | None:
    """Posts of others behind a number."""
    posts = topic.posts.present().filter(number__gt=number).exclude(by=user)
    found = list(posts.order_by("number")[:MOST])
    if not found:
        return None
    members = queries.members_among(topic.program, {post.by_id for post in found if post.by_id})
    writers = {post.by_id: person_of(post.by_id, members) for post in found}
    url = place_url(topic.program, topic.pk, found[0].number)
    return News(len(found), list(writers.values())[:FACES], url, found[-1].number)
