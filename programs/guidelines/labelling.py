"""Do I have to label this? A few questions lead to a result, words to copy and the legal basis. Nothing is kept."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from core.kit.words import Words
from programs.guidelines.wording import file_of

FIRST = "about"
YES, NO = "y", "n"
LONGEST = 4  # answers


@dataclass(frozen=True)
class AskedStep:
    """A question that was answered, or the one to answer now."""

    text: Words
    answer: str = ""

    @property
    def is_yes(self) -> bool:
        return self.answer == YES


@dataclass(frozen=True)
class Way:
    """So far: the answers given, and the next question or the result."""

    said: str
    steps: list[AskedStep]
    question: AskedStep | None
    result: str

    @property
    def title(self) -> Words:
        return Words(file_of("labelling.yaml")["results"][self.result]["title"])

    @property
    def text(self) -> Words:
        return Words(file_of("labelling.yaml")["results"][self.result]["text"])

    @property
    def needs_label(self) -> bool:
        return self.result == "label"


def way(said: str) -> Way:
    """Where these answers ("y" and "n") lead. What comes after a result is left out."""
    questions = file_of("labelling.yaml")["questions"]
    steps, place, used = [], FIRST, ""
    for answer in said[:LONGEST]:
        if place not in questions:
            break
        steps.append(AskedStep(Words(questions[place]["text"]), answer))
        place = questions[place]["says"]["yes" if answer == YES else "no"]
        used += answer
    if place in questions:
        return Way(used, steps, AskedStep(Words(questions[place]["text"])), "")
    return Way(used, steps, None, place)


@dataclass(frozen=True)
class LawRow:
    text: str
    about: Words


@dataclass(frozen=True)
class Law:
    """What holds in a country, as far as this file knows."""

    labels: list[LawRow]
    too_little: list[str]
    sources: list[LawRow]
    stated_on: date
    recheck_on: date


def law_of(country: str) -> Law:
    row: dict[str, Any] = file_of("labelling.yaml")["countries"][country]
    return Law(
        [LawRow(each["text"], Words(each["about"])) for each in row["labels"]],
        row["too_little"],
        [LawRow(each["title"], Words(each["about"])) for each in row["sources"]],
        row["stated_on"],
        row["recheck_on"],
    )
