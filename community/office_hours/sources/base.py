"""What every kind of calendar is asked for: from when to when its owner is busy. Pure but for the asking, which is
handed in; a title is never asked for where the other side can leave it out, and never kept."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from core.kit.fetch import Fetched
from core.kit.patience import asked_pause

Spans = list[tuple[datetime, datetime]]
Ask = Callable[..., Fetched]  # `core.kit.fetch.fetch` with its limits; raises `NotFetched`
CALENDAR = ("text/calendar", "text/plain", "application/octet-stream")
SAYS = {401: "denied", 403: "forbidden", 404: "gone", 410: "gone", 429: "busy"}


class NotRead(Exception):
    """Why a calendar told nothing, as a code, and how long its server asks to be left alone."""

    def __init__(self, code: str, *, pause: timedelta | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.pause = pause


@dataclass(frozen=True)
class Between:
    """The time that is asked about; `zone` is for what names none: whole days, local times."""

    first: datetime
    last: datetime
    zone: str
    own: frozenset[str] = frozenset()  # UIDs of what was booked here: it blocks by itself, and only as long as it is

    def utc(self, form: str) -> tuple[str, str]:
        return f"{self.first.astimezone(UTC):{form}}", f"{self.last.astimezone(UTC):{form}}"


class Source(Protocol):
    def busy(self, between: Between) -> Spans:
        """From when to when, in order. Raises `NotRead`, `NotFetched` or `NotACalendar`."""


def good(answer: Fetched) -> Fetched:
    """An answer that says yes."""
    if 200 <= answer.status < 300:
        return answer
    code = "broken" if answer.status >= 500 else SAYS.get(answer.status, "status")
    raise NotRead(code, pause=asked_pause(answer.headers) if code in ("busy", "broken") else None)


def read_json(answer: Fetched) -> dict[str, Any]:
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise NotRead("odd") from None
    if not isinstance(found, dict):
        raise NotRead("odd")
    return found
