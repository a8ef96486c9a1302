"""One's own sign-ins."""

from allauth.usersessions.models import UserSession
from django.http import Http404

from core.kit import drawn
from core.people.models import User


def get_sign_in(user: User, mark: str) -> UserSession:
    """One of the person's own sign-ins; anybody else's does not exist here."""
    for session in UserSession.objects.filter(user=user):
        if drawn.mark("sign_in", session.pk) == mark:
            return session
    raise Http404
