"""What this room contributes to a newsletter and to the start page."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import translation

from community.forum import queries
from community.forum.models import Board, Topic
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MOST = 5


def forum(program: Program, language: str, on: date) -> list[tuple[str, str]]:
    """The topics that hosts have pinned: the title and its board. A newsletter reaches the management too, so nobody's
    words and names are in it, and nothing that a host did not choose."""
    pinned = Topic.objects.present().filter(board__in=Board.objects.for_everybody(), program=program)
    pinned = pinned.filter(pinned_at__date__lte=on)
    with translation.override(language):
        return [
            (topic.title, topic.board.title) for topic in pinned.select_related("board").order_by("-pinned_at")[:MOST]
        ]


@dataclass(frozen=True)
class ForumTile:
    topics: list[Topic]


def tile(user: "User", program: Program, today: date) -> ForumTile | None:
    """What is new for this person or waits for an answer, in one question; nothing to show where there is nothing."""
    topics = queries.news_of(user, program)
    return ForumTile(topics) if topics else None
