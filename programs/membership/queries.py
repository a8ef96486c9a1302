"""What is selected of programs and their teams."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

from core.kit.rooms import Hit
from programs.membership.access import contacts_of
from programs.membership.models import Membership, Program, Role

if TYPE_CHECKING:
    from core.people.models import User


def find_contacts(user: "User", program: Program, words: str, most: int) -> Iterator[Hit]:
    """Contact persons, for everybody in the program."""
    url = reverse("programs:contacts", args=[program.slug])
    for contact in contacts_of(program).filter(user__name__icontains=words)[:most]:
        yield Hit(contact.user.name, url, contact.contact_for)


def role_of(membership: Membership) -> str:
    """Somebody of the team with the role, for the log; who takes part is never named there."""
    if membership.role == Role.INFLUENCER:
        return str(membership.get_role_display())
    return f"{membership.user}, {membership.get_role_display()}"
