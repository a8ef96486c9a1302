"""Whose mail it is: a program's, with its name and logo, as the room of the programs tells it."""

from core.kit import rooms
from core.notify.letters import Sender


def sender_of(program_id: int | None, name: str) -> Sender:
    """Of a program of its own, else only `name`."""
    if program_id is None:
        return Sender(name)
    found = (room.writes_as(program_id) for room in rooms.every() if room.writes_as is not None)
    return next(filter(None, found), Sender(name))
