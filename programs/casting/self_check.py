"""The self-check: five answers in, a sentence out. A pure function; nothing of it is kept anywhere, nobody is told."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.kit.words import Words
from programs.casting.models import Position
from programs.casting.texts import file_of


class Said(TextChoices):
    YES = "yes", _("yes")
    RATHER = "rather", _("rather yes")
    RATHER_NOT = "rather_not", _("rather not")
    UNSURE = "unsure", _("not sure")


@dataclass(frozen=True)
class CheckQuestion:
    key: str
    text: Words


@dataclass(frozen=True)
class Honest:
    """What is said to the person, and where the person stands among the four ways to speak for a company."""

    verdict: str
    title: Words
    text: Words
    hints: tuple[Words, ...] = ()
    position: str = ""

    @property
    def position_text(self) -> Words:
        return Words(file_of("self_check.yaml")["positions"][self.position]) if self.position else Words({})


def questions() -> list[CheckQuestion]:
    return [CheckQuestion(row["key"], Words(row["question"])) for row in file_of("self_check.yaml")["questions"]]


def answer(said: Mapping[str, str]) -> Honest:
    """Not wanting it oneself weighs more than all the rest; each open question gets a hint, not a point off."""
    rows = file_of("self_check.yaml")["questions"]
    if any(said.get(row["key"]) not in Said.values for row in rows):
        return _honest("waiting")
    unsettled = [row for row in rows if said[row["key"]] not in (Said.YES, Said.RATHER)]
    if said["want"] == Said.RATHER_NOT:
        verdict = "later"
    elif not unsettled:
        verdict = "good"
    else:
        verdict = "clear" if len(unsettled) == 1 else "talk"
    return _honest(
        verdict, tuple(Words(row["hint"]) for row in unsettled), _position({row["key"] for row in unsettled})
    )


def _position(unsettled: set[str]) -> str:
    """Nobody is made a spokesperson by a form: that is the press office."""
    if "want" in unsettled or "topic" in unsettled:
        return Position.AMBASSADOR.value
    return Position.EXPERT.value if unsettled else Position.INFLUENCER.value


def _honest(verdict: str, hints: tuple[Words, ...] = (), position: str = "") -> Honest:
    row = file_of("self_check.yaml")["verdicts"][verdict]
    return Honest(verdict, Words(row["title"]), Words(row["text"]), hints, position)
