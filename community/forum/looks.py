"""What the search asks of the database. A question is put into words once for each kind of look, and told the words to
look for."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import SearchRank
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from community.forum.models import Board, Post
from core.kit import search_words as words
from core.kit.compiled import Blank, Compiled, OneOf

if TYPE_CHECKING:
    from community.forum.searching import Search

MOST_COMPARED = 250
RARE = 1000
KINDS = 200  # that are kept; hardly any search is narrowed, or has more than three words
OF_TOPIC = (
    *("program", "board", "by", "title", "is_question", "answer", "last_post", "last_at", "posts_made"),
    *("replies_of_others", "pinned_at", "closed_at"),
)
SHOWN = "by__name", "number", "text", *(f"topic__{name}" for name in OF_TOPIC)
OF_STATE = {
    "": Q(),
    "solved": Q(topic__is_question=True) & ~Q(topic__answer=None),
    "open": Q(topic__is_question=True, topic__answer=None),
}


@dataclass(frozen=True)
class LookKind:
    """What makes the words of a question differ. `parts`: for each word, whether it may stand within a longer one;
    nothing where the words are looked for as a whole."""

    parts: tuple[bool, ...] = ()
    is_rare: bool = False
    state: str = ""
    of_writer: bool = False
    in_period: bool = False
    compared: int = MOST_COMPARED


@dataclass(frozen=True)
class Look:
    """One look for words on some boards."""

    kind: LookKind
    told: dict[str, Any]

    @classmethod
    def at(cls, boards: list[Board], said: str, *, inside: bool) -> "Look | None":
        """Nothing when there is no word to look for. Whether few posts hold the words is asked for, as PostgreSQL
        guesses wrong: it would read every post from the newest on, looking for a word that hardly any has."""
        whole, each = words.Spelled.of(said), words.Spelled.each_of(said) if inside else []
        if whole is None or (inside and not any(word.part for word in each)):
            return None
        told: dict[str, Any] = {"begins": whole.begins, "says": whole.says, "boards": [board.pk for board in boards]}
        for place, word in enumerate(each):
            told |= {f"begins{place}": word.begins, f"says{place}": word.says, f"part{place}": word.part}
        look = cls(LookKind(tuple(bool(word.part) for word in each), compared=MOST_COMPARED), told)
        is_rare = not look._ask(_one_too_many(look.kind.parts))
        return replace(look, kind=replace(look.kind, is_rare=is_rare))

    def writers(self) -> list[int | None]:
        """The writer of each post that holds the words, however the search is narrowed."""
        return [by for (by,) in self._ask(_writers(self.kind))]

    def best(self, search: "Search", most: int) -> list[Post]:
        """The posts that fit best, each with its topic: some of each topic, as one is shown."""
        kind = replace(self.kind, state=search.state, of_writer=search.by is not None, in_period=bool(search.period))
        more: dict[str, Any] = {"by": search.by} if kind.of_writer else {}
        if kind.in_period:
            more["since"] = timezone.now() - timedelta(days=int(search.period))
        return self._ask(_best(kind, most * 3), **more)

    def _ask(self, question: Compiled[Any], **more: Any) -> list[Any]:
        told = {name: value for name, value in self.told.items() if name in question.blanks}
        return question.rows(**told, **more)


def kept(build: Callable[..., QuerySet[Post, Any]]) -> Callable[..., Compiled[Any]]:
    """A question for each kind that was asked of late."""
    return lru_cache(KINDS)(lambda *kind: Compiled(lambda: build(*kind), planned_once=False))


@kept
def _one_too_many(parts: tuple[bool, ...]) -> QuerySet[Post, Any]:
    return Post.objects.filter(_hold(parts)).order_by().values_list("pk")[RARE - 1 : RARE]


@kept
def _writers(kind: LookKind) -> QuerySet[Post, Any]:
    return Post.objects.filter(pk__in=_newest(kind)).order_by().values_list("by")


@kept
def _best(kind: LookKind, most: int) -> QuerySet[Post, Any]:
    ranked = Post.objects.filter(pk__in=_newest(kind)).annotate(rank=SearchRank(F("search"), _whole()))
    return ranked.select_related("topic", "by").only(*SHOWN).order_by("-rank", "-pk")[:most]


def _newest(kind: LookKind) -> QuerySet[Post, int]:
    here = Q(OneOf("topic__board_id", "boards"), topic__deleted_at=None)
    fits = Post.objects.present().filter(_hold(kind.parts), here, OF_STATE[kind.state])
    if kind.of_writer:
        fits = fits.filter(by=Blank("by"))
    if kind.in_period:
        fits = fits.filter(at__gte=Blank("since"))
    newest_first = (F("pk") + 0).desc() if kind.is_rare else F("pk").desc()  # a sum has no index that misleads
    return fits.order_by(newest_first).values_list("pk", flat=True)[: kind.compared]


def _hold(parts: tuple[bool, ...]) -> Q:
    if not parts:
        return Q(search=_whole())
    hold = Q()
    for place, is_part in enumerate(parts):
        part = Blank(f"part{place}") if is_part else None
        hold &= words.inside(Blank(f"begins{place}"), Blank(f"says{place}"), part)
    return hold


def _whole() -> Any:
    return words.query_of(Blank("begins"), Blank("says"))
