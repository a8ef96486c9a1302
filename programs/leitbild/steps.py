"""From step to step of a workshop, and back. Once the result is shown there is no way back: whoever saw it would vote
otherwise, and the votes are gone."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core.journal import services as journal
from programs.leitbild import counting, sentences, services
from programs.leitbild.models import LeitbildBallot, LeitbildState, LeitbildWorkshop
from programs.leitbild.verbs import LeitbildVerb

if TYPE_CHECKING:
    from core.people.models import User

ORDER = (
    LeitbildState.COLLECTING,
    LeitbildState.SORTING,
    LeitbildState.VOTING,
    LeitbildState.COUNTING,
    LeitbildState.CLOSED,
)
FEWEST = 2  # to choose from


class NothingToChoose(Exception):
    """Fewer than two headings or sentences."""


class TooFewSentences(Exception):
    """Too few people have written: whoever ended collecting now would see whose the sentences are."""


def back_from(state: str) -> str:
    """Where undo leads from here; nowhere once the result is shown."""
    place = ORDER.index(LeitbildState(state)) if state in ORDER else 0
    return ORDER[place - 1].value if 0 < place < ORDER.index(LeitbildState.CLOSED) else ""


def next_of(state: str) -> str:
    place = ORDER.index(LeitbildState(state)) if state in ORDER else len(ORDER)
    return ORDER[place + 1].value if place + 1 < len(ORDER) else ""


@transaction.atomic
def go(workshop: LeitbildWorkshop, *, to: str, by: "User | None") -> None:
    """One step on, or one back. A second click finds it done. Raises NotNow where another step comes first."""
    row = services.locked(workshop)
    if row.state == to:
        return
    if to not in (next_of(row.state), back_from(row.state)):
        raise services.NotNow
    goes_on = to == next_of(row.state)
    _leave(row, to, goes_on=goes_on)
    row.state, row.state_since = to, timezone.now()
    row.save(update_fields=["state", "state_since", "waiting", "voices", "sentences", "groups", "result"])
    journal.record(LeitbildVerb.MOVED_ON if goes_on else LeitbildVerb.WENT_BACK, row, by=by)


def _leave(row: LeitbildWorkshop, to: str, *, goes_on: bool) -> None:
    if goes_on and to == LeitbildState.SORTING:
        sentences.show_waiting(row)
        if not row.sentences:
            raise TooFewSentences
    elif goes_on and to == LeitbildState.VOTING:
        if len(sentences.choices_of(row)) < FEWEST:
            raise NothingToChoose
    elif to == LeitbildState.CLOSED:
        row.sentences = [each for each in row.sentences if not each["is_hidden"]]
        row.waiting, row.voices, row.groups = [], [], sentences.headings(row)
        row.result = counting.counted(row)
        LeitbildBallot.objects.filter(workshop=row).delete()
    elif to == LeitbildState.SORTING:  # what is voted on may become something else now
        LeitbildBallot.objects.filter(workshop=row).delete()
