"""Programs, memberships and goals: the ground of the world."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from core.people.models import User
from programs.membership.models import Goal, Membership, Program, Role, TeamInvitation

ORDER = 10


def make_member(program: Program, name: str, role: str = Role.COACH, **fields: Any) -> Membership:
    user = User.objects.create(email=f"{name}@example.com", name=name.title(), language="en")
    return Membership.objects.create(program=program, user=user, role=role, **fields)


def furnish(world: Any) -> None:
    world.goal = Goal.objects.create(program=world.program, rank=1, text="Become visible as an employer")
    world.deputy_membership = make_member(world.program, "deputy")  # in the team, nobody of the cast
    until = timezone.localdate() + timedelta(days=30)
    asked = {"program": world.program, "language": "en", "valid_until": until}
    asked |= {"invited_by": world.deputy_membership.user}
    invite = TeamInvitation.objects.create
    world.team_invitation = invite(email="asked@example.com", name="Asta", role=Role.COACH, **asked)
    world.waiting_invitation = invite(email="council2@example.com", name="Bodo", role=Role.COUNCIL, **asked)
