"""What opens next, for everybody who reads there: so that one can think of something before it does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from community.forum.models import Board
from community.forum.models_rituals import Ritual
from community.forum.ritual_days import WEEK, coming
from core.kit import page_cache
from programs.membership.models import Program


@dataclass(frozen=True)
class NextRitual:
    name: str
    board_id: int
    at: datetime  # on the clocks of the program
    title: str  # of the topic that will open


def next_ritual(program: Program, boards: Iterable[Board]) -> NextRitual | None:
    """The first of the coming week on the boards somebody reads. The page asks nothing for it: it is the same for
    everybody, and forgotten when a series changes."""
    now, mine = timezone.now(), {board.pk: board.generation.end_on if board.generation else None for board in boards}
    announced = page_cache.taken(f"program:{program.pk}", "rituals", lambda: _announced(program))
    soon = [each for each in announced if each.board_id in mine and now < each.at < now + WEEK]
    ends = {each: mine[each.board_id] or each.at.date() for each in soon}  # a generation's board ends with it
    return next((each for each in soon if each.at.date() <= ends[each]), None)


def _announced(program: Program) -> list[NextRitual]:
    """The next two of each series: the first one may be over before the list is made anew."""
    running = Ritual.objects.running().filter(program=program).select_related("program")
    found = [
        NextRitual(ritual.name, ritual.board_id, day.at, day.opening.title)
        for ritual in running.prefetch_related("texts", "days")
        for day in coming(ritual, 2)
        if day.opening and day.is_agreed
    ]
    return sorted(found, key=lambda each: (each.at, each.name))
