"""What is selected of topics, for a person: what is new for them stays a short list however large the forum grows."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.postgres.search import SearchRank
from django.db.models import DateTimeField, Exists, Expression, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext

from community.forum.access import boards_for
from community.forum.models import Board, Post, Reading, Topic, TopicQuerySet, Visitor, open_to
from community.forum.models_arranged import FormerPlace
from community.forum.models_wishes import BoardWish
from core.kit import search_words as words
from core.kit.compiled import Blank, Compiled, OneOf
from core.people import mentions
from core.people.models import User as Person
from core.people.models import name_shown
from core.people.unknown import unknown_names
from programs.directory.apart import has_namesake, told_apart
from programs.directory.cards import page_of
from programs.directory.present import listed
from programs.generations.models import Generation, Participant
from programs.generations.models_moves import Move
from programs.generations.queries import silent
from programs.membership.access import Ability, can
from programs.membership.jobs import DAYS_KEPT
from programs.membership.models import Membership, Program, Role
from programs.membership.queries import people_with

if TYPE_CHECKING:
    from core.people.models import User

NEWS_FOR = timedelta(days=30)  # what is older is found, but nobody has to catch up on it
MOST_SIMILAR = 6
ON_TILE = 3  # on somebody's start page
LISTED = (
    *("program", "board", "by", "title", "is_question", "answer", "last_at", "posts_made", "replies_of_others"),
    *("pinned_at", "closed_at", "last_post__line", "last_post__is_unnamed", "last_post__by"),
)
MANY = 100  # nobody needs to know how many more there are


def topics_of(user: "User", boards: list[Board]) -> TopicQuerySet:
    """Topics as lists show them. The program is named for its index."""
    topics = Topic.objects.present().filter(board__in=boards, program__in={board.program_id for board in boards})
    return as_listed(topics, user)


def as_listed(topics: TopicQuerySet, person: Any) -> TopicQuerySet:
    """With where this person is in each, `read_to` and `follows`, and with who spoke last; no more than is shown."""
    return topics.with_place_of(person).select_related("last_post").only(*LISTED)


def news_since(user: "User", program: Program) -> datetime:
    """From when on something can be new: never longer ago than a month, and after all was called read."""
    visitor = Visitor.objects.filter(program=program, person=user).only("all_read_at").first()
    horizon = timezone.now() - NEWS_FOR
    return max(horizon, visitor.all_read_at) if visitor and visitor.all_read_at else horizon


def _since(person: Any, program: Any, horizon: Any) -> Greatest:
    """The same, for the database to work out."""
    called_read = Visitor.objects.filter(program=program, person=person).values("all_read_at")
    return Greatest(horizon, Subquery(called_read))  # of a moment and nothing it is the moment


def new_for(since: datetime | Expression, person: Any) -> Q:
    """Something was said that this person has not seen, and did not want to be spared; for topics of `topics_of`. On a
    muted board that is what the person follows. Who writes has seen what is there."""
    unseen = Q(read_to=None) | Q(posts_made__gt=F("read_to"))
    muted = BoardWish.objects.filter(person=person, follows=False)
    wanted = Q(follows=True) | (Q(follows=None) & ~Q(board__in=muted.values("board")))
    return unseen & wanted & Q(last_at__gt=since)


FOLLOWED = Q(follows=True)
WAITING = Q(is_question=True, answer=None, replies_of_others=0, closed_at=None)


def news_of(user: "User", program: Program) -> list[Topic]:
    """The first few topics that are new for this person or wait for an answer, asked for in one go."""
    news = NEWS if can(user, Ability.HOST_FORUM, program) else NEWS_OF_PERSON
    today, horizon = timezone.localdate(), timezone.now() - NEWS_FOR
    return news.rows(person=user.pk, program=program.pk, today=today, horizon=horizon)


def _news(*open_to_them: Q) -> QuerySet[Topic]:
    person = Blank("person")
    since = _since(person, Blank("program"), Blank("horizon", DateTimeField()))
    goes_on = Q(board__generation__end_on=None) | Q(board__generation__end_on__gte=Blank("today"))
    topics = Topic.objects.present().filter(goes_on, *open_to_them, program=Blank("program")).select_related("board")
    news = topics.with_place_of(person).filter(new_for(since, person) | WAITING)
    return news.order_by("-last_at", "-pk")[:ON_TILE]


NEWS, NEWS_OF_PERSON = Compiled(_news), Compiled(lambda: _news(open_to(Blank("person"), "board__")))


class Counted(Subquery):
    """How many rows a query finds, which ends at its own limit."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS found)"

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        super().__init__(rows, output_field=IntegerField())


@dataclass(frozen=True)
class BoardNews:
    """What a board has for a person: topics that are new and questions that wait, each up to MANY; and how loud the
    person wants it: followed, muted or neither. The person's topics are the same for each."""

    since: datetime  # what was said before is not new
    new: int = 0
    waiting: int = 0
    has_pinned: bool = False
    follows: bool | None = None
    interests: Sequence[str] | None = None


