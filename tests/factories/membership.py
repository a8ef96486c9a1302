"""Programs, memberships and goals: the ground of the world."""

from typing import Any

from core.people.models import User
from programs.membership.models import Goal, Membership, Program, Role

ORDER = 10


def make_member(program: Program, name: str, role: str = Role.COACH, **fields: Any) -> Membership:
    user = User.objects.create(email=f"{name}@example.com", name=name.title(), language="en")
    return Membership.objects.create(program=program, user=user, role=role, **fields)


def furnish(world: Any) -> None:
    world.goal = Goal.objects.create(program=world.program, rank=1, text="Become visible as an employer")
    world.deputy_membership = make_member(world.program, "deputy")  # in the team, nobody of the cast
