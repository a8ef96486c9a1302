"""What follows from a withdrawal is known by the rooms above, which say so in their `room.py`."""

from typing import TYPE_CHECKING

from core.kit import rooms
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def after_withdrawal(user: "User", program: Program, purpose: str) -> None:
    """Within the transaction of the withdrawal: what fails here takes the withdrawal back and says so."""
    for room in rooms.every():
        for follow in room.on_withdrawal.get(purpose, ()):
            follow(user, program)
