"""What is selected of generations and their people."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from core.kit.rooms import Act, Hit
from programs.generations.models import Generation, Participant
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

INVITE = gettext_lazy("Invite people into {name}")


def find_participants(user: "User", program: Program, words: str, most: int) -> Iterator[Hit]:
    """For who invites: people who take part. A name leads to the generation, never to a person's figures."""
    if not membership.can(user, Ability.MANAGE_PEOPLE, program):
        return
    people = Participant.objects.all().present()  # who left is not found
    found = people.filter(program=program, user__name__icontains=words).select_related("user", "generation")
    for participant in found.order_by("user__name", "pk")[:most]:
        url = reverse("programs:generation_detail", args=[program.slug, participant.generation_id])
        yield Hit(participant.user.name, url, participant.generation.name)


def acts(user: "User", program: Program) -> Iterator[Act]:
    """Inviting into each generation that is open, the latest first."""
    if not membership.can(user, Ability.MANAGE_PEOPLE, program):
        return
    generations = Generation.objects.filter(program=program, closed_at=None).order_by("-number")
    for place, generation in enumerate(generations):
        url = reverse("programs:roster_new", args=[program.slug, generation.pk])
        label = format_lazy(INVITE, name=generation.name)
        synonyms = gettext_lazy("people roster send invitation")
        yield Act(label, url, 31, synonyms, "user-plus", only_when_asked=place > 0)
