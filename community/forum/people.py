"""What the forum gives to the page of a person: a question that names them, and what they wrote for everybody."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from community.forum import queries
from community.forum.lines import shortened
from community.forum.models import Board, Post, Topic
from core.kit.rooms import PartOfPerson, WayToAsk
from core.people import mentions
from programs.membership.access import Ability, can
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MOST_POSTS = 10


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
    name = mentions.names_of(queries.people_of(program)).get(person_id)
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


def wrote(user: "User", program: Program, person: "User") -> PartOfPerson | None:
    """The last posts on boards that everybody reads: a host sees no more here than members do."""
    if not can(user, Ability.SEE_FORUM, program):
        return None
    topics = Topic.objects.present().filter(board__in=Board.objects.filter(program=program).for_everybody())
    rows = Post.objects.present().filter(by=person, topic__in=topics).select_related("topic__board").order_by("-pk")
    posts = list(rows[:MOST_POSTS])
    if not posts:
        return None
    names = queries.names_in(program, [post.line for post in posts])
    shown = [Wrote(post, shortened(mentions.written(post.line, names))) for post in posts]
    return PartOfPerson(_("Written in the forum"), "community/forum/_wrote.html", shown)
