"""The search of the forum: words, narrowed to a writer, to questions with or without a solution, and to a period.

When few posts hold the words, those are found too that hold them as the ends of longer ones. Posts are compared among
the newest that hold the words, so that a word which stands everywhere costs no more than a rare one; the page says so
when there were more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import SearchRank
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.forum import access, queries
from community.forum.models import Board, Post
from core.kit import search_words as words
from core.kit.characters import visible
from core.kit.rooms import Hit
from programs.membership.access import Ability, can
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MOST_COMPARED = 250
RARE = 1000
FEW = 5
MOST_FOUND = 20
LONGEST_WORDS = 100
STATES = {
    "": gettext_lazy("All topics"),
    "solved": gettext_lazy("Questions with a solution"),
    "open": gettext_lazy("Questions without one"),
}
PERIODS = {
    "": gettext_lazy("At any time"),
    "30": gettext_lazy("In the last 30 days"),
    "365": gettext_lazy("In the last 12 months"),
}
OF_STATE = {
    "": Q(),
    "solved": Q(topic__is_question=True) & ~Q(topic__answer=None),
    "open": Q(topic__is_question=True, topic__answer=None),
}


@dataclass(frozen=True)
class Search:
    """What somebody looks for. What an address cannot mean is taken as not said."""

    words: str = ""
    by: int | None = None
    state: str = ""
    period: str = ""

    @classmethod
    def asked(cls, query: Mapping[str, Any]) -> "Search":
        by, state, period = (str(query.get(name, "")) for name in ("by", "state", "period"))
        return cls(
            words=visible(str(query.get("q", "")))[:LONGEST_WORDS],
            by=int(by) if by.isascii() and by.isdecimal() and len(by) < 10 else None,
            state=state if state in STATES else "",
            period=period if period in PERIODS else "",
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.by or self.state or self.period)


@dataclass(frozen=True)
class Found:
    """What the page shows: posts, the writers to choose from, whether older posts were left out of the comparison."""

    search: Search = Search()
    posts: list[Post] = field(default_factory=list)
    writers: dict[int, str] = field(default_factory=dict)
    is_cut: bool = False


def found(boards: list[Board], search: Search, most: int = MOST_FOUND) -> list[Post]:
    """The posts that fit best, one of each topic, each with its topic."""
    query = words.query(search.words)
    if query is None:
        return []
    whole = Q(search=query)
    posts = _best(_newest(boards, whole, search, is_rare=_is_rare(whole)), query, most)
    if len(posts) < FEW and (within := words.inside(search.words)):
        posts += _best(_newest(boards, within, search, is_rare=_is_rare(within)), query, most)
    return _one_of_each(posts, most)


def _best(newest: QuerySet[Post, int], query: Any, most: int) -> list[Post]:
    ranked = Post.objects.filter(pk__in=newest).annotate(rank=SearchRank(F("search"), query))
    shown = ranked.select_related("topic", "by").defer("search", "word_parts")
    return list(shown.order_by("-rank", "-pk")[: most * 3])


def _one_of_each(posts: list[Post], most: int) -> list[Post]:
    best: dict[int, Post] = {}
    for post in posts:
        best.setdefault(post.topic_id, post)
    return list(best.values())[:most]


def look(program: Program, boards: list[Board], search: Search) -> Found:
    """What was found for a page. One chooses among those who wrote something with these words and are still here."""
    query = words.query(search.words)
    if query is None:
        return Found(search)
    whole = Q(search=query)
    looks = [(whole, _is_rare(whole))]
    wrote = [_wrote(boards, search.words, *looks[0])]
    if len(wrote[0]) < FEW and (within := words.inside(search.words)):
        looks.append((within, _is_rare(within)))
        wrote.append(_wrote(boards, search.words, *looks[1]))
    writers = queries.names_among(program, {pk for each in wrote for pk in each if pk is not None})
    if search.by not in writers:
        search = replace(search, by=None)
    posts: list[Post] = []
    for holds, is_rare in looks:
        posts += _best(_newest(boards, holds, search, is_rare=is_rare), query, MOST_FOUND)
    return Found(search, _one_of_each(posts, MOST_FOUND), writers, any(len(each) >= MOST_COMPARED for each in wrote))


def _wrote(boards: list[Board], said: str, holds: Q, is_rare: bool) -> list[int | None]:
    """The writer of each post that holds the words, however the search is narrowed."""
    newest = _newest(boards, holds, Search(said), is_rare=is_rare)
    return list(Post.objects.filter(pk__in=newest).order_by().values_list("by", flat=True))


def _is_rare(fits: Q) -> bool:
    """Whether so few posts hold the words that all of them can be looked at. Asked for, as PostgreSQL guesses wrong: it
    would read every post from the newest on, looking for a word that hardly any has."""
    return bool(Post.objects.filter(fits).order_by()[:RARE].count() < RARE)


def _newest(boards: list[Board], holds: Q, search: Search, *, is_rare: bool) -> QuerySet[Post, int]:
    fits = Post.objects.present().filter(holds, topic__board__in=boards, topic__deleted_at=None)
    fits = fits.filter(OF_STATE[search.state])
    if search.by is not None:
        fits = fits.filter(by=search.by)
    if search.period:
        fits = fits.filter(at__gte=timezone.now() - timedelta(days=int(search.period)))
    newest_first = (F("pk") + 0).desc() if is_rare else F("pk").desc()  # a sum has no index that misleads
    return fits.order_by(newest_first).values_list("pk", flat=True)[:MOST_COMPARED]


def filters(search: Search, writers: dict[int, str]) -> list[dict[str, Any]]:
    """For the row of choices under the words."""
    people = [("", _("Everybody")), *sorted(((str(pk), name) for pk, name in writers.items()), key=lambda one: one[1])]
    return [
        {"name": "by", "label": _("By"), "choices": people, "value": search.by or ""},
        {"name": "state", "label": _("Which"), "choices": list(STATES.items()), "value": search.state},
        {"name": "period", "label": _("When"), "choices": list(PERIODS.items()), "value": search.period},
    ]


def find_topics(user: "User", program: Program, text: str, most: int) -> Iterator[Hit]:
    """For the search over everything."""
    if not can(user, Ability.SEE_FORUM, program):
        return
    boards = {board.pk: board for board in access.boards_for(user, program)}
    for post in found(list(boards.values()), Search(text), most) if boards else ():
        url = reverse("community:post_read", args=[program.slug, post.pk])
        yield Hit(post.topic.title, url, boards[post.topic.board_id].title)
