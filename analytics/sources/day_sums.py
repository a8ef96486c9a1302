"""What the days of a file add up to: whoever compares the sums with the network's own sees what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from .codes import ADDITIVE
from .handover import ParsedReading, Total

POINTS = 60


def of_readings(readings: Iterable[ParsedReading]) -> list[Total]:
    days: dict[str, dict[date, int]] = {}
    for post, metric, grain, start, _, segment, value, _ in readings:
        if post is None and grain == "day" and not segment and metric in ADDITIVE:
            days.setdefault(metric, {})[start] = value
    return of_days(days)


def of_days(days: Mapping[str, Mapping[date, int]]) -> list[Total]:
    """In the order in which people look for them."""
    return [
        Total(
            metric,
            sum(days[metric].values()),
            len(days[metric]),
            curve([days[metric][d] for d in sorted(days[metric])]),
        )
        for metric in ADDITIVE
        if days.get(metric)
    ]


def curve(values: list[int]) -> list[int]:
    """At most so many points as a small picture shows: sums of neighbours."""
    width = -(-len(values) // POINTS)
    return [sum(values[i : i + width]) for i in range(0, len(values), width)] if values else []
