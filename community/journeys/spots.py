"""What the pictures of a letter hang on."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse

from community.journeys import access
from community.journeys.models import JourneyLetter
from core.kit.rooms import Spot

if TYPE_CHECKING:
    from core.people.models import User


def letter(user: "User", pk: int) -> Spot:
    """Who writes letters, and nobody else, sees and adds them here; readers have them in their mail."""
    slug = get_object_or_404(JourneyLetter.objects.select_related("journey__program"), pk=pk).journey.program.slug
    found = access.get_letter(user, slug, pk)
    url = reverse("community:letter_edit", args=[slug, pk])
    title = str(found.subject) or str(found.days)
    return Spot(found.journey.program_id, title, url, may_write=True, may_moderate=True)
