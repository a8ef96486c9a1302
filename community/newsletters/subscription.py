"""Whether a person gets the newsletter by email: what an unsubscribe link is about, and the line on the list."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@dataclass(frozen=True)
class Subscription:
    user: "User"
    program: Program
    is_wanted: bool
    text: str = ""  # of the consent, where it can be given
