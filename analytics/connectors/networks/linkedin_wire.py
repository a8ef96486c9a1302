"""How LinkedIn writes its questions and answers: lists and records in brackets, days as three numbers."""

from datetime import date
from typing import Any
from urllib.parse import quote

from analytics.connectors.networks.base import Trouble, part

API = "api.linkedin.com"


def address(what: str, **asked: str) -> str:
    """Brackets, commas and colons of records are LinkedIn's own signs and stay as they are."""
    questions = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"https://{API}/rest/{what}?{questions}" if questions else f"https://{API}/rest/{what}"


def urn(value: str) -> str:
    """A URN within a question: its own colons are none of the record's."""
    return quote(value, safe="")


def between(start: date, end: date) -> str:
    """From a day on, until before another."""
    return f"(start:{_day(start)},end:{_day(end)})"


def _day(day: date) -> str:
    return f"(day:{day.day},month:{day.month},year:{day.year})"


def elements(answer: Any) -> list[Any]:
    rows = part(answer, "elements")
    if not isinstance(rows, list):
        raise Trouble("odd")
    return rows


def first_day(row: Any) -> date | None:
    """The day an element speaks of."""
    found = [part(row, "dateRange", "start", name) for name in ("year", "month", "day")]
    if not all(isinstance(each, int) and not isinstance(each, bool) for each in found):
        return None
    try:
        day = date(*found)
    except (OverflowError, ValueError):
        return None
    return day if 1990 <= day.year < 2200 else None
