"""The numbers of many people in columns: each person has a place, so that sums over groups are quick and stay small."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from core.disclosure.crowd import Crowd

Numbers = list[int | None]


class Roll:
    """Everybody who may be counted, in the order of their numbers.

    The figures of the `resting`, who withdrew the consent to bring their own, are still stored and count nowhere; what
    they log still does.
    """

    def __init__(self, people: Iterable[int], *, resting: Collection[int] = ()) -> None:
        self.ids = sorted(people)
        self.places = {person: place for place, person in enumerate(self.ids)}
        self.bringing = {person: place for person, place in self.places.items() if person not in resting}
        self.size = len(self.ids)
        self.gone: dict[int, int] = {}

    def place_of(self, person: int) -> int:
        """Who is no longer counted, but stands behind a figure of before, gets a place behind all others."""
        if (place := self.places.get(person)) is not None:
            return place
        return self.gone.setdefault(person, self.size + len(self.gone))

    def crowd(self, people: Iterable[int]) -> Crowd:
        return Crowd.of(self.places[person] for person in people if person in self.places)

    def empty(self) -> Numbers:
        return [None] * self.size


@dataclass(slots=True)
class Column:
    """What each person adds to a KPI in one week. None: nothing is known, which is not zero."""

    above: Numbers
    below: Numbers | None = None  # a plain count has nothing below

    @property
    def who(self) -> Crowd:
        return Crowd.where([number is not None for number in self.above])


#: KPI -> week -> its column.
Columns = dict[str, dict[date, Column]]
