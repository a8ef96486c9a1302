"""What was said, added up and sealed.

A pot is a row of counters: how many answered, then for each question how many chose each value. Its text has one length
whatever is in it, and is sealed anew with each answer, so that two states of it have nothing in common.
"""

import base64
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from community.pulses.models import LONGEST_COMMENT, PulseLetter, PulseRound
from community.pulses.questions import Question
from core.people.secrets import SecretIsSealed, seal, seal_anew, unseal

BYTES_OF_COMMENT = LONGEST_COMMENT * 4  # as long as characters of UTF-8 become


@dataclass
class Sums:
    """How many answered anything, and by question how many chose each of its values."""

    answered: int
    chosen: dict[str, list[int]]

    def add(self, answers: Mapping[str, int], questions: Sequence[Question]) -> None:
        """What one person said. Who said nothing at all is added to nothing."""
        self.answered += bool(answers)
        for each in questions:
            if each.key in answers:
                self.chosen[each.key][each.values.index(answers[each.key])] += 1


def empty(questions: Sequence[Question]) -> Sums:
    return Sums(0, {each.key: [0] * len(each.values) for each in questions})


def close_up(sums: Sums) -> str:
    numbers = [sums.answered, *(number for counts in sums.chosen.values() for number in counts)]
    return seal(base64.b64encode(struct.pack(f">{len(numbers)}I", *numbers)).decode())


def open_up(pot: str, questions: Sequence[Question]) -> Sums:
    """Raises SecretIsSealed where the site has lost its keys."""
    packed = base64.b64decode(unseal(pot))
    numbers = iter(struct.unpack(f">{len(packed) // 4}I", packed))
    return Sums(next(numbers), {each.key: [next(numbers) for _value in each.values] for each in questions})


def letter(text: str) -> str:
    """A comment, or none, sealed at one length."""
    return seal(base64.b64encode(text[:LONGEST_COMMENT].encode().ljust(BYTES_OF_COMMENT, b"\0")).decode())


def read_letter(sealed: str) -> str:
    return base64.b64decode(unseal(sealed)).rstrip(b"\0").decode()


def reseal() -> tuple[int, int]:
    """All that waits, under the first of the site's keys. How many that were, and how many no key opens."""
    done = [_reseal(row, "pot") for row in PulseRound.objects.exclude(pot="").only("pot")]
    done += [_reseal(row, "sealed") for row in PulseLetter.objects.only("sealed")]
    return sum(done), len(done) - sum(done)


def _reseal(row: PulseRound | PulseLetter, field: str) -> bool:
    """Unless somebody answered in the meantime: then it is sealed anew anyway."""
    sealed = getattr(row, field)
    try:
        type(row)._base_manager.filter(pk=row.pk, **{field: sealed}).update(**{field: seal_anew(sealed)})
    except SecretIsSealed:
        return False
    return True
