"""The same figures in the order of known frameworks: which of the catalogue's numbers stand where."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Section:
    name: Promise
    about: Promise
    numbers: Sequence[int]  # of the catalogue


@dataclass(frozen=True)
class Frame:
    key: str
    name: Promise
    about: Promise
    sections: Sequence[Section]


def _span(first: int, last: int, *more: int) -> tuple[int, ...]:
    return (*range(first, last + 1), *more)


FRAMES = (
    Frame(
        "balanced",
        _("Balanced scorecard"),
        _("Four views of one program, from what it brings down to what it needs. None counts more than another."),
        (
            Section(_("Impact for the company"), _("What does it bring?"), _span(19, 25, 45)),
            Section(_("People outside"), _("What do they notice?"), _span(6, 18)),
            Section(
                _("Processes and community"), _("What must we be good at?"), (*_span(1, 5), *_span(34, 40), 42, 43, 44)
            ),
            Section(_("People and learning"), _("What do we need for it?"), _span(26, 33, 41)),
        ),
    ),
    Frame(
        "triangle",
        _("Sustainability triangle"),
        _("Whether a program can last: what it is worth, and whether it is good for people and for the environment."),
        (
            Section(_("Economic"), _("Is it worth what it costs?"), (6, 10, 14, *_span(19, 24), 45)),
            Section(_("Social"), _("Is it good for the people in it?"), (1, 4, 5, *_span(26, 30), 33, 34, 36, 42, 44)),
            Section(
                _("Ecological"),
                _("The catalogue has no figure for this side. Trips saved by online meetings belong in your notes."),
                (),
            ),
        ),
    ),
    Frame(
        "capital",
        _("Intellectual capital"),
        _("What a company owns that is in no balance sheet: in people, in its ways of working, in its relations."),
        (
            Section(_("Human capital"), _("What people know and want"), (2, 3, 26, 27, 28, 29, 30, 33)),
            Section(
                _("Structural capital"), _("What stays when somebody leaves"), (31, 32, 34, 35, 37, *_span(39, 43))
            ),
            Section(
                _("Relational capital"),
                _("Who knows and trusts the company"),
                (7, 8, 9, 10, 11, 12, 14, 15, 18, 25, 36, 38),
            ),
        ),
    ),
)


def frame_of(key: str) -> Frame | None:
    return next((each for each in FRAMES if each.key == key), None)
