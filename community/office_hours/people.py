"""On a person's page: book their office hours."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from community.office_hours import offering
from community.office_hours.models import HoursHost
from core.kit.pages_of_people import WayToAsk
from programs.membership.access import Ability, can
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def book(user: "User", program: Program, person: "User | None") -> WayToAsk | None:
    if person is None or not can(user, Ability.BOOK_HOURS, program):
        return None
    rows = HoursHost.objects.filter(offering.to_reader(user, program), program=program, person=person.pk, is_open=True)
    number = rows.values_list("pk", flat=True).first()
    if number is None:
        return None
    url = reverse("community:office_hours", args=[program.slug])
    return WayToAsk(_("Book their office hours"), f"{url}?host={number}", "calendar-plus")
