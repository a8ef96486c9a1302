"""What is selected of generations and their people."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

from core.kit.rooms import Hit
from programs.generations.models import Participant
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def find_participants(user: "User", program: Program, words: str, most: int) -> Iterator[Hit]:
    """For who invites: people who take part. A name leads to the generation, never to a person's figures."""
    if not membership.can(user, Ability.MANAGE_PEOPLE, program):
        return
    people = Participant.objects.all().present()  # who left is not found
    found = people.filter(program=program, user__name__icontains=words).select_related("user", "generation")
    for participant in found.order_by("user__name", "pk")[:most]:
        url = reverse("programs:generation_detail", args=[program.slug, participant.generation_id])
        yield Hit(participant.user.name, url, participant.generation.name)
