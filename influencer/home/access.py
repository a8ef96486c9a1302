"""What the start page of somebody without a program may ask: the site in figures, or the way back."""

from typing import Any

from django.db.models import Count, Q

from core.people.models import User
from programs.generations import access as generations
from programs.membership.models import Program


def site_overview(user: User) -> dict[str, Any]:
    """For who belongs to no program: the site in figures for administrators, a friendly word for others."""
    if not user.is_superuser:
        return {"may_create": False, "may_return": generations.may_return_to(user)}
    programs = Program.objects.annotate(members=Count("memberships", filter=Q(memberships__ended_at=None)))
    return {"may_create": True, "programs": list(programs.order_by("name")), "people": User.objects.count()}
