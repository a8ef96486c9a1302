"""What the page of a journey shows: its letters in order, the quiet between them, how many got each, and how many are
between two of them."""

from dataclasses import dataclass

from community.journeys import letters, queries
from community.journeys.models import Journey, JourneyLetter
from core.disclosure.gate import People
from core.kit.rooms import Label
from programs.generations import deeds


@dataclass(frozen=True)
class Station:
    """A letter on the way. `quiet`: days since the one before it; `here`: how many are between the two. `problem`: what
    is wrong with it; then it waits (`is_held`) or goes out as it is."""

    letter: JourneyLetter
    quiet: int
    here: People | None  # not counted yet
    left_out_for: Label
    got: People | None  # not counted yet
    problem: str
    is_held: bool


@dataclass(frozen=True)
class WholeJourney:
    """A journey as its page shows it. `begun` and `ended`: how many got as far as its first and its last letter."""

    stations: list[Station]
    begun: People | None
    ended: People | None


def way_of(journey: Journey) -> WholeJourney:
    counts = queries.how_many_got(journey)
    known = deeds.known()
    steps = queries.letters_of(journey)
    came = came_to([counts.get(str(letter.pk)) for letter in steps])
    found, before = [], 0
    for place, letter in enumerate(steps):
        letter.journey = journey
        deed = known.get(letter.unless)
        problem = next(iter(letters.proof_of(letter).faults), "")
        is_held = bool(problem and letters.held_back_by(letter))
        got = counts.get(str(letter.pk))
        here = between(came[place - 1], came[place]) if place else None
        label = deed.label if deed else ""
        found.append(Station(letter, letter.days - before, here, label, got, problem, is_held))
        before = letter.days
    return WholeJourney(found, came[0] if came else None, came[-1] if came else None)


def came_to(got: list[People | None]) -> list[People | None]:
    """How many came as far as each letter: as many as got it or any later one. It is worked out from the numbers that
    the page says anyway, never from others: what is between them tells no more than they do."""
    came: list[People | None] = []
    far: People | None = None
    for each in reversed(got):
        both = [known for known in (each, far) if known]
        far = People(max(known.low for known in both), max(known.high or 0 for known in both)) if both else None
        came.insert(0, far)
    return came


def between(earlier: People | None, later: People | None) -> People | None:
    """How many came to a letter and not to the next one."""
    if earlier is None or later is None:
        return None
    return People(max(earlier.low - (later.high or 0), 0), (earlier.high or 0) - later.low)
