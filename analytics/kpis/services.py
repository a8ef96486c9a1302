"""Asking for new figures, and saying what the program aims at."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from analytics.kpis import tasks
from analytics.kpis.models import PublishRequest, Target
from analytics.kpis.queries import Scope, own_targets, targets_of
from analytics.kpis.verbs import KpisVerb
from core.journal import services as journal
from core.journal.changes import key_of, pair
from core.kit import page_cache
from core.kit.wake import wake
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


PROGRAM = Scope()


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
def set_targets(
    program: Program, targets: Mapping[str, Decimal | None], *, by: "User", scope: Scope = PROGRAM
) -> Program:
    """What the program wants to reach per month; an empty one goes back to the product's own, and in a generation or a
    phase to the program's."""
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    before = _aims(program, scope)
    own = {"generation": scope.generation, "phase": scope.phase}
    Target.objects.filter(
        program=program, **own, kpi__in=[kpi for kpi, value in targets.items() if value is None]
    ).delete()
    Target.objects.bulk_create(
        [Target(program=program, **own, kpi=kpi, value=value) for kpi, value in targets.items() if value is not None],
        update_conflicts=True,
        unique_fields=["program", "kpi", "generation", "phase"],
        update_fields=["value"],
    )
    after = _aims(program, scope)
    changed = {
        key_of(Target, kpi): pair(before.get(kpi), after.get(kpi))
        for kpi in targets
        if before.get(kpi) != after.get(kpi)
    }
    if changed:
        transaction.on_commit(
            lambda: page_cache.clear(f"cells:{program.pk}"), robust=True
        )  # targets are drawn on charts
        journal.record(KpisVerb.TARGETS_SET, scope.generation or scope.phase or program, by=by, changes=changed)
    return program


def _aims(program: Program, scope: Scope) -> dict[str, Decimal]:
    return targets_of(program) | own_targets(program, scope)
