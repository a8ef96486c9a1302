"""What the program's logo hangs on."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.kit.rooms import Spot
from programs.membership.access import get_program
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def logo(user: "User", pk: int) -> Spot:
    """Everybody in the program sees it; it is changed on its own page."""
    program = get_program(user, get_object_or_404(Program, pk=pk).slug)
    url = reverse("programs:program_settings", args=[program.slug])
    return Spot(pk, program.name, url, may_write=False, opens=lambda attachment: attachment.pk == program.logo_id)
