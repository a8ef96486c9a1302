"""Rows of topics, as lists show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from community.forum import queries
from community.forum.interests import fitting
from community.forum.lines import in_a_line, shortened
from community.forum.models import Board, Post, Topic
from community.forum.places import place_url
from core.kit import search_words as words
from core.people import mentions
from core.people.models import initials_of
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@dataclass(frozen=True)
class Row:
    """A topic in a list: who spoke last, what was said, how it stands."""

    topic: Topic
    board: Board
    person: dict[str, Any] | None
    snippet: str | SafeString
    url: str
    new_posts: int = 0
    is_mine: bool = False
    fits: str = ""  # which of the person's topics it is about

    @property
    def is_new(self) -> bool:
        return self.new_posts > 0

    @property
    def has_begun(self) -> bool:
        """Whether this person has read in it before."""
        return self.new_posts < self.topic.posts_made

    @property
    def is_closed(self) -> bool:
        return self.topic.closed_at is not None or self.board.is_over

    @property
    def is_waiting(self) -> bool:
        topic = self.topic
        return topic.is_question and topic.answer_id is None and not topic.replies_of_others and not self.is_closed

    @property
    def asks_whether_it_helped(self) -> bool:
        """The one kind reminder to who asked: in the list, never by mail."""
        topic = self.topic
        return self.is_mine and topic.is_question and topic.answer_id is None and topic.replies_of_others > 0


def person_of(pk: int | None, members: dict[int, queries.Member]) -> dict[str, Any] | None:
    """Somebody as others see them; nothing for who is no longer in the program."""
    if pk is None or pk not in members:
        return None
    member = members[pk]
    return member._asdict() | {"id": pk, "name": member.called, "initials": initials_of(member.name)}


def rows_of(
    user: "User",
    program: Program,
    topics: list[Topic],
    boards: list[Board],
    since: datetime,
    *,
    muted: frozenset[int] = frozenset(),
    interests: Sequence[str] = (),
) -> list[Row]:
    """Rows for topics of `queries.topics_of`, in two questions however many they are; one more for who has topics.
    `muted`: boards of which this person does not want to hear."""
    fits = fitting(topics, interests)
    known = {board.pk: board for board in boards}
    posts = [topic.last_post for topic in topics if topic.last_post]
    members = queries.members_among(program, {post.by_id for post in posts if post.by_id}, pages=False)
    people: dict[int | None, dict[str, Any] | None] = {pk: person_of(pk, members) for pk in members}
    names = queries.names_in(program, [post.line for post in posts])
    return [
        Row(
            topic,
            known[topic.board_id],
            people.get(topic.last_post.by_id) if topic.last_post else None,
            shortened(mentions.written(topic.last_post.line, names)) if topic.last_post else "",
            place_url(program, topic.pk, min((topic.read_to or 0) + 1, topic.posts_made)),  # type: ignore[attr-defined]
            _new_posts(topic, since, muted),
            topic.by_id == user.pk,
            "" if topic.by_id == user.pk else fits.get(topic.pk, ""),
        )
        for topic in topics
    ]


def _new_posts(topic: Topic, since: datetime, muted: frozenset[int]) -> int:
    """As `queries.new_for` decides, for one topic that it annotated."""
    read_to, follows = topic.read_to or 0, topic.follows  # type: ignore[attr-defined]
    if follows is None and topic.board_id in muted:
        return 0
    return 0 if follows is False or topic.last_at <= since else max(topic.posts_made - read_to, 0)


def found_rows(program: Program, boards: list[Board], posts: list[Post], text: str) -> list[Row]:
    """What the search found: the passage that fits, with the words marked."""
    known = {board.pk: board for board in boards}
    members = queries.members_among(program, {post.by_id for post in posts if post.by_id}, pages=False)
    names = queries.names_in(program, [post.text for post in posts])
    return [
        Row(
            post.topic,
            known[post.topic.board_id],
            person_of(post.by_id, members),
            marked(in_a_line(mentions.written(post.text, names)), text),
            place_url(program, post.topic_id, post.number),
        )
        for post in posts
    ]


def marked(text: str, wanted: str) -> SafeString:
    """The passage around the first word that fits, with every word that fits marked."""
    parts = text.split()
    asked = words.WORD.findall(words.folded(wanted))
    stems = tuple(word[: max(len(word) - 2, 3)] for word in asked)
    inside = [words.without_ending(word) for word in asked if len(word) >= words.PART]
    folded = [words.folded(part) for part in parts]
    fits = [part.lstrip("„“\"'(").startswith(stems) or any(each in part for each in inside) for part in folded]
    first = max(fits.index(True) - 6, 0) if True in fits else 0
    shown = zip(parts[first : first + 26], fits[first : first + 26], strict=True)
    parts_shown = ((format_html("<mark>{}</mark>", part) if is_hit else part,) for part, is_hit in shown)
    line = format_html_join(" ", "{}", parts_shown)
    return format_html("{}{}{}", "… " if first else "", line, " …" if len(parts) > first + 26 else "")


def moment_of(text: str) -> tuple[datetime, int] | None:
    """Where a list goes on: the last row's moment and number, as `after_of` wrote them."""
    moment, _line, number = text.rpartition("_")
    try:
        at, pk = datetime.fromisoformat(moment), int(number)
        told = at.astimezone(UTC)
    except (ValueError, OverflowError):  # also a day that no calendar has in UTC
        return None
    return (told, pk) if at.tzinfo and 0 < pk < 2**63 else None


def after_of(topic: Topic) -> str:
    return behind(topic.last_at, topic.pk)


def behind(moment: datetime, number: int) -> str:
    return f"{moment.isoformat()}_{number}"


@dataclass(frozen=True)
class PostRow:
    """A post in one line."""

    post: Post
    person: dict[str, Any] | None
    snippet: str


def posts_of(topic: Topic) -> list[PostRow]:
    """Everything said in a topic after its first post, in lines."""
    posts = list(topic.posts.present().filter(number__gt=1).order_by("number"))
    members = queries.members_among(topic.program, {post.by_id for post in posts if post.by_id})
    names = queries.names_in(topic.program, [post.line for post in posts])
    return [
        PostRow(post, person_of(post.by_id, members), shortened(mentions.written(post.line, names))) for post in posts
    ]
