"""What finishes a step of the onboarding by itself: deeds that the rooms can see (`Room.steps`).

The person sees a step done as soon as the deed is done. The team, where the person shows the onboarding, reads what
was noted of it once a day (`jobs.note_deeds`): so nobody can tell the minute of anything, and a step that was done
stays done when what finished it is deleted or a consent withdrawn.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from core.kit import rooms
from core.kit.compiled import Blank, Compiled
from core.kit.rooms import Deed, Label
from programs.generations.models import Participant, Step, StepDone

MARK = "did_"
MIXES = 64


def known() -> dict[str, Deed]:
    """Every deed that some room can see, by its short name."""
    return {name: deed for room in rooms.every() for name, deed in room.steps.items()}


def seen(names: Iterable[str] | None = None) -> dict[str, Any]:
    """Annotations for a query of participants: `did_<name>` says whether each one did it, or what counts as that."""
    every, person, program = known(), OuterRef("user_id"), OuterRef("program_id")
    chosen = every if names is None else every.keys() & set(names)
    return {
        f"{MARK}{name}": _any(
            [
                Exists(deed.rows(program=program, person=person))
                for other, deed in every.items()
                if name in (other, deed.counts_as)
            ]
        )
        for name in every
        if name in chosen
    }


def _any(ways: list[Exists]) -> Any:
    return ways[0] if len(ways) == 1 else ExpressionWrapper(reduce(or_, map(Q, ways)), output_field=BooleanField())


def done_by(participant: Participant, steps: Iterable[Step]) -> set[int]:
    """The steps of these that the person's deeds have finished. One query, or none when no step is done by a deed."""
    steps = list(steps)
    done = did(participant.pk, [step.deed for step in steps])
    return {step.pk for step in steps if step.deed in done}


def did(participant_id: int, names: Iterable[str]) -> set[str]:
    """Which of these deeds somebody has done. One query, or none when the product can see none of them."""
    wanted = set(names)
    asked = tuple((name, deed) for name, deed in known().items() if name in wanted)
    if not asked:
        return set()
    (found,) = _did(asked).rows(participant=participant_id)
    return {name.removeprefix(MARK) for name, is_done in found.items() if is_done}


@lru_cache(MIXES)
def _did(deeds: tuple[tuple[str, Deed], ...]) -> Compiled[Any]:
    """Kept for each mix of deeds: putting the question into words takes longer than its answer."""
    names = [name for name, _deed in deeds]
    return Compiled(lambda: Participant.objects.filter(pk=Blank("participant")).values(**seen(names)))


def note() -> int:
    """Keep what people have done since the last time. Safe to run twice."""
    noted = 0
    for name, did in seen().items():
        steps: dict[int, list[int]] = defaultdict(list)
        of_deed = Step.objects.on_the_way().filter(deed=name.removeprefix(MARK))
        for generation, step in of_deed.values_list("generation", "pk"):
            steps[generation].append(step)
        people = Participant.objects.present().filter(did, generation__in=steps).values_list("pk", "generation")
        noted_before = set(StepDone.objects.filter(step__in=of_deed).values_list("step", "participant"))
        rows = [
            StepDone(step_id=step, participant_id=participant)
            for participant, generation in people
            for step in steps[generation]
            if (step, participant) not in noted_before
        ]
        noted += len(StepDone.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000))
    return noted


def choices() -> list[tuple[str, Label]]:
    """For who says what finishes a step."""
    return [(name, deed.label) for name, deed in known().items()]
