"""The lists of the forum: which topics, in what order, in which groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.forum import queries, searching
from community.forum.listing import PAGE, page_of
from community.forum.models import Board
from community.forum.rows import Row, after_of, found_rows, moment_of, rows_of
from community.forum.searching import Found, Search
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

SHOWS = {
    "new": gettext_lazy("For you"),
    "waiting": gettext_lazy("Unanswered"),
    "mine": gettext_lazy("Mine"),
    "followed": gettext_lazy("Followed"),
    "all": gettext_lazy("All"),
}

FITTED = ("new", "waiting")  # lists that say which topics are about what somebody is interested in


@dataclass(frozen=True)
class Group:
    title: str
    rows: list[Row]


@dataclass(frozen=True)
class BoardLink:
    board: Board
    url: str
    is_current: bool
    news: queries.BoardNews

    @property
    def told(self) -> str:
        """The one thing that is said beside its name."""
        if self.news.follows is False:
            return _("muted")
        if not self.board.is_over and (waiting := self.news.waiting):
            return ngettext("%(n)s waiting", "%(n)s waiting", waiting) % {"n": up_to_many(waiting)}
        new = self.news.new
        return ngettext("%(n)s new", "%(n)s new", new) % {"n": up_to_many(new)} if new else ""


@dataclass(frozen=True)
class TopicList:
    """One look at the forum."""

    show: str
    board: Board | None
    words: str
    groups: list[Group]
    tabs: list[dict[str, Any]]
    boards: list[BoardLink]
    next_url: str
    new: int
    waiting: int
    hits: Found
    interests: Sequence[str] = ()

    @property
    def follows(self) -> bool | None:
        """How loud the board is for this person."""
        return next((each.news.follows for each in self.boards if each.is_current), None)

    @property
    def filters(self) -> list[dict[str, Any]]:
        """Choices beside the words."""
        return searching.filters(self.hits.search, self.hits.writers)

    @property
    def lead(self) -> str:
        """What there is to do, in a sentence."""
        if self.new and self.waiting:
            return _("%(new)s, and %(waiting)s.") % {"new": self._news, "waiting": self._questions}
        if self.new:
            return f"{self._news}."
        if self.waiting:
            return _("You are up to date, and %(waiting)s.") % {"waiting": self._questions}
        return _("You are up to date. Here people help each other between events.")

    @property
    def _news(self) -> str:
        words = ngettext("One topic is new for you", "%(n)s topics are new for you", self.new)
        return words % {"n": up_to_many(self.new)}

    @property
    def _questions(self) -> str:
        words = ngettext(
            "one question is waiting for an answer", "%(n)s questions are waiting for an answer", self.waiting
        )
        return words % {"n": up_to_many(self.waiting)}

    @property
    def is_empty(self) -> bool:
        return not any(group.rows for group in self.groups)


def up_to_many(count: int) -> int | str:
    """As it is said: counting ends somewhere."""
    return count if count < queries.MANY else f"{queries.MANY - 1}+"


def topic_list(
    user: "User", program: Program, boards: list[Board], news: dict[int, queries.BoardNews], asked: QueryDict
) -> TopicList:
    """`show` is which topics, `board` narrows them, `q` looks for words instead, `after` goes on behind a row."""
    since, interests = next((told.since, told.interests or ()) for told in news.values())
    board = next((board for board in boards if board.key == asked.get("board")), None)
    show = asked.get("show", "")
    if show not in SHOWS:
        show = "all" if board else "new"
    shown = [board] if board else boards
    hits = searching.look(program, shown, Search.asked(asked))
    text = hits.search.words
    new, waiting = (
        sum(each.new for each in news.values()),
        sum(news[each.pk].waiting for each in boards if not each.is_over),
    )
    base = reverse("community:forum", args=[program.slug])
    next_url = ""
    if text:
        groups = [Group("", found_rows(program, boards, hits.posts, text))]
    else:
        after = moment_of(asked.get("after", ""))
        on_first = show == "all" and after is None
        pinned = on_first and any(news[each.pk].has_pinned for each in shown)
        on_top, page = page_of(user, program, shown, show, since=since, after=after, with_pinned=pinned)
        if len(page) > PAGE:
            query = asked.copy()
            query["after"] = after_of(page[PAGE - 1])
            next_url = f"{base}?{query.urlencode()}"
        rows = rows_of(
            user,
            program,
            on_top + page[:PAGE],
            boards,
            since,
            muted=frozenset(pk for pk, told in news.items() if told.follows is False),
            interests=interests if show in FITTED else (),
        )
        groups = _groups(show, rows)
    counted = {"new": up_to_many(new), "waiting": up_to_many(waiting)}
    narrowed = f"&board={board.key}" if board else ""
    tabs = [
        {
            "label": label,
            "url": f"{base}?show={key}{narrowed}",
            "current": key == show and not text,
            "count": "" if board else counted.get(key, ""),
        }
        for key, label in SHOWS.items()
    ]
    links = [BoardLink(each, f"{base}?board={each.key}", each == board, news[each.pk]) for each in boards]
    return TopicList(show, board, text, groups, tabs, links, next_url, new, waiting, hits, interests)


def _groups(show: str, rows: list[Row]) -> list[Group]:
    """What is new, sorted by why it is yours; pinned topics apart."""
    if show == "new":
        mine = [row for row in rows if row.topic.follows]  # type: ignore[attr-defined]  # annotated
        help_wanted = [row for row in rows if row.fits and row.is_waiting and row not in mine]
        rest = [row for row in rows if row not in mine and row not in help_wanted]
        return [
            Group(_("Where you take part"), mine),
            Group(_("Where you can help"), help_wanted),
            Group(_("New in the boards"), rest),
        ]
    pinned = [row for row in rows if show == "all" and row.topic.pinned_at]
    rest = [row for row in rows if row not in pinned]
    return [Group(_("Pinned"), pinned), Group(_("Topics") if pinned else "", rest)]
