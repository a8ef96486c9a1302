"""What the file of a photo hangs on: whoever may see the photo opens it, and nobody else by its address."""

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from community.event_photos import access
from community.event_photos.models import EventPhoto
from core.kit.rooms import Spot

if TYPE_CHECKING:
    from core.people.models import User


def photo(user: "User", pk: int) -> Spot:
    found = get_object_or_404(EventPhoto.objects.present().select_related("event__milestone__program"), pk=pk)
    program = found.event.milestone.program
    event = access.get_pictures(user, program.slug, found.event_id)
    if not access.can_open(user, found):
        raise Http404
    url = reverse("community:event_photos", args=[program.slug, event.pk])
    return Spot(program.pk, str(event.milestone.title), url, may_write=False)
