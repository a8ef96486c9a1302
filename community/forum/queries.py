"""What is selected of topics, for a person: what is new for them stays a short list however large the forum grows."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.postgres.search import SearchRank
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext

from community.forum import access, words
from community.forum.models import Board, Post, Reading, Topic, Visitor
from community.forum.models_arranged import FormerPlace
from core.kit.rooms import Hit
from core.people import mentions
from core.people.models import User as Person
from programs.directory.cards import page_of
from programs.directory.present import listed
from programs.membership.access import Ability, can
from programs.membership.jobs import DAYS_KEPT
from programs.membership.models import Membership, Program, Role
from programs.membership.queries import people_with

if TYPE_CHECKING:
    from core.people.models import User

NEWS_FOR = timedelta(days=30)  # what is older is found, but nobody has to catch up on it
MOST_FOUND = 20
MOST_SIMILAR = 6


def topics_of(user: "User", boards: list[Board] | QuerySet[Board]) -> QuerySet[Topic]:
    """Topics with where this person is in each: `read_to` and `follows`."""
    return (
        Topic.objects.present()
        .filter(board__in=boards)
        .annotate(mine=FilteredRelation("readings", condition=Q(readings__person=user)))
        .annotate(read_to=F("mine__read_to"), follows=F("mine__follows"))
        .select_related("last_post__by")
    )


def news_since(user: "User", program: Program) -> datetime:
    """From when on something can be new."""
    visitor = Visitor.objects.filter(program=program, person=user).only("all_read_at").first()
    horizon = timezone.now() - NEWS_FOR
    return max(horizon, visitor.all_read_at) if visitor and visitor.all_read_at else horizon


def new_for(user: "User", since: datetime) -> Q:
    """Something was said by others that this person has not seen, and did not want to be spared."""
    unseen = Q(mine__read_to=None) | Q(posts_made__gt=F("mine__read_to"))
    spared = Q(mine__follows=False)
    return unseen & ~spared & Q(last_at__gt=since) & ~Q(last_post__by=user)


FOLLOWED = Q(mine__follows=True)
WAITING = Q(is_question=True, answer=None, replies_of_others=0, closed_at=None)


def news_of(user: "User", program: Program) -> QuerySet[Topic]:
    """Topics that are new for this person or wait for an answer, asked for in one go."""
    boards = Board.objects.filter(program=program)
    if not can(user, Ability.HOST_FORUM, program):
        boards = boards.for_everybody()
    called_read = Visitor.objects.filter(program=program, person=user).values("all_read_at")
    is_new = new_for(user, timezone.now() - NEWS_FOR) & (Q(called_read=None) | Q(last_at__gt=F("called_read")))
    return topics_of(user, boards).alias(called_read=Subquery(called_read)).filter(is_new | WAITING)


def counts_by_board(user: "User", boards: list[Board], since: datetime) -> dict[int, tuple[int, int]]:
    """For each board: topics that are new for this person, and questions that wait for an answer."""
    new = new_for(user, since)
    rows = (
        topics_of(user, boards)
        .filter(new | WAITING)
        .order_by()
        .values_list("board")
        .annotate(new=Count("pk", filter=new), waiting=Count("pk", filter=WAITING))
    )
    return {board: (new, waiting) for board, new, waiting in rows}


def found(user: "User", boards: list[Board], text: str, most: int = MOST_FOUND) -> list[Post]:
    """The posts that fit best, one of each topic, each with its topic."""
    query = words.query(text)
    if query is None:
        return []
    rows = (
        Post.objects.present()
        .filter(search=query, topic__board__in=boards, topic__deleted_at=None)
        .annotate(rank=SearchRank(F("search"), query))
        .select_related("topic")
        .order_by("-rank", "-pk")[: most * 3]
    )
    best: dict[int, Post] = {}
    for post in rows:
        best.setdefault(post.topic_id, post)
    return list(best.values())[:most]


def similar(topics: QuerySet[Topic], title: str, most: int = MOST_SIMILAR) -> list[Topic]:
    """Topics whose first words sound like a title, the most alike first."""
    query = words.any_of(title)
    if query is None:
        return []
    first = Post.objects.present().filter(number=1, search=query, topic__in=topics).select_related("topic__board")
    ranked = first.annotate(rank=SearchRank(F("search"), query)).order_by("-rank", "-pk")[:most]
    return [post.topic for post in ranked]


def find_topics(user: "User", program: Program, text: str, most: int) -> Iterator[Hit]:
    """For the search over everything."""
    if not can(user, Ability.SEE_FORUM, program):
        return
    boards = {board.pk: board for board in access.boards_for(user, program)}
    for post in found(user, list(boards.values()), text, most) if boards else ():
        url = reverse("community:post_read", args=[program.slug, post.pk])
        yield Hit(post.topic.title, url, boards[post.topic.board_id].title)


def read_by(program: Any, person: Any) -> QuerySet[Reading]:
    return Reading.objects.filter(topic__program=program, person=person, read_to__gt=0)


def written_by(program: Any, person: Any) -> QuerySet[Post]:
    return Post.objects.present().filter(program=program, by=person)


def people_of(program: Program, *, hosts: bool = False, only: int | None = None) -> list[Person]:
    """Whom one may name and tell: everybody who reads there; `only`: this person, if so."""
    rows = people_with(Ability.HOST_FORUM if hosts else Ability.SEE_FORUM, program)
    return list({row.user_id: row.user for row in (rows if only is None else rows.filter(user=only))}.values())


def names_in(program: Program, texts: list[str]) -> dict[int, str]:
    """The names of who is mentioned; who has left the program is named in no text any more."""
    names = mentions.named_in(texts)
    members = members_among(program, set(names))
    return {pk: name if pk in members else gettext("former member") for pk, name in names.items()}


class Member(NamedTuple):
    """Somebody in the program: as what in its team (of participants nothing is said), and the address of the page for
    who stands in the directory."""

    role: str = ""
    url: str = ""


def members_among(program: Program, people: set[int]) -> dict[int, Member]:
    """Who of these is in the program, and as what in its team. The others are former members, whatever their names
    were; of participants nothing is said. Who takes no part any more, or deletes the account, is one at once: it was
    a consent. A role in the team that ended leaves the name for as long as the role itself is kept."""
    if not people:
        return {}
    kept = Q(ended_at=None) | Q(ended_at__gte=timezone.now() - timedelta(days=DAYS_KEPT))
    here = Membership.objects.filter(kept, program=program, user__in=people, user__is_active=True, user__erase_at=None)
    is_listed = Exists(listed(program).filter(user=OuterRef("user")))
    rows = list(here.annotate(is_listed=is_listed).order_by("pk"))
    left = {row.user_id for row in rows if row.ended_at and row.role == Role.INFLUENCER}
    members = {row.user_id: Member() for row in rows if row.ended_at and row.user_id not in left}
    for row in rows:
        if row.ended_at is None:
            told = "" if row.role == Role.INFLUENCER else str(capfirst(row.get_role_display()))
            url = page_of(program, row.user_id) if row.is_listed else ""  # type: ignore[attr-defined]  # annotated above
            members[row.user_id] = Member(members.get(row.user_id, Member()).role or told, url)
    return members


def former_place(topic_pk: int, number: int) -> Post | None:
    """Where a post stands that was moved away from here; its topic is asked for by who goes there."""
    place = FormerPlace.objects.filter(topic=topic_pk, number=number).select_related("post").first()
    return place.post if place else None
