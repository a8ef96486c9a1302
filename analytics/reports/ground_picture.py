"""What the company's slides look like, drawn small: where title, text and chart come to stand, in which colours."""

from dataclasses import dataclass
from typing import Any

from analytics.reports.masters import said_of

UNITS = 100  # of the drawing, for an inch
HEIGHTS = (0.45, 0.62, 0.55, 0.78, 0.9, 0.7)  # of the bars of no chart in particular


@dataclass(frozen=True)
class DrawnBox:
    """A box in whole units: a decimal point would be a comma in German."""

    x: int
    y: int
    wide: int
    high: int
    fill: str


class GroundPicture:
    """Of what `master_reading` found."""

    def __init__(self, offers: dict[str, Any]) -> None:
        self.offers, self.look = offers, offers["look"]
        self.wide, self.high = _units(offers["wide"]), _units(offers["high"])
        self.ground, self.said = self.look["ground"], said_of(offers)
        self.fonts = ", ".join(self.look["fonts"])
        self.colours = [
            DrawnBox(place * 24, 0, 20, 20, fill) for place, fill in enumerate((self.look["text"], *self.accents))
        ]

    @property
    def accents(self) -> list[str]:
        return list(self.look["accents"])

    @property
    def cover(self) -> list[DrawnBox]:
        told = self.offers["cover"]
        boxes = [self._line(told["title"], 0.5, 0.45)]
        if told["below_box"]:
            boxes.append(self._line(told["below_box"], 0.35, 0.3))
        return boxes

    @property
    def page(self) -> list[DrawnBox]:
        """A headline, two sentences and bars in the first two colours."""
        told = self.offers["page"]
        left, top, wide, high = told["room"]
        first, second = (self.accents + [self.look["text"]] * 2)[:2]
        found = [self._line(told["title"], 0.7, 0.4)]
        found += [
            self._box(left, top + high * share, wide * 0.8, high * 0.04, self.look["text"]) for share in (0.06, 0.15)
        ]
        step, floor = wide / len(HEIGHTS), high * 0.7
        for place, share in enumerate(HEIGHTS):
            at = left + step * place
            found.append(self._box(at, top + high - floor * share, step * 0.35, floor * share, first))
            found.append(
                self._box(at + step * 0.4, top + high - floor * share * 0.6, step * 0.35, floor * share * 0.6, second)
            )
        return found

    def _line(self, box: list[float], wide: float, high: float) -> DrawnBox:
        return self._box(box[0], box[1] + box[3] * (1 - high) / 2, box[2] * wide, box[3] * high, self.look["text"])

    @staticmethod
    def _box(left: float, top: float, wide: float, high: float, fill: str) -> DrawnBox:
        return DrawnBox(_units(left), _units(top), max(1, _units(wide)), max(1, _units(high)), fill)


def _units(inches: float) -> int:
    return round(inches * UNITS)
