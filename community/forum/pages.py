"""The forum's pages as they are shown: rows of topics, and what was said in one."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from community.forum import access, queries, words
from community.forum.differences import differences
from community.forum.models import Board, Post, PostVersion, Reaction, ReactionKind, Reading, Topic
from community.forum.places import POSTS, place_url, start_of
from core.attachments.files import pictures_on
from core.disclosure import gate
from core.disclosure.gate import People
from core.kit.markdown import attachments_of, plain_text, render
from core.people import mentions
from programs.membership.access import Ability, can
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

SNIPPET = 150


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

    @property
    def is_new(self) -> bool:
        return self.new_posts > 0

    @property
    def has_begun(self) -> bool:
        """Whether this person has read in it before."""
        return self.new_posts < self.topic.posts_made

    @property
    def is_waiting(self) -> bool:
        topic = self.topic
        return topic.is_question and topic.answer_id is None and not topic.replies and topic.closed_at is None

    @property
    def asks_whether_it_helped(self) -> bool:
        """The one kind reminder to who asked: in the list, never by mail."""
        topic = self.topic
        return self.is_mine and topic.is_question and topic.answer_id is None and topic.replies > 0


@dataclass(frozen=True)
class Said:
    """A post as it is read."""

    post: Post
    person: dict[str, Any] | None
    html: SafeString
    is_answer: bool
    is_first_new: bool
    is_own: bool
    may_mark: bool
    may_delete: bool = False
    may_restore: bool = False
    reactions: tuple["Said.Word", ...] = ()

    @dataclass(frozen=True)
    class Word:
        """A kind of reaction under a post: who said it, and whether I did."""

        kind: str
        label: str
        icon: str
        names: list[str]
        is_mine: bool

        @property
        def count(self) -> People:
            """These people stand there by name: counting them tells nothing new."""
            return gate.named(len(self.names))


@dataclass(frozen=True)
class TopicPage:
    topic: Topic
    said: list[Said]
    start: int
    may_write: bool
    read_to: int
    follows: bool | None
    may_host: bool
    mail: str
    links: dict[str, str] = field(default_factory=dict)

    @property
    def seen_to(self) -> int:
        """The last post on this page, which counts as read now."""
        return min(self.start + POSTS - 1, self.topic.posts_made)


def person_of(user: "User | None", members: dict[int, str]) -> dict[str, Any] | None:
    """Somebody as others see them; nothing for who is no longer in the program."""
    if user is None or user.pk not in members:
        return None
    return {"id": user.pk, "name": str(user), "initials": user.initials, "role": members[user.pk]}


def rows_of(user: "User", program: Program, topics: list[Topic], boards: list[Board], since: datetime) -> list[Row]:
    """Rows for topics of `queries.topics_of`, in two questions however many they are."""
    known = {board.pk: board for board in boards}
    posts = [topic.last_post for topic in topics if topic.last_post]
    members = access.members_among(program, {post.by_id for post in posts if post.by_id})
    names = access.names_in(program, [post.text for post in posts])
    return [
        Row(
            topic,
            known[topic.board_id],
            person_of(topic.last_post.by, members) if topic.last_post else None,
            excerpt(mentions.written(topic.last_post.text, names)) if topic.last_post else "",
            place_url(program, topic.pk, min((topic.read_to or 0) + 1, topic.posts_made)),  # type: ignore[attr-defined]
            _new_posts(user, topic, since),
            topic.by_id == user.pk,
        )
        for topic in topics
    ]


def _new_posts(user: "User", topic: Topic, since: datetime) -> int:
    """As `queries.new_for` decides, for one topic that it annotated."""
    read_to, follows = topic.read_to or 0, topic.follows  # type: ignore[attr-defined]
    is_own = topic.last_post is not None and topic.last_post.by_id == user.pk
    return 0 if is_own or follows is False or topic.last_at <= since else max(topic.posts_made - read_to, 0)


def found_rows(user: "User", program: Program, boards: list[Board], text: str) -> list[Row]:
    """What the search found: the passage that fits, with the words marked."""
    known = {board.pk: board for board in boards}
    posts = queries.found(user, boards, text)
    members = access.members_among(program, {post.by_id for post in posts if post.by_id})
    names = access.names_in(program, [post.text for post in posts])
    return [
        Row(
            post.topic,
            known[post.topic.board_id],
            person_of(post.by, members),
            marked(plain_text(mentions.written(post.text, names)), text),
            place_url(program, post.topic_id, post.number),
        )
        for post in posts
    ]


def excerpt(text: str) -> str:
    """One line of a text, without its marks."""
    line = " ".join(plain_text(text).split())
    return line if len(line) <= SNIPPET else f"{line[:SNIPPET].rsplit(' ', 1)[0]} …"


def marked(text: str, wanted: str) -> SafeString:
    """The passage around the first word that fits, with every word that fits marked."""
    parts = text.split()
    stems = [word[: max(len(word) - 2, 3)] for word in words.WORD.findall(words.folded(wanted))]
    fits = [any(words.folded(part).lstrip("„“\"'(").startswith(stem) for stem in stems) for part in parts]
    first = max(fits.index(True) - 6, 0) if True in fits else 0
    shown = zip(parts[first : first + 26], fits[first : first + 26], strict=True)
    parts_shown = ((format_html("<mark>{}</mark>", part) if is_hit else part,) for part, is_hit in shown)
    line = format_html_join(" ", "{}", parts_shown)
    return format_html("{}{}{}", "… " if first else "", line, " …" if len(parts) > first + 26 else "")


def topic_page(user: "User", topic: Topic, *, number: int, place: Reading) -> TopicPage:
    """The posts around a number, and where this person had read to."""
    start = start_of(number)
    rows = topic.posts.filter(number__range=(start, start + POSTS - 1)).select_related("by")
    posts = list(rows.order_by("number"))
    for post in posts:
        post.topic = topic
    reactions = list(Reaction.objects.filter(post__in=posts).select_related("person"))
    people = {post.by_id for post in posts if post.by_id} | {each.person_id for each in reactions}
    members = access.members_among(topic.program, people)
    names = access.names_in(topic.program, [post.text for post in posts])
    pictures = pictures_on("topic", topic.pk) if any(attachments_of(post.text) for post in posts) else {}
    may_mark = access.can_mark(user, topic)
    may_write = can(user, Ability.WRITE_IN_FORUM, topic.program)
    first_new = next((post.number for post in posts if post.number > place.read_to and post.by_id != user.pk), 0)
    said = [
        Said(
            post,
            person_of(post.by, members),
            render(post.text, names=names, pictures=pictures),
            is_answer=post.pk == topic.answer_id,
            is_first_new=post.number == first_new and place.read_to > 0,
            is_own=post.by_id == user.pk,
            may_mark=may_mark and post.number > 1,
            may_delete=may_write and access.can_delete(user, post),
            may_restore=may_write and access.can_restore(user, post),
            reactions=_words(user, post, reactions, members, may_write=may_write),
        )
        for post in posts
    ]
    url = reverse("community:topic_detail", args=[topic.program.slug, topic.pk])
    links = {
        "earlier": f"{url}?from={start - POSTS}" if start > 1 else "",
        "later": f"{url}?from={start + POSTS}" if topic.posts_made >= start + POSTS else "",
        "last": place_url(topic.program, topic.pk, topic.posts_made),
    }
    hosts = can(user, Ability.HOST_FORUM, topic.program)
    return TopicPage(
        topic,
        said,
        start,
        may_write=may_write and topic.closed_at is None,
        read_to=place.read_to,
        follows=place.follows,
        may_host=hosts,
        mail=place.mail,
        links=links,
    )


ICONS = {ReactionKind.THANKS: "heart", ReactionKind.HELPFUL: "bulb", ReactionKind.ME_TOO: "hand-finger"}


def _words(
    user: "User", post: Post, reactions: list[Reaction], members: dict[int, str], *, may_write: bool
) -> tuple[Said.Word, ...]:
    """What can be said to the writer of a post, and who has said it. A question is wondered about, a reply helps."""
    is_asked = post.number == 1 and post.topic.is_question
    kinds = (ReactionKind.ME_TOO,) if is_asked else (ReactionKind.THANKS, ReactionKind.HELPFUL)
    mine = [each for each in reactions if each.post_id == post.pk and each.person_id in members]
    offered = may_write and post.by_id != user.pk
    words = []
    for kind in kinds:
        names = [str(each.person) for each in mine if each.kind == kind]
        if names or offered:
            is_mine = any(each.kind == kind and each.person_id == user.pk for each in mine)
            words.append(Said.Word(kind, str(kind.label), ICONS[kind], names, is_mine))
    return tuple(words)


@dataclass(frozen=True)
class Version:
    number: int
    until: datetime | None  # nothing: it is what the post says now
    parts: list[tuple[str, str]]


def versions_of(post: Post) -> list[Version]:
    """The newest first; each with what changed against the one before."""
    rows = [*post.versions.all(), PostVersion(version=post.version, text=post.text)]
    names = access.names_in(post.topic.program, [row.text for row in rows])
    texts = [mentions.written(row.text, names) for row in rows]
    found = [
        Version(row.version, row.until, list(differences(texts[place - 1] if place else texts[0], texts[place])))
        for place, row in enumerate(rows)
    ]
    return found[::-1]


def moment_of(text: str) -> tuple[datetime, int] | None:
    """Where a list goes on: the last row's moment and number, as `after_of` wrote them."""
    moment, _line, number = text.rpartition("_")
    try:
        at, pk = datetime.fromisoformat(moment), int(number)
    except ValueError:
        return None
    return (at, pk) if at.tzinfo and 0 < pk < 2**63 else None


def after_of(topic: Topic) -> str:
    return f"{topic.last_at.isoformat()}_{topic.pk}"
