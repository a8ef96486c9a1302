"""Deleting a generation in which nobody ever was, with undo."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core.journal import services as journal
from core.kit import page_cache
from core.kit.rooms import Label, every
from programs.generations.access import OPEN_STATES
from programs.generations.models import Generation, Invitation, Participant
from programs.generations.models_moves import Move
from programs.generations.verbs import GenerationsVerb

if TYPE_CHECKING:
    from core.people.models import User


class StillInUse(Exception):
    """Somebody is or was in it, or something hangs on it; `reasons` says what, each with what to do."""

    def __init__(self, reasons: list[Label]) -> None:
        super().__init__(reasons)
        self.reasons = reasons


def reasons_to_keep(generation: Generation) -> list[Label]:
    """Why it cannot be deleted; nothing: it can."""
    ways = Move.objects.filter(Q(former=generation) | Q(generation=generation))
    # Of who left long ago only the count of the month is known, and what was published of them stands.
    were = Participant.objects.filter(generation=generation).exists() or ways.exists()
    if were or generation.headcounts.filter(joined__gt=0).exists():
        return [_("People take part in it or have taken part. Close it, or merge it with another generation.")]
    found: list[Label] = []
    if Generation.objects.filter(merges_into=generation).exists():
        found.append(_("Another generation is being merged into it. Undo that first."))
    if Invitation.objects.filter(generation=generation, state__in=OPEN_STATES).exists():
        found.append(_("Invitations are still open. Withdraw them first."))
    return found + [reason for room in every() for keeps in room.keeps_generation for reason in keeps(generation)]


@transaction.atomic
def delete_generation(generation: Generation, *, by: "User") -> Generation:
    """Out of sight everywhere; it comes back for 30 days. Pressed twice it is deleted once. Raises StillInUse."""
    row = Generation.objects.select_for_update(of=("self",)).select_related("program").get(pk=generation.pk)
    if row.deleted_at is not None:
        return row
    if reasons := reasons_to_keep(row):
        raise StillInUse(reasons)
    row.put_away()
    journal.record(GenerationsVerb.DELETED, row, by=by)
    page_cache.changed(row.program_id)
    return row


@transaction.atomic
def restore_generation(generation: Generation, *, by: "User") -> Generation:
    generation.take_back()
    journal.record(GenerationsVerb.RESTORED, generation, by=by)
    page_cache.changed(generation.program_id)
    return generation
