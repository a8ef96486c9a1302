"""What this room contributes to a newsletter and to the start page."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import translation

from community.forum import queries
from community.forum.models import Board, Topic
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MOST = 5
LATELY = timedelta(weeks=5)


def forum(program: Program, language: str, on: date) -> list[tuple[str, str]]:
    """The topics that hosts have pinned: the title and its board. A newsletter reaches the management too, so nobody's
    words and names are in it, and nothing that a host did not choose."""
    pinned = Topic.objects.present().filter(board__in=Board.objects.for_everybody(), program=program)
    pinned = pinned.filter(pinned_at__date__lte=on)
    with translation.override(language):
        return [
            (topic.title, topic.board.title) for topic in pinned.select_related("board").order_by("-pinned_at")[:MOST]
        ]


def solved(program: Program, language: str, on: date) -> list[tuple[str, str, str]]:
    """Questions of the last five weeks whose answer was marked, each with its way there. Only readers of the forum see
    what was asked in it."""
    answered = Topic.objects.present().filter(board__in=Board.objects.for_everybody(), program=program)
    answered = answered.filter(answer__deleted_at=None, answer__at__date__gt=on - LATELY, answer__at__date__lte=on)
    with translation.override(language):
        return [
            (topic.board.title, topic.title, reverse("community:topic_detail", args=[program.slug, topic.pk]))
            for topic in answered.select_related("board").order_by("-answer__at")[:MOST]
        ]


@dataclass(frozen=True)
class ForumTile:
    topics: list[Topic]


def tile(user: "User", program: Program, today: date) -> ForumTile | None:
    """What is new for this person or waits for an answer, in one question; nothing to show where there is nothing."""
    topics = queries.news_of(user, program)
    return ForumTile(topics) if topics else None
