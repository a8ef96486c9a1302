"""What the page of a journey shows: its letters in order, the quiet between them, and how many got each."""

from dataclasses import dataclass

from community.journeys import letters, queries
from community.journeys.models import Journey, JourneyLetter
from core.disclosure.gate import People
from core.kit.rooms import Label
from programs.generations import deeds


@dataclass(frozen=True)
class Station:
    """A letter on the way. `quiet`: days since the one before it. `problem`: what is wrong with it; then it waits
    (`is_held`) or goes out as it is."""

    letter: JourneyLetter
    quiet: int
    left_out_for: Label
    got: People | None  # not counted yet
    problem: str
    is_held: bool


def stations_of(journey: Journey) -> list[Station]:
    counts = queries.how_many_got(journey)
    known = deeds.known()
    found, before = [], 0
    for letter in queries.letters_of(journey):
        letter.journey = journey
        deed = known.get(letter.unless)
        problem = next(iter(letters.proof_of(letter).faults), "")
        is_held = bool(problem and letters.held_back_by(letter))
        got = counts.get(str(letter.pk))
        found.append(Station(letter, letter.days - before, deed.label if deed else "", got, problem, is_held))
        before = letter.days
    return found
