"""Long work that is under way, as the start page of a program manager shows it."""

from core.kit import rooms
from core.kit.rooms import Running
from programs.membership.models import Program


def running(program: Program) -> list[Running]:
    return [row for room in rooms.every() if room.running for row in room.running(program)]
