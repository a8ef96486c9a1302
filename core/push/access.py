"""Everybody's devices are their own alone."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from core.people.models import User
from core.push import keys
from core.push.models import PushDevice


def get_device(user: User, pk: int) -> PushDevice:
    """One's own; anybody else's does not exist here."""
    return get_object_or_404(PushDevice, pk=pk, person=user)


def require_push(user: User) -> None:
    """Nobody adds a device where the operator allows no push service, or once signed out."""
    if not keys.is_on() or not user.is_active:
        raise Http404
