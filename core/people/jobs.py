from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from core.people.models import Attempt


def retention() -> int:
    """Remove sign-ins that have run out, with the browser and the address they came from; and counted attempts."""
    gone = Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
    gone += Attempt.objects.filter(until__lt=timezone.now()).delete()[0]
    orphans = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key"))
    return gone + int(orphans.delete()[0])
