"""How long another server asks us to wait (`Retry-After`, in seconds or as a moment)."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime

from django.utils import timezone

LONGEST_WAIT = timedelta(days=1)


def asked_pause(headers: Mapping[str, str]) -> timedelta | None:
    """Nothing when it says nothing, or nothing that makes sense; never more than a day."""
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return min(timedelta(seconds=int(said[:9])), LONGEST_WAIT)
    with suppress(ValueError):
        moment = parsedate_to_datetime(said)
        pause = moment.replace(tzinfo=moment.tzinfo or UTC) - timezone.now()
        return min(max(pause, timedelta()), LONGEST_WAIT)
    return None
