"""How long one waits, said as honestly as it can be: a range out of this hour's own conversations, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 3  # conversations before anything is said
LAST = 8  # the newest ones count


@dataclass(frozen=True)
class WaitRange:
    """In minutes."""

    low: int
    high: int


def wait_range(ahead: int, hosts: int, talks: Sequence[int]) -> WaitRange | None:
    """`talks` in seconds, the newest last. The shortest of them if all goes well, the longest if not; with somebody
    in every chair the first one to become free may be free at once."""
    if len(talks) < FEWEST or hosts < 1:
        return None
    newest = sorted(talks[-LAST:])
    low = (ahead // hosts) * newest[0] // 60
    high = -(-(ahead + 1) // hosts) * newest[-1]
    return WaitRange(low, max(low + 1, -(-high // 60)))
