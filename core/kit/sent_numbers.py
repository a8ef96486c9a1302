"""Whole numbers as an address or a form sends them, however long."""

MOST_DIGITS = 18  # every number of a row has fewer than the database holds; Python refuses to read thousands of them


def whole(said: object, *, digits: int = MOST_DIGITS) -> int | None:
    """The number, or nothing where it is none or has too many digits."""
    text = str(said)
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None
