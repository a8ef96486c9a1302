"""What a room opens to people who left and stay in touch, as their page shows it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OpenToAlumni:
    """One thing. `accept` is where a press says yes; `url` is the own page of who said so already."""

    title: str
    when: str
    place: str
    text: str  # safe HTML
    accept: str
    url: str = ""
    said: str = ""
