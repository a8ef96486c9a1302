"""Holidays of a country and its regions, from the library that knows them."""

from datetime import date
from functools import cache

ISO = 2  # a region's letters; the library knows some towns besides


@cache
def days_off(country: str, region: str, year: int) -> frozenset[date]:
    from holidays import country_holidays

    return frozenset(country_holidays(country, subdiv=region or None, years=year))


@cache
def regions(country: str) -> tuple[tuple[str, str], ...]:
    """Their short names with the words of the country's own language, as the library knows them."""
    from holidays import country_holidays, list_supported_countries

    names: dict[str, str] = {}
    aliases = getattr(country_holidays(country), "subdivisions_aliases", {})
    for name, short in aliases.items():
        names.setdefault(short, name)
    known = list_supported_countries().get(country, [])
    return tuple(
        sorted(((short, names.get(short, short)) for short in known if len(short) <= ISO), key=lambda one: one[1])
    )
