"""A calendar under a secret address, as Outlook, Google and most others give out."""

from dataclasses import dataclass

from community.office_hours.sources.base import CALENDAR, Ask, Between, Spans, good
from core.kit import calendars


@dataclass(frozen=True)
class IcsAddress:
    address: str
    ask: Ask

    def busy(self, between: Between) -> Spans:
        answer = good(self.ask(self.address, types=CALENDAR))
        return calendars.busy_in(
            answer.body, first=between.first, last=between.last, zone=between.zone, own=between.own
        )
