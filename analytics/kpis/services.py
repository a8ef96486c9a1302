"""Asking for new figures, and saying what the program aims at."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from analytics.kpis import tasks
from analytics.kpis.models import PublishRequest, Target
from analytics.kpis.queries import targets_of
from analytics.kpis.verbs import KpisVerb
from core.journal import services as journal
from core.journal.changes import key_of, pair
from core.kit.wake import wake
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def request_publication(program_id: int) -> None:
    """Something the published cells are made from has changed: the next tick makes them anew."""
    PublishRequest.objects.bulk_create(
        [PublishRequest(program_id=program_id, asked_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["program"],
        update_fields=["asked_at"],
    )
    wake(tasks.publish, program_id)


def count_anew(user: "User", program: Program) -> None:
    """Somebody wants to be counted, or not any more: group figures follow at once."""
    request_publication(program.pk)


@transaction.atomic
def set_targets(program: Program, targets: Mapping[str, Decimal | None], *, by: "User") -> Program:
    """What the program wants to reach per month; an empty one goes back to the product's own."""
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    before = targets_of(program)
    Target.objects.filter(program=program, kpi__in=[kpi for kpi, value in targets.items() if value is None]).delete()
    Target.objects.bulk_create(
        [Target(program=program, kpi=kpi, value=value) for kpi, value in targets.items() if value is not None],
        update_conflicts=True,
        unique_fields=["program", "kpi"],
        update_fields=["value"],
    )
    after = targets_of(program)
    changed = {
        key_of(Target, kpi): pair(before.get(kpi), after.get(kpi))
        for kpi in targets
        if before.get(kpi) != after.get(kpi)
    }
    if changed:
        journal.record(KpisVerb.TARGETS_SET, program, by=by, changes=changed)
    return program
