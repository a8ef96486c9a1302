"""What files of an event hang on: whoever can open its page opens them, who plans it adds them. A guest of the
program who is invited to it opens them as well."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse

from community.events import access, guest_access
from community.events.models import Event
from core.kit.rooms import Spot
from programs.membership.access import Ability, can

if TYPE_CHECKING:
    from core.people.models import User


def files(user: "User", pk: int) -> Spot:
    if found := _as_guest(user, pk):
        home = reverse("home:program", args=[found.milestone.program.slug])
        return Spot(found.milestone.program_id, str(found), home, may_write=False)
    event = _event(user, pk)
    slug, edits = event.milestone.program.slug, access.can_host(user, event)
    url = reverse("community:event_files" if edits else "community:event_detail", args=[slug, pk])
    return Spot(event.milestone.program_id, str(event), url, may_write=edits, may_moderate=edits)


def picture(user: "User", pk: int) -> Spot:
    """The one that is shown now; it is changed on the page of files."""
    event = _event(user, pk)
    url = reverse("community:event_detail", args=[event.milestone.program.slug, pk])
    return Spot(
        event.milestone.program_id, str(event), url, may_write=False, opens=lambda file: file.pk == event.picture_id
    )


def _as_guest(user: "User", pk: int) -> Event | None:
    event = Event.objects.select_related("milestone__program").filter(pk=pk).first()
    if event is None or can(user, Ability.SEE_PROGRAM, event.milestone.program):
        return None
    return event if guest_access.is_guest_of(user, event) else None


def _event(user: "User", pk: int) -> Event:
    slug = get_object_or_404(Event.objects.select_related("milestone__program"), pk=pk).milestone.program.slug
    return access.get_event(user, slug, pk)
