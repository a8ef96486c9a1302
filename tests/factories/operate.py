"""What administrators of the site do, as tests need it."""

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone

from core.people.models import User
from core.people.secrets import seal
from influencer.operate.models import Rescue
from programs.membership.models import Role, TeamInvitation


def make_app(user: User) -> Authenticator:
    """An authenticator app as it was set up."""
    return Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": seal("A" * 32)})


def make_rescue(person: User, *, by: User, **fields: Any) -> Rescue:
    fields = {"proof": "in_person", "due_at": timezone.now() + timedelta(hours=24)} | fields
    return Rescue.objects.create(person=person, asked_by=by, **fields)


def furnish(world: Any) -> None:
    make_app(world.executive)
    world.lead_invitation = TeamInvitation.objects.create(
        program=world.other_program, email="lead@example.com", name="Lea", language="en", role=Role.MANAGER,
        invited_by=world.admin, valid_until=timezone.localdate() + timedelta(days=30), takes_over=True,
    )  # fmt: skip
    world.rescue = make_rescue(world.executive, by=world.admin)
