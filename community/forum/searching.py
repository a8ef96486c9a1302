"""The search of the forum: words, narrowed to a writer, to questions with or without a solution, and to a period.

When few posts hold the words, those are found too that hold them as the ends of longer ones. Posts are compared among
the newest that hold the words, so that a word which stands everywhere costs no more than a rare one; the page says so
when there were more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.forum import access, queries
from community.forum.looks import MOST_COMPARED, Look
from community.forum.models import Board, Post
from core.kit.characters import visible
from core.kit.rooms import Hit
from programs.membership.access import Ability, can
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

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
            by=int(by) if by.isascii() and by.isdecimal() and len(by) < 19 else None,
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
    posts: list[Post] = []
    for each in _looks(boards, search):
        posts += each.best(search, most)
        if len(posts) >= FEW:
            break
    return _one_of_each(posts, most)


def _looks(boards: list[Board], search: Search) -> Iterator[Look]:
    """For the words; then for them within longer words, as long as whoever asks found few."""
    return (look for inside in (False, True) if (look := Look.at(boards, search.words, inside=inside)))


def _one_of_each(posts: list[Post], most: int) -> list[Post]:
    best: dict[int, Post] = {}
    for post in posts:
        best.setdefault(post.topic_id, post)
    return list(best.values())[:most]


def look(program: Program, boards: list[Board], search: Search) -> Found:
    """What was found for a page. One chooses among those who wrote something with these words and are still here."""
    looks, wrote = [], []
    for each in _looks(boards, search):
        looks.append(each)
        wrote.append(each.writers())
        if len(wrote[0]) >= FEW:
            break
    writers = queries.names_among(program, {pk for each in wrote for pk in each if pk is not None})
    if search.by not in writers:
        search = replace(search, by=None)
    posts = [post for each in looks for post in each.best(search, MOST_FOUND)]
    return Found(search, _one_of_each(posts, MOST_FOUND), writers, any(len(each) >= MOST_COMPARED for each in wrote))


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
