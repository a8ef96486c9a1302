"""Words for somebody who is not the one asking: in their language, on their clocks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.utils import timezone, translation

if TYPE_CHECKING:
    from core.people.models import User


@contextmanager
def as_reader(person: "User") -> Iterator[None]:
    """What is looked up and worded within it is this person's, also where a worker does it, who has neither."""
    with translation.override(person.language), timezone.override(person.time_zone):
        yield
