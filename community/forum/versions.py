"""What a post said before."""

from dataclasses import dataclass
from datetime import datetime

from community.forum import queries
from community.forum.models import Post, PostVersion
from core.kit.differences import differences
from core.people import mentions


@dataclass(frozen=True)
class Version:
    number: int
    until: datetime | None  # nothing: it is what the post says now
    parts: list[tuple[str, str]]


def versions_of(post: Post) -> list[Version]:
    """The newest first; each with what changed against the one before."""
    rows = [*post.versions.all(), PostVersion(version=post.version, text=post.text)]
    names = queries.names_in(post.topic.program, [row.text for row in rows])
    texts = [mentions.written(row.text, names) for row in rows]
    found = [
        Version(row.version, row.until, list(differences(texts[place - 1] if place else texts[0], texts[place])))
        for place, row in enumerate(rows)
    ]
    return found[::-1]
