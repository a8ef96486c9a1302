"""What somebody is the contact person for, for who goes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.kit.handing_over import Charge, Engagements
from programs.membership.models import Membership, Program

if TYPE_CHECKING:
    from core.people.models import User


def _of(user: "User", program: Program) -> Iterator[Charge]:
    url = reverse("programs:contacts", args=[program.slug])
    for role in Membership.objects.active().filter(program=program, user=user, is_contact=True):
        yield Charge(role.pk, role.contact_for or role.get_role_display(), url)


ENGAGEMENTS = (
    Engagements(
        _("Contact person"),
        _("Your name disappears from the contacts with your role. The program management names somebody else."),
        _of,
    ),
)
