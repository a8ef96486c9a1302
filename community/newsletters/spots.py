"""What the pictures of an issue hang on."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse

from community.newsletters import access
from community.newsletters.models import Issue
from core.kit.rooms import Spot
from programs.membership.access import Ability, can
from programs.membership.queries import people_with

if TYPE_CHECKING:
    from core.people.models import User


def issue(user: "User", pk: int) -> Spot:
    """Whoever may read an issue sees its pictures; whoever writes issues adds some, and they alone talk about it."""
    slug = get_object_or_404(Issue.objects.select_related("program"), pk=pk).program.slug
    found = access.get_issue(user, slug, pk)
    url = reverse("community:issue_edit", args=[slug, pk])
    may_write = can(user, Ability.WRITE_NEWSLETTERS, found.program)
    return Spot(
        found.program_id,
        found.subject or str(found.number),
        url,
        may_write=may_write,
        may_moderate=may_write,
        reads_comments=may_write,
        people=lambda: [row.user for row in people_with(Ability.WRITE_NEWSLETTERS, found.program)],
    )