def boards_with_news(user: "User", program: Program) -> tuple[list[Board], dict[int, BoardNews]]:
    """The boards that somebody reads, as `access.boards_for`, each with what it has for them. One question."""
    told = {"person": user.pk, "program": program.pk, "horizon": timezone.now() - NEWS_FOR}
    asks = BOARDS_WITH_NEWS if can(user, Ability.HOST_FORUM, program) else BOARDS_WITH_NEWS_OF_PERSON
    boards: list[Any] = asks.rows(**told)
    return boards, {board.pk: BoardNews(*(getattr(board, f"news_{part}") for part in PARTS)) for board in boards}


PARTS = [part.name for part in fields(BoardNews)]


def _with_news(boards: QuerySet[Board]) -> QuerySet[Board]:
    person, program = Blank("person"), Blank("program")
    since = _since(person, program, Blank("horizon", DateTimeField()))
    topics = Topic.objects.present().filter(board=OuterRef("pk")).order_by()
    own = topics.with_place_of(person)
    wish = BoardWish.objects.filter(board=OuterRef("pk"), person=person).values("follows")
    interests = Visitor.objects.filter(program=program, person=person).values("interests")
    return boards.annotate(
        news_since=since,
        news_new=Counted(own.filter(new_for(since, person)).values("pk")[:MANY]),
        news_waiting=Counted(own.filter(WAITING).values("pk")[:MANY]),
        news_has_pinned=Exists(topics.exclude(pinned_at=None)),
        news_follows=Subquery(wish),
        news_interests=Subquery(interests),
    )


BOARDS_WITH_NEWS = Compiled(lambda: _with_news(Board.objects.of_program(Blank("program"))))
BOARDS_WITH_NEWS_OF_PERSON = Compiled(
    lambda: _with_news(Board.objects.of_program(Blank("program")).filter(open_to(Blank("person"))))
)


def similar(topics: QuerySet[Topic], title: str, most: int = MOST_SIMILAR) -> list[Topic]:
    """Topics whose first words sound like a title, the most alike first."""
    query = words.any_of(title)
    if query is None:
        return []
    first = Post.objects.present().filter(number=1, search=query, topic__in=topics).select_related("topic__board")
    ranked = first.annotate(rank=SearchRank(F("search"), query)).order_by("-rank", "-pk")[:most]
    return [post.topic for post in ranked]


def read_by(program: Any, person: Any) -> QuerySet[Reading]:
    return Reading.objects.filter(topic__program=program, person=person, read_to__gt=0)


def written_by(program: Any, person: Any) -> QuerySet[Post]:
    return Post.objects.present().filter(program=program, by=person)


def people_of(program: Program, *, hosts: bool = False, only: int | None = None) -> list[Person]:
    """Whom one may name and tell: everybody who reads there, by name; `only`: this person, if so."""
    rows = people_with(Ability.HOST_FORUM if hosts else Ability.SEE_FORUM, program)
    return list({row.user_id: row.user for row in (rows if only is None else rows.filter(user=only))}.values())


def readers_of(board: Board, program: Program) -> list[Person]:
    """Whom one may name on a board, and tell of it."""
    people = people_of(program, hosts=board.is_for_hosts)
    if board.generation_id is None:
        return people
    inside = set(Participant.objects.filter(generation=board.generation_id).values_list("user", flat=True))
    moved = Move.objects.filter(former=board.generation_id).exclude(done_at=None)
    inside |= set(moved.values_list("participant__user", flat=True))
    inside |= {host.pk for host in people_of(program, hosts=True)}
    return [person for person in people if person.pk in inside]


def people_to_name(program: Program, board: Board | None = None) -> list[Person]:
    """Of those who read there, whom one may name. Who pauses is left in peace: not offered, and not called into a
    topic by a name that is typed."""
    people = readers_of(board, program) if board else people_of(program)
    pausing = silent(program.pk, {person.pk for person in people})
    return marked_apart(program, [person for person in people if person.pk not in pausing])


def marked_apart(program: Program, people: list[Person]) -> list[Person]:
    """With what tells those of one name apart, for when they are written."""
    marks = told_apart(program, [person.pk for person in people]) if people else {}
    for person in people:
        person.apart = marks.get(person.pk, "")
    return people


def names_to_write(program: Program, text: str) -> dict[int, str]:
    """How those are written whom a text mentions, for whoever changes it."""
    return mentions.names_of(marked_apart(program, mentions.people_in([text])))


def unknown_in(post: Post) -> str:
    """A sentence for its writer when a name in it is nobody's."""
    return unknown_names(post.text, lambda: mentions.names_of(people_to_name(post.topic.program, post.topic.board)))


def generations_without_board(program: Program) -> list[Generation]:
    """For whom a board could be made: generations that have not ended."""
    ended = Q(end_on__lt=timezone.localdate())
    made = Board.objects.filter(program=program).exclude(generation=None).values("generation")
    return list(Generation.objects.present().filter(program=program).exclude(ended).exclude(pk__in=made))


def names_in(program: Program, texts: list[str]) -> dict[int, str]:
    """The names of who is mentioned; who has left the program is named in no text any more."""
    return named_in(program, texts)[0]


