"""One secret address for each person, made, renewed and ended by nobody else. The log says nothing of it: it is the
person's own affair."""

import secrets

from django.db import transaction
from django.utils import timezone

from core.people.models import User
from influencer.calendar.models import CalendarAddress
from influencer.calendar.tokens import hash_of_address

BYTES = 32


@transaction.atomic
def make_address(person: User) -> str:
    """A new one, told once; the one before opens nothing from now on."""
    token = secrets.token_urlsafe(BYTES)
    values = {"token_hash": hash_of_address(token), "made_at": timezone.now()}
    CalendarAddress.objects.update_or_create(person=person, defaults=values)
    return token


def end_address(person: User) -> None:
    """Also when the account is erased. Safe to run twice."""
    CalendarAddress.objects.filter(person=person).delete()
