"""The board of a generation, when that is merged into another one or deleted. What was said on it was said to those who
were in it: they go on reading it, and nobody else does."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.forum.models import Board
from core.kit.mergers import Merger
from programs.generations.models import Generation


def _says(generation: Generation, into: Generation) -> Iterator[str]:
    if board := Board.objects.filter(generation=generation).first():
        yield _("The board “%(board)s” becomes read-only. Only people who were in %(former)s still read it.") % {
            "board": board.title,
            "former": generation.name,
        }
    if other := Board.objects.filter(generation=into).first():
        yield _("Everybody reads and writes on the board “%(board)s”.") % {"board": other.title}


def keeps(generation: Generation) -> Iterator[str]:
    if board := Board.objects.filter(generation=generation).first():
        yield _("The forum has a board for it: “%(board)s”. Remove the board first.") % {"board": board.title}


MERGER = Merger(gettext_lazy("Forum"), _says)  # it ends with its generation
