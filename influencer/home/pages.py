"""What each role's start page shows: first what needs me today, then how we are doing."""

from collections.abc import Callable
from typing import Any

from influencer.people.models import User
from programs.membership.models import Program

Home = tuple[str, dict[str, Any]]


def _soon(user: User, program: Program) -> Home:
    return "home/search.html", {"groups": [], "words": ""}


def home_of(role: str) -> Callable[[User, Program], Home]:
    """The page of a role."""
    return _soon
