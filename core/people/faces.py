"""People of long lists as bare values: an object for each of thousands takes longer than drawing them."""

from typing import NamedTuple

from core.people.models import initials_of, name_shown


class Face(NamedTuple):
    """What a chip shows of somebody."""

    pk: int
    name: str
    initials: str

    @classmethod
    def of(cls, pk: int, name: str) -> "Face":
        return cls(pk, name_shown(name), initials_of(name))
