"""Everybody's devices are their own alone."""

from allauth.usersessions.models import UserSession
from django.http import Http404
from django.shortcuts import get_object_or_404

from core.people.models import User
from core.people.requests import PersonRequest
from core.push import services
from core.push.models import PushDevice


def get_device(person: User, pk: int) -> PushDevice:
    """One's own; anybody else's does not exist here."""
    return get_object_or_404(PushDevice, pk=pk, person=person)


def sign_in_here(request: PersonRequest) -> UserSession:
    """The sign-in of the browser that asks; not every way in has written it down already."""
    mine = UserSession.objects.filter(session_key=request.session.session_key, user=request.user)
    if not mine.exists():
        UserSession.objects.create_from_request(request)
    return mine.get()


def require_push() -> None:
    """Where the operator allows no push service there is nothing to add."""
    if not services.is_on():
        raise Http404
