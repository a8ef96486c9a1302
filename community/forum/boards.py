"""Which boards there are, and in what order they stand: what hosts change, each step with its way back."""

from typing import TYPE_CHECKING

from django.db import transaction

from community.forum.models import Board, Topic
from community.forum.verbs import ForumVerb
from core.journal import services as journal
from core.kit import page_cache
from core.kit.languages import codes
from programs.generations.models import Generation
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

STEPS = {"up": -1, "down": 1}


class HasTopics(Exception):
    """What was said on a board does not go with it."""


@transaction.atomic
def make_board(generation: Generation, *, by: "User") -> Board:
    """One for each generation, behind the others; making it twice makes it once."""
    program = generation.program
    boards = _in_order(program)
    if board := next((board for board in boards if board.generation_id == generation.pk), None):
        return board
    board = Board.objects.create(
        program=program,
        generation=generation,
        key=f"generation-{generation.number}",
        title=dict.fromkeys(codes(), generation.name.strip() or f"#{generation.number}"),
        icon="users-group",
        position=len(boards),
    )
    journal.record(ForumVerb.BOARD_MADE, generation, by=by)
    page_cache.changed(program.pk)
    return board


@transaction.atomic
def remove_board(board: Board, *, by: "User") -> None:
    """The board of a generation on which nothing was said. Raises HasTopics."""
    boards = [each for each in _in_order(board.program) if each.pk == board.pk]
    if not boards:
        return
    if board.generation is None or Topic.objects.filter(board=board).exists():
        raise HasTopics
    journal.record(ForumVerb.BOARD_REMOVED, board.generation, by=by)
    board.delete()
    page_cache.changed(board.program_id)


@transaction.atomic
def move_board(board: Board, step: str, *, by: "User") -> bool:
    """One place up or down; False where it ends."""
    boards = _in_order(board.program)
    place = next((number for number, each in enumerate(boards) if each.pk == board.pk), None)
    if place is None or not 0 <= place + STEPS[step] < len(boards):
        return False
    boards.insert(place + STEPS[step], boards.pop(place))
    for number, each in enumerate(boards):
        each.position = number
    Board.objects.bulk_update(boards, ["position"])
    journal.record(ForumVerb.BOARDS_ORDERED, board, by=by)
    page_cache.changed(board.program_id)
    return True


def _in_order(program: Program) -> list[Board]:
    """Held until the end, so that two hosts do not order at the same moment."""
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    return list(Board.objects.filter(program=program))
