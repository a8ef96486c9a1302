"""Channels belong to the management of their program."""

from django.shortcuts import get_object_or_404

from core.people.models import User
from programs.chats.models import Channel
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Program


def get_managed(user: User, slug: str) -> Program:
    return membership.get_program(user, slug, Ability.MANAGE_PROGRAM)


def get_channel(user: User, slug: str, pk: int) -> Channel:
    """One of this program, for who manages it."""
    return get_object_or_404(Channel.objects.select_related("program"), pk=pk, program=get_managed(user, slug))
