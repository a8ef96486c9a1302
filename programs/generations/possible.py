"""Which steps can be done at the moment: none whose date is over, and none that waits for a date.

Such a step is nobody's next one and is not counted, neither for the person nor in what the team sees; whoever has done
it keeps it. It counts again as soon as it gets a date that is ahead.
"""

from datetime import date
from typing import Any

from django.db.models import Q

from programs.generations import deeds


def is_over(on: date | None, today: date) -> bool:
    return on is not None and on < today


def waits_for_a_date(on: date | None, deed: str, address: str) -> bool:
    """Somebody has to say first when it takes place."""
    return on is None and not address and deed in _need_a_date()


def not_now(today: Any, at: str = "") -> Q:
    """The same for a query of steps, or of what leads to them by the way `at`."""
    no_date = Q(**{f"{at}milestone": None}) | Q(**{f"{at}milestone__deleted_at__isnull": False})
    last = f"{at}milestone__until_on"
    # said for both: a comparison with nothing is neither true nor false, and so is its contrary
    ended = Q(**{f"{last}__isnull": False, f"{last}__lt": today}) | Q(**{last: None, f"{at}milestone__on__lt": today})
    over = ended & Q(**{f"{at}milestone__deleted_at": None})
    return over | (no_date & Q(**{f"{at}deed__in": _need_a_date(), f"{at}address": ""}))


def _need_a_date() -> list[str]:
    return [name for name, deed in deeds.known().items() if deed.needs_a_date]
