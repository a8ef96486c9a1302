"""Dates, times and numbers as a language writes them, by Unicode's CLDR: a language more costs nothing here.

What this site writes otherwise than CLDR is in `OWN_WAY`: a few preferences, needed by no further language.
"""

import re
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, match_skeleton
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_decimal, format_percent, get_decimal_symbol, get_group_symbol
from django.utils.translation import get_language, gettext

# What is said of a day, as the fields that are shown. The language orders them and puts its marks between.
STYLES = {
    "short": "yMMMd",
    "long": "yMMMMd",
    "full": "yMMMMEEEEd",
    "weekday": "MMMEd",
    "weekday_year": "yMMMEd",
    "day": "MMMMEEEEd",  # Monday, 7 December
    "day_of_year": "MMMMd",
    "day_short": "MMMd",
    "near": "MMMd",
    "far": "yMMM",
    "month": "yMMMM",
}
ALONE = {"month_name": "LLLL", "weekday_name": "EEEE"}  # one word, the same in each language
OWN_WAY = {
    ("de", "short"): "dd.MM.y",
    ("de", "weekday"): "EEE, d.M.",
    ("de", "weekday_year"): "EEE, d.M.y",
    ("de", "near"): "d.M.",
    ("de", "far"): "d.M.yy",
    ("en", "weekday"): "EEE, d MMM",
    ("en", "weekday_year"): "EEE, d MMM y",
    ("en", "day"): "EEEE, d MMMM",
    ("en", "full"): "EEEE, d MMMM y",
    ("en", "long"): "d MMMM y",
}
REGIONS = {"en": "en_GB"}  # which of its ways: day before month
THOUSANDS = {"de": "Tsd."}  # where CLDR knows no short word for them


@cache
def _locale_of(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def locale() -> Locale:
    """Of the reader."""
    return _locale_of(get_language() or "en")


def listed(names: Sequence[str]) -> str:
    """A, B and C."""
    return format_list(names, locale=locale()) if names else ""


def _of_dates(of: Locale) -> Locale:
    return Locale.parse(REGIONS[of.language]) if of.language in REGIONS else of


def written(on: date, style: str) -> str:
    """A day in the reader's language; see `STYLES`."""
    return _written(on, style, get_language() or "en")


@lru_cache(maxsize=4_096)
def _written(on: date, style: str, language: str) -> str:
    """Many pages name the same few days."""
    of = _locale_of(language)
    return format_date(on, _pattern(of.language, style), locale=_of_dates(of))


def month_short(on: date) -> str:
    """Dec, Dez: what is below the day in a tile, without a point."""
    return format_date(on, "LLL", locale=_of_dates(locale())).rstrip(".")


@cache
def _pattern(language: str, style: str) -> str:
    if own := OWN_WAY.get((language, style)) or ALONE.get(style):
        return own
    wanted, known = STYLES[style], _of_dates(_locale_of(language)).datetime_skeletons
    nearest = match_skeleton(wanted, known)
    return _widened(known[nearest].pattern, wanted) if nearest else "y-MM-dd"


def _widened(pattern: str, wanted: str) -> str:
    """CLDR has a pattern for short names only where that for long ones has the same order."""
    for letter, least in (("E", 1), ("M", 3)):
        if run := re.search(f"{letter}{{{least},}}", wanted):
            pattern = re.sub(f"[{letter}]{{{least},}}", run[0], pattern)
    return pattern


def span(first: date, last: date) -> str:
    """“23–29 November 2026”: what both days share is said once."""
    of = _of_dates(locale())
    differs = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    known = of.interval_formats
    parts = [re.sub("M{3,}", "MMMM", part) for part in known.get("yMMMMd", known["yMMMd"])[differs]]
    shown = (format_date(day, part, locale=of) for day, part in zip((first, last), parts, strict=True))
    return "".join(shown).replace("\N{THIN SPACE}", " ")


def clock(at: time) -> str:
    """The time of day with its word, where the language has one: 14:00 Uhr."""
    return gettext("%(hour)s:%(minute)s") % {"hour": at.hour, "minute": f"{at.minute:02d}"}


def decimal_mark() -> str:
    return get_decimal_symbol(locale())


def group_mark() -> str:
    """Between thousands; it may be a space."""
    return get_group_symbol(locale())


def number(amount: Decimal, decimals: int | None = None) -> str:
    return _number(amount, decimals, get_language() or "en")


@lru_cache(maxsize=4_096)
def _number(amount: Decimal, decimals: int | None, language: str) -> str:
    """A chart says the same small numbers over and over."""
    places = "#,##0.##" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(amount, format=places, locale=_locale_of(language))


def percent(ratio: Decimal, decimals: int = 0) -> str:
    places = "0" + ("." + "0" * decimals if decimals else "")
    return format_percent(ratio, format=locale().percent_formats[None].pattern.replace("0", places), locale=locale())


def compact(amount: Decimal) -> str:
    """412K; small numbers are written in full."""
    of = locale()
    if of.language in THOUSANDS and 1000 <= abs(amount) < 1_000_000:
        # German writes 12.600 in full; from ten thousand on thousands are shorter.
        if abs(amount) < 10_000:
            return number(amount, 0)
        thousands = format_decimal(amount / 1000, format="#,##0.#" if abs(amount) < 100_000 else "#,##0", locale=of)
        return f"{thousands}\N{NO-BREAK SPACE}{THOUSANDS[of.language]}"
    hundreds = abs(amount) >= 1000 and len(str(int(abs(amount)))) % 3 == 0  # 318K says enough, 12.6K needs its digit
    return format_compact_decimal(amount, locale=of, fraction_digits=0 if hundreds else 1)
