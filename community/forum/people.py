"""What the forum gives to the page of a person: a question that names them, and what they wrote for everybody.

Both are for who stands in the directory. Of everybody else no list of posts is made, whoever asks: neither of who chose
not to be found there, nor of who pauses or has left.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from community.forum import queries
from community.forum.lines import shortened
from community.forum.models import Board, Post
from community.forum.rows import behind
from core.kit.pages_of_people import PartOfPerson, WayToAsk
from core.people import mentions
from programs.membership.access import Ability, can
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MOST_POSTS, PAGE = 10, 25
Place = tuple[datetime, int]  # of a post among those of a person


def ask(user: "User", program: Program, person: "User | None") -> WayToAsk | None:
    """A new topic on the board for questions, in which the person is named already."""
    if not can(user, Ability.WRITE_IN_FORUM, program):
        return None
    board = Board.objects.filter(program=program, asks=True).for_everybody().first()
    if board is None or (person and not queries.people_of(program, only=person.pk)):
        return None
    asked = {"board": board.key} | ({"ask": str(person.pk)} if person else {})
    label = _("Ask a question") if person else _("Ask everybody")
    return WayToAsk(label, f"{reverse('community:topic_new', args=[program.slug])}?{urlencode(asked)}")


def beginning(program: Program, person_id: int, written: str) -> str:
    """How the text of a question to somebody begins; what was written before stays behind it."""
    name = mentions.names_of(queries.people_to_name(program)).get(person_id)
    if name is None or f"@{name}" in written:
        return written
    return f"@{name} \n\n{written}" if written else f"@{name} "


@dataclass(frozen=True)
class Wrote:
    """A post in one line, with its topic."""

    post: Post
    snippet: str

    @property
    def is_answer(self) -> bool:
        return self.post.topic.answer_id == self.post.pk


@dataclass(frozen=True)
class Written:
    """Posts of a person, the newest first, and where it goes on."""

    rows: list[Wrote]
    next_url: str = ""


def wrote(user: "User", program: Program, person: "User") -> PartOfPerson | None:
    """The last posts; the rest stands on a page of its own."""
    if not can(user, Ability.SEE_FORUM, program):
        return None
    found = _page(program, person.pk, MOST_POSTS)
    shown = Written(found.rows, found.next_url.partition("?")[0])
    return PartOfPerson(_("Written in the forum"), "community/forum/_wrote.html", shown) if found.rows else None


def posts_written(program: Program, person_id: int, *, before: Place | None = None) -> Written:
    """A page of them, behind a post: the last page costs what the first one does."""
    return _page(program, person_id, PAGE, before)


def _page(program: Program, person_id: int, most: int, before: Place | None = None) -> Written:
    """On boards that everybody reads: a host sees no more here than members do."""
    boards = Board.objects.filter(program=program).for_everybody()
    rows = Post.objects.present().filter(program=program, by=person_id, topic__board__in=boards)
    rows = (
        rows.filter(topic__deleted_at=None, topic__merged_into=None)
        .select_related("topic__board")
        .defer("search", "word_parts", "text")
        .order_by("-at", "-pk")
    )
    if before:
        rows = rows.filter(Q(at__lt=before[0]) | Q(at=before[0], pk__lt=before[1]), at__lte=before[0])
    posts = list(rows[: most + 1])
    shown = posts[:most]
    names = queries.names_in(program, [post.line for post in shown])
    address = reverse("community:person_posts", args=[program.slug, person_id])
    next_url = ""
    if len(posts) > most:
        next_url = f"{address}?{urlencode({'before': behind(shown[-1].at, shown[-1].pk)})}"
    return Written([Wrote(post, shortened(mentions.written(post.line, names))) for post in shown], next_url)
