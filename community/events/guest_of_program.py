"""The start page of a guest of the program: the events they are invited to, with what there is to read."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from community.events import guest_letters, moments, queries
from community.events.guest_tokens import token_of
from community.events.models import Choice, Event, EventState
from community.events.models_guests import Guest
from core.attachments.models import Attachment

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.people.models import User
    from programs.membership.models import Program


@dataclass(frozen=True)
class Invited:
    guest: Guest
    when: str
    url: str  # the guest's own page, with agenda, materials and the answer
    is_over: bool
    files: list[Attachment]

    @property
    def event(self) -> Event:
        return self.guest.event


@dataclass(frozen=True)
class MyEvents:
    coming: list[Invited]
    past: list[Invited]


def tile(user: "User", program: "Program", _today: "date") -> MyEvents:
    """The coming ones first; what is over stays for the 30 days that a guest is kept."""
    now = timezone.now()
    found = [_invited(guest, now) for guest in queries.invited_as_guest(user, program)]
    return MyEvents([each for each in found if not each.is_over], [each for each in reversed(found) if each.is_over])


def _invited(guest: Guest, now: "datetime") -> Invited:
    return Invited(
        guest,
        guest_letters.when(guest.event),
        reverse("community:guest", args=[token_of(guest.key)]),
        moments.is_over(guest.event.milestone, now) or guest.event.state == EventState.CANCELLED,
        [] if guest.choice == Choice.NO else queries.files_of(guest.event),  # as they are opened (`is_guest_of`)
    )
