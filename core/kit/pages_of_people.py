"""What rooms add to the page of a person."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class WayToAsk:
    """How one reaches a person: where a click leads, e.g. to a new question with the person named in it."""

    label: str | Promise
    url: str
    icon: str = "message-circle-question"


@dataclass(frozen=True)
class PartOfPerson:
    """What a room shows on a person's page: nothing but what everybody who reads that page may see."""

    title: str | Promise
    template: str  # its rows are `part.shown`
    shown: object
