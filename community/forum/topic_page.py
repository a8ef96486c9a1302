"""A topic as it is read: what was said in it, and what this person may do with it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString

from community.forum import access, queries, results
from community.forum.models import Post, Reaction, ReactionKind, Reading, Topic
from community.forum.models_arranged import FormerPlace
from community.forum.models_linked import LinkCard, PostLink
from community.forum.places import POSTS, place_url, start_of
from community.forum.rows import person_of
from core.attachments.files import Held, held_by
from core.disclosure import gate
from core.disclosure.gate import People
from core.kit.markdown import attachments_of, render
from programs.membership.access import Ability, can

if TYPE_CHECKING:
    from core.people.models import User


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
    cards: tuple[LinkCard, ...] = ()
    dead: tuple[LinkCard, ...] = ()  # for its author alone
    poll: results.Shown | None = None

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
    links: dict[str, str] = field(default_factory=dict)
    moved: tuple[FormerPlace, ...] = ()  # posts that stood on this page and were moved

    @property
    def seen_to(self) -> int:
        """The last post on this page, which counts as read now."""
        return min(self.start + POSTS - 1, self.topic.posts_made)


def topic_page(user: "User", topic: Topic, *, number: int, place: Reading) -> TopicPage:
    """The posts around a number, and where this person had read to."""
    start = start_of(number)
    rows = (
        topic.posts.filter(number__range=(start, start + POSTS - 1))
        .select_related("poll")
        .defer("search", "word_parts")
    )
    posts = list(rows.order_by("number"))
    for post in posts:
        post.topic = topic
    reactions = list(Reaction.objects.filter(post__in=posts))
    people = {post.by_id for post in posts if post.by_id} | {each.person_id for each in reactions}
    members = queries.members_among(topic.program, people)
    names, pages = queries.named_in(topic.program, [post.text for post in posts])
    held = held_by("topic", topic.pk) if any(attachments_of(post.text) for post in posts) else Held()
    cards = _cards(posts)
    may_mark = access.can_mark(user, topic)
    may_write = can(user, Ability.WRITE_IN_FORUM, topic.program)
    hosts = can(user, Ability.HOST_FORUM, topic.program)
    polls = results.polls_of(user, topic, posts, may_write=may_write and not topic.is_closed, may_host=hosts)
    first_new = next((post.number for post in posts if post.number > place.read_to and post.by_id != user.pk), 0)
    said = [
        Said(
            post,
            person_of(post.by_id, members),
            render(post.text, names=names, pages=pages, pictures=held.pictures, files=held.files),
            is_answer=post.pk == topic.answer_id,
            is_first_new=post.number == first_new and place.read_to > 0,
            is_own=post.by_id == user.pk,
            may_mark=may_mark and post.number > 1,
            may_delete=may_write and access.can_delete(user, post),
            may_restore=may_write and access.can_restore(user, post),
            reactions=_words(user, post, reactions, members, may_write=may_write),
            cards=tuple(card for card in cards.get(post.pk, ()) if card.title),
            dead=tuple(card for card in cards.get(post.pk, ()) if card.is_dead and post.by_id == user.pk),
            poll=polls.get(post.pk),
        )
        for post in posts
    ]
    url = reverse("community:topic_detail", args=[topic.program.slug, topic.pk])
    links = {
        "earlier": f"{url}?from={start - POSTS}" if start > 1 else "",
        "later": f"{url}?from={start + POSTS}" if topic.posts_made >= start + POSTS else "",
        "last": place_url(topic.program, topic.pk, topic.posts_made),
    }
    return TopicPage(
        topic,
        said,
        start,
        may_write=may_write and not topic.is_closed,
        read_to=place.read_to,
        follows=place.follows,
        may_host=hosts,
        links=links,
        moved=_moved_away(topic, start) if len(posts) < min(POSTS, topic.posts_made - start + 1) else (),
    )


def _cards(posts: list[Post]) -> dict[int, list[LinkCard]]:
    """The pages that posts show, as far as they answered or are known not to be there. Asked for only
    where there is a link at all."""
    shown = [post for post in posts if "https://" in post.text]
    found: dict[int, list[LinkCard]] = {}
    told = ~Q(card__title="") | Q(card__is_dead=True)
    rows = PostLink.objects.filter(told, post__in=shown).select_related("card") if shown else ()
    for row in rows:
        found.setdefault(row.post_id, []).append(row.card)
    return found


def _moved_away(topic: Topic, start: int) -> tuple[FormerPlace, ...]:
    """The first of each row of posts that went to the same topic."""
    places = topic.former.filter(number__range=(start, start + POSTS - 1)).select_related("post")
    first: dict[int, FormerPlace] = {}
    for place in places:
        if place.post.topic_id != topic.pk:
            first.setdefault(place.post.topic_id, place)
    return tuple(first.values())


ICONS = {ReactionKind.THANKS: "heart", ReactionKind.HELPFUL: "bulb", ReactionKind.ME_TOO: "hand-finger"}


def _words(
    user: "User", post: Post, reactions: list[Reaction], members: dict[int, queries.Member], *, may_write: bool
) -> tuple[Said.Word, ...]:
    """What can be said to the writer of a post, and who has said it. A question is wondered about, a reply helps."""
    is_asked = post.number == 1 and post.topic.is_question
    kinds = (ReactionKind.ME_TOO,) if is_asked else (ReactionKind.THANKS, ReactionKind.HELPFUL)
    mine = [each for each in reactions if each.post_id == post.pk and each.person_id in members]
    offered = may_write and post.by_id != user.pk
    words = []
    for kind in kinds:
        names = [members[each.person_id].called for each in mine if each.kind == kind]
        if names or offered:
            is_mine = any(each.kind == kind and each.person_id == user.pk for each in mine)
            words.append(Said.Word(kind, str(kind.label), ICONS[kind], names, is_mine))
    return tuple(words)
