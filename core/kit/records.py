"""What somebody did in a program by their own record, as their note of participation lists it."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise


@dataclass(frozen=True)
class Did:
    """One thing, the day, and what it was. Nobody else is in it, and no number of it."""

    on: date
    title: str
    kind: str | Promise
