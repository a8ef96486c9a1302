"""How old the figures of a file are."""

from datetime import UTC, date, datetime, time, timedelta


def as_of(exported_at: datetime | None, window_end: date | None, uploaded_at: datetime) -> datetime:
    """Said by the file, else the day after its last day, never later than now.

    Without this an old file that is uploaded late would overwrite newer figures.
    """
    if exported_at is not None:
        return min(exported_at, uploaded_at)
    if window_end is not None:
        return min(datetime.combine(window_end + timedelta(days=1), time(), UTC), uploaded_at)
    return uploaded_at
