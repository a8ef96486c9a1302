"""The picture of the mix: which sites, departments, languages and experience are thought of, and for which nobody
stands yet. Pure. It counts seats and rates nobody; only what people gave themselves is in it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from core.kit.characters import folded


@dataclass(frozen=True)
class Given:
    """What one person gave, as far as the mix asks."""

    has_seat: bool
    site: str = ""
    department: str = ""
    experience: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Share:
    """One value: how many of the chosen ones stand for it, out of all who showed interest."""

    value: str
    chosen: int
    interested: int


DIMENSIONS = ("site", "department", "experience", "languages")


def mix(people: Iterable[Given]) -> dict[str, list[Share]]:
    """Per dimension its values, the most frequent first. One thing written in two ways (“Bremen”, “bremen ”) is one."""
    chosen: dict[str, Counter[str]] = defaultdict(Counter)
    interested: dict[str, Counter[str]] = defaultdict(Counter)
    spellings: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for person in people:
        for dimension in DIMENSIONS:
            given = getattr(person, dimension)
            values = given if isinstance(given, tuple) else (given,)
            for key, spelling in {folded(each): each for value in values if (each := " ".join(value.split()))}.items():
                spellings[dimension][key][spelling] += 1
                interested[dimension][key] += 1
                chosen[dimension][key] += person.has_seat
    return {
        dimension: sorted(
            (
                Share(_usual(spellings[dimension][key]), chosen[dimension][key], number)
                for key, number in interested[dimension].items()
            ),
            key=lambda share: (-share.interested, folded(share.value)),
        )
        for dimension in DIMENSIONS
    }


def _usual(spellings: Counter[str]) -> str:
    """The way most people write it; of two that are equally frequent the first of the alphabet."""
    return min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
