"""What pictures and names in texts of the forum hang on."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from community.forum import access, pictures, queries
from community.forum.models import Topic
from core.kit.rooms import Spot
from programs.membership.access import Ability, can, roles_by_program
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def forum(user: "User", pk: int) -> Spot:
    """A text that is not posted yet: its pictures hang here until they hang on its topic."""
    program = next((program for program in roles_by_program(user) if program.pk == pk), None)
    if program is None:
        raise Http404
    access.get_forum(user, program.slug)
    return _spot(user, program, program.name, reverse("community:forum", args=[program.slug]))


def topic(user: "User", pk: int) -> Spot:
    slug = get_object_or_404(Topic.objects.select_related("program"), pk=pk).program.slug
    found = access.get_topic(user, slug, pk)
    url = reverse("community:topic_detail", args=[slug, pk])
    spot = _spot(user, found.program, found.title, url)
    people = partial(queries.people_to_name, found.program, found.board)
    return replace(spot, people=people, opens=partial(pictures.opens, user, found))


def _spot(user: "User", program: Program, title: str, url: str) -> Spot:
    return Spot(
        program.pk,
        title,
        url,
        may_write=can(user, Ability.WRITE_IN_FORUM, program),
        people=lambda: queries.people_to_name(program),
    )
