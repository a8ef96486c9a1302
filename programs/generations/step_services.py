"""A step that a program added is taken back, and what a person writes in one of their own."""

from typing import TYPE_CHECKING

from django.db import transaction

from core.journal import services as journal
from core.kit import page_cache
from core.kit.switching import switch_on
from programs.generations.models import Participant, Step, StepDone, StepText
from programs.generations.verbs import GenerationsVerb

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def remove_step(step: Step, *, by: "User") -> None:
    """Off everybody's path, whether or not somebody has done it: that is not for the program team to know. For 30 days
    it can be brought back, with what people did and wrote."""
    _turn(step, GenerationsVerb.STEP_REMOVED, is_there=False, by=by)


@transaction.atomic
def restore_step(step: Step, *, by: "User") -> None:
    """Undo of `remove_step`."""
    _turn(step, GenerationsVerb.STEP_RESTORED, is_there=True, by=by)


def _turn(step: Step, verb: GenerationsVerb, *, is_there: bool, by: "User") -> None:
    row = Step.objects.select_for_update(of=("self",)).select_related("generation").get(pk=step.pk)
    if (row.deleted_at is None) == is_there:
        return
    row.take_back() if is_there else row.put_away()
    journal.record(verb, row, by=by, program_id=row.generation.program_id)
    page_cache.changed(row.generation.program_id)


@transaction.atomic
def write_text(step: Step, participant: Participant, *, text: str) -> None:
    """Kept for the person alone; with a text the step is done, and stays done when the text is emptied. The journal
    says nothing: the onboarding is the person's own."""
    if not text.strip():
        StepText.objects.filter(step=step, participant=participant).delete()
        return
    StepText.objects.update_or_create(step=step, participant=participant, defaults={"text": text})
    if step.asks_for_a_text:
        switch_on(StepDone, step=step, participant=participant)
