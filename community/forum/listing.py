"""Which topics a list of the forum shows. Lists are what people open most: their questions are put into words once."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from community.forum import queries
from community.forum.models import Board, Topic
from core.kit.compiled import Blank, Compiled, OneOf
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

PAGE = 50
MOST_PINNED = 10


@dataclass(frozen=True)
class ListKind:
    """What makes the words of a question differ; all else is told when it is asked."""

    show: str
    of_one_board: bool = False
    goes_on: bool = False
    has_pinned: bool = False

    @property
    def oldest_first(self) -> bool:
        return self.show == "waiting"

    @property
    def order(self) -> tuple[str, str]:
        return ("last_at", "pk") if self.oldest_first else ("-last_at", "-pk")


def page_of(
    user: "User",
    program: Program,
    boards: list[Board],
    show: str,
    *,
    since: datetime,
    after: tuple[datetime, int] | None = None,
    with_pinned: bool = False,
) -> tuple[list[Topic], list[Topic]]:
    """The pinned topics, the last pinned first; then the page behind the place `after`, and one more topic when the
    list goes on behind it. First which ones, then all that is shown of them: nothing is looked up for the others."""
    pks = [board.pk for board in boards if show != "waiting" or not board.is_over]
    kind = ListKind(show, len(pks) == 1, after is not None, with_pinned)
    told: dict[str, Any] = {"program": program.pk, "person": user.pk}
    told |= {"board": pks[0]} if kind.of_one_board else {"boards": pks}
    if show == "new":
        told["since"] = since
    if after:
        told |= {"moment": after[0], "number": after[1]}
    found = question(kind).rows(**told)
    if not with_pinned:
        return [], found
    on_top = [(topic.pinned_at, topic) for topic in found if topic.pinned_at]
    on_top.sort(key=lambda each: each[0], reverse=True)
    return [topic for _at, topic in on_top], [topic for topic in found if not topic.pinned_at]


@cache
def question(kind: ListKind) -> Compiled[Topic]:
    return Compiled(lambda: _topics(kind))


def _topics(kind: ListKind) -> QuerySet[Topic]:
    """The index wants the program beside the boards; of one board it gives the order too."""
    person = Blank("person")
    where = Q(board=Blank("board")) if kind.of_one_board else Q(OneOf("board_id", "boards"))
    topics = Topic.objects.present().filter(where, program=Blank("program")).with_place_of(person)
    wanted = topics.filter(_wanted(kind.show, person))
    pinned = wanted.exclude(pinned_at=None).order_by("-pinned_at")
    if kind.show == "all":
        wanted = wanted.filter(pinned_at=None)
    if kind.goes_on:
        wanted = wanted.filter(_behind(kind))
    chosen = wanted.order_by(*kind.order).values("pk")[: PAGE + 1]
    if kind.has_pinned:  # either the one or the other would be looked for among all topics there are
        chosen = chosen.union(pinned.values("pk")[:MOST_PINNED], all=True)
    return queries.as_listed(Topic.objects.filter(pk__in=chosen), person).order_by(*kind.order)


def _wanted(show: str, person: Blank) -> Q:
    kinds = {
        "new": queries.new_for(Blank("since"), person),
        "waiting": queries.WAITING,
        "mine": Q(by=person),
        "followed": queries.FOLLOWED,
    }
    return kinds.get(show, Q())


def _behind(kind: ListKind) -> Q:
    """Keyset paging: the last page costs what the first one does. An index leads to a bound that always holds, and to
    none that holds in one case or the other."""
    beyond, moment, number = "gt" if kind.oldest_first else "lt", Blank("moment"), Blank("number")
    here = Q(**{f"last_at__{beyond}e": moment})
    return here & (Q(**{f"last_at__{beyond}": moment}) | Q(**{f"pk__{beyond}": number}))
