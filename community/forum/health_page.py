"""How the community does, as its hosts read it: the picture 23:60:17, questions and answers, the life cycle."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.forum import access, queries, rota
from community.forum.models import Topic
from community.forum.models_health import Pulse
from community.forum.pulse import WEEKS, Ranges
from community.forum.ritual_days import WEEK
from core.disclosure.gate import People
from core.kit.templatetags.ui import people
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

# What became of a community of the BBC: 23 percent read along, 60 join in easily, 17 intensely.
BRINGS, WRITES, READS = 17, 77, 23
WITHIN = (
    gettext_lazy("Half of the questions got a first answer within four hours."),
    gettext_lazy("Half of the questions got a first answer within a day."),
    gettext_lazy("Half of the questions got a first answer within three days."),
    gettext_lazy("Half of the questions got a first answer within a week."),
    gettext_lazy("Half of the questions waited longer than a week for a first answer, or are still waiting."),
)


@dataclass(frozen=True)
class ShareLine:
    """A share in the picture and its table: what is sure, and how far it may reach."""

    words: str
    low: int
    high: int
    usual: int
    is_rest: bool = False

    @property
    def reach(self) -> int:
        return self.high - self.low


@dataclass(frozen=True)
class Health:
    since: date
    until: date  # the last day
    lines: list[ShareLine]
    sentences: list[str]
    circle: People | None
    is_due: bool  # the first figures are still to come
    waiting: int = 0
    oldest: datetime | None = None
    missing: list[str] = field(default_factory=list)


def health(user: "User", program: Program) -> Health:
    pulse = Pulse.objects.filter(program=program).first()
    said = Ranges(**pulse.said) if pulse else Ranges()
    until = pulse.until if pulse else rota.this_week(program)
    boards = [board for board in access.boards_for(user, program) if board.is_for_everybody]
    waiting = Topic.objects.present().filter(queries.WAITING, board__in=boards).order_by("created_at")
    first = waiting.first()
    sentences, missing = sentences_of(said)
    return Health(
        until - WEEKS * WEEK,
        until - timedelta(days=1),
        _lines(said),
        sentences,
        People(*said.circle) if said.circle else None,
        pulse is None,
        waiting.count(),
        first.created_at if first else None,
        missing if pulse else [],
    )


def _lines(said: Ranges) -> list[ShareLine]:
    if said.brings is None or said.writes is None:
        return []
    low, high = said.writes
    return [
        ShareLine(_("start topics"), *said.brings, BRINGS),
        ShareLine(_("start topics or answer"), low, high, WRITES),
        ShareLine(_("only read, or are busy elsewhere"), 100 - high, 100 - low, READS, is_rest=True),
    ]


def sentences_of(said: Ranges) -> tuple[list[str], list[str]]:
    """What may be said, and what too few people are behind."""
    told: list[Any] = []
    missing: list[Any] = []
    if said.topics is None or said.among_peers is None:
        missing.append(_("In how many topics participants talk to each other"))
    else:
        told.append(
            _(
                "In %(lively)s of %(topics)s topics, at least two participants talk to each other, not counting "
                "the team."
            )
            % {"lively": people(People(*said.among_peers)), "topics": people(People(*said.topics))}
        )
    if said.first_answer is None:
        missing.append(_("How soon questions get a first answer"))
    else:
        told.append(str(WITHIN[said.first_answer]))
    return told, missing