def named_in(program: Program, texts: list[str]) -> tuple[dict[int, str], dict[int, str]]:
    """The same, and the pages of those who stand in the directory: who reads the forum reads it too."""
    people = mentions.people_in(texts)
    members = members_among(program, {person.pk for person in people})
    for person in people:
        person.apart = members[person.pk].apart if person.pk in members else ""
    names = mentions.names_of(people)
    called = {pk: name if pk in members else gettext("former member") for pk, name in names.items()}
    return called, {pk: member.url for pk, member in members.items() if member.url}


class Member(NamedTuple):
    """Somebody in the program: the name, as what in its team (of participants nothing is said), the address of the page
    for who stands in the directory, and what tells them apart from others of the same name."""

    name: str = ""
    role: str = ""
    url: str = ""
    apart: str = ""

    @property
    def called(self) -> str:
        """As in a mention: several people of one name are told apart wherever they are named."""
        name = name_shown(self.name)
        return f"{name} ({self.apart})" if self.apart else name


def members_among(program: Program, people: set[int], *, pages: bool = True) -> dict[int, Member]:
    """Who of these is in the program, and as what in its team. The others are former members, whatever their names
    were; of participants nothing is said. Who takes no part any more, or deletes the account, is one at once: it was
    a consent. A role in the team that ended leaves the name for as long as the role itself is kept. A list of topics
    leads to no pages: it does without that question."""
    if not people:
        return {}
    moment = timezone.now() - timedelta(days=DAYS_KEPT)
    rows = _members(pages=pages).rows(program=program.pk, people=list(people), moment=moment)
    left = {pk for pk, _name, role, ended_at, *_rest in rows if ended_at and role == Role.INFLUENCER}
    alike = {pk for pk, *_rest, is_alike in rows if is_alike}
    marks = told_apart(program, alike) if alike else {}
    members = {
        pk: Member(name, apart=marks.get(pk, ""))
        for pk, name, _role, ended_at, *_rest in rows
        if ended_at and pk not in left
    }
    for pk, name, role, ended_at, has_page, _alike in rows:
        if ended_at is None:
            told = "" if role == Role.INFLUENCER else str(capfirst(Role(role).label))
            url = page_of(program, pk) if has_page else ""
            members[pk] = Member(name, members.get(pk, Member()).role or told, url, marks.get(pk, ""))
    return members


@cache
def _members(*, pages: bool) -> Compiled[Any]:
    return Compiled(lambda: _members_among(Blank("program"), pages=pages))


def _members_among(program: Blank, *, pages: bool) -> QuerySet[Membership, Any]:
    kept = Q(ended_at=None) | Q(ended_at__gte=Blank("moment"))
    here = Membership.objects.filter(kept, OneOf("user_id", "people"), program=program)
    here = here.filter(user__is_active=True, user__erase_at=None)
    is_listed = Exists(listed(program).filter(user=OuterRef("user"))) if pages else Value(value=False)
    return here.order_by("pk").values_list("user", "user__name", "role", "ended_at", is_listed, has_namesake(program))


def names_among(program: Program, people: set[int]) -> dict[int, str]:
    """The names of those of these who are in the program now."""
    if not people:
        return {}
    here = Membership.objects.active().filter(program=program, user__in=people).select_related("user")
    rows = list(here.annotate(is_alike=has_namesake(program)))
    found = list({row.user_id: row.user for row in rows}.values())
    is_marked = any(row.is_alike for row in rows)  # type: ignore[attr-defined]
    return mentions.names_of(marked_apart(program, found) if is_marked else found)


def former_place(topic_pk: int, number: int) -> Post | None:
    """Where a post stands that was moved away from here; its topic is asked for by who goes there."""
    place = FormerPlace.objects.filter(topic=topic_pk, number=number).select_related("post").first()
    return place.post if place else None


def boards_to_write_on(user: "User", program: Program) -> list[Board]:
    return [board for board in boards_for(user, program) if not board.is_over]


def topics_to_merge(user: "User", topic: Topic) -> QuerySet[Topic]:
    """Those that the same people read."""
    boards = [board for board in boards_for(user, topic.program) if board.readers == topic.board.readers]
    return Topic.objects.present().filter(board__in=boards).exclude(pk=topic.pk)


def topics_for(user: "User", program: Program) -> QuerySet[Topic]:
    """What this person may read there."""
    return Topic.objects.present().filter(board__in=boards_for(user, program))


def place_in(user: "User", topic: Topic) -> Reading:
    """Where this person is in a topic that was got here; at the very beginning without a row."""
    read_to, follows = topic.read_to, topic.follows  # type: ignore[attr-defined]  # by `with_place_of`
    return Reading(topic=topic, person=user, read_to=read_to or 0, follows=follows)


def wishes_of(user: "User", program: Program) -> dict[str, object]:
    """What this person decided about the forum."""
    visitor = Visitor.objects.filter(program=program, person=user).first() or Visitor()
    return {"words_go": "yes" if visitor.words_go else "no", "interests": "\n".join(visitor.interests)}
