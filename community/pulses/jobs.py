from collections.abc import Callable, Iterable

from community.pulses import queries, services
from community.pulses.models import PulseRound
from core.schedule.each import each


def look_after() -> int:
    """Say that a pulse is open, remind, close it after its last day, publish what nobody did. Safe to run twice."""
    return sum(
        _all(name, rows, work)
        for name, rows, work in (
            ("pulses.tell", queries.to_tell(), services.tell),
            ("pulses.remind", queries.to_remind(), services.remind),
            ("pulses.close", queries.to_close(), services.close),
            ("pulses.publish", queries.to_publish(), services.publish),
        )
    )


def _all(name: str, rows: Iterable[PulseRound], work: Callable[[PulseRound], None]) -> int:
    return each(name, rows, work, key=lambda row: row.pk).done
