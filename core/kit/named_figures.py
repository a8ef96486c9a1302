"""A figure of the program that a goal can be shown by: the rooms that have figures tell of theirs."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class NamedFigure:
    """A figure of the program that a goal can be shown by: its key, its words, what is aimed at and where it stands."""

    key: str
    label: str | Promise
    target: str
    url: str
