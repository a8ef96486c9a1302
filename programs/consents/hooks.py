"""What follows from a consent given or taken back is known by the rooms above, which say so in their `room.py`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.kit import rooms
from core.kit.rooms import Belonging
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def after_withdrawal(user: "User", program: Program, purpose: str) -> None:
    """Within the transaction of the withdrawal: what fails here takes the withdrawal back and says so."""
    for room in rooms.every():
        for follow in room.on_withdrawal.get(purpose, ()):
            follow(user, program)


def after_decision(user: "User", program: Program, purpose: str) -> None:
    """Whatever is made of many people's consents is made anew."""
    for room in rooms.every():
        for follow in room.on_consent.get(purpose, ()):
            follow(user, program)


def belongings(purpose: str) -> Iterator[Belonging]:
    """What hangs on a consent, in all rooms."""
    found = [each for room in rooms.every() for each in room.belongings if purpose in each.purposes]
    yield from sorted(found, key=lambda each: each.order)
