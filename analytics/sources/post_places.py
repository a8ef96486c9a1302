"""Which posts a file names, in the order in which they come: of several hundred thousand each is held as one number."""

from collections.abc import Iterator

from .rows import LINKEDIN

PlaceKey = tuple[str, str]
SCHEMES = sorted(LINKEDIN)


class PostPlaces:
    """`places[key] = 7`, `places.get(key)`, `len(places)`; going through it gives the keys."""

    def __init__(self) -> None:
        self._kept: dict[int | PlaceKey, int] = {}

    def get(self, key: PlaceKey) -> int | None:
        return self._kept.get(_small(key))

    def __setitem__(self, key: PlaceKey, place: int) -> None:
        self._kept[_small(key)] = place

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[PlaceKey]:
        return (_whole(each) if isinstance(each, int) else each for each in self._kept)


def _small(key: PlaceKey) -> int | PlaceKey:
    """A number of LinkedIn and the kind of it as one number, a third of the room; "007" is another text than "7"."""
    scheme, number = key
    if scheme in LINKEDIN and number.isascii() and number.isdecimal() and number[0] != "0" and len(number) < 20:
        return int(number) * len(SCHEMES) + SCHEMES.index(scheme)
    return key


def _whole(kept: int) -> PlaceKey:
    number, place = divmod(kept, len(SCHEMES))
    return SCHEMES[place], str(number)
