"""On a person's page: say thanks to them."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from community.recognition.access import SAY
from core.kit.pages_of_people import WayToAsk
from programs.membership.access import can
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def thank(user: "User", program: Program, person: "User | None") -> WayToAsk | None:
    if person is None or not can(user, SAY, program):
        return None
    url = reverse("community:kudos_new", args=[program.slug])
    return WayToAsk(_("Say thanks"), f"{url}?to={person.pk}", "heart")
