"""What the page of a journey shows: its letters in order and the quiet between them. No letter has a number: each would
be counted anew, of those whose day it is, and beside another one tell who subscribed or did what it asks for."""

from dataclasses import dataclass

from community.journeys import letters, queries
from community.journeys.models import Journey, JourneyLetter
from core.kit.rooms import Label
from programs.generations import deeds


@dataclass(frozen=True)
class Station:
    """A letter on the way. `quiet`: days since the one before it. `problem`: what is wrong with it; then it waits
    (`is_held`) or goes out as it is."""

    letter: JourneyLetter
    quiet: int
    left_out_for: Label
    problem: str
    is_held: bool


def way_of(journey: Journey) -> list[Station]:
    known = deeds.known()
    found, before = [], 0
    for letter in queries.letters_of(journey):
        letter.journey = journey
        deed = known.get(letter.unless)
        problem = next(iter(letters.proof_of(letter).faults), "")
        is_held = bool(problem and letters.held_back_by(letter))
        found.append(Station(letter, letter.days - before, deed.label if deed else "", problem, is_held))
        before = letter.days
    return found
