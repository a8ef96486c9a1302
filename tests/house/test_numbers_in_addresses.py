"""Numbers in addresses tell nobody how much others make: they are drawn or follow the clock (`core.kit.drawn`).

Each number that the access table puts into an address is looked at. A small one is a counted one: it fails unless it
stands here with the reason why it tells of nobody else's business.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from django.urls import URLPattern, URLResolver, get_resolver, path

from core.people.models import User
from tests.house.addresses import ALLAUTH
from tests.house.test_access import ROWS, page

LEAST = 2**33  # beyond every count; one drawn number of a million is below it
NUMBER = re.compile(r"<int:(\w+)>")

WITHIN = "counted within the thing before it, where everybody reads all of them"
ADMIN = "only administrators of the site see it, who read all of them"

COUNTED = {
    "operate/rescues/<int:pk>": ADMIN,
    "p/<slug:slug>/first-90-days/<int:day>": "the day after the start, not a row's number",
    "p/<slug:slug>/guidelines/versions/<int:number>": WITHIN,
    "p/<slug:slug>/handbook/<int:pk>/versions/<int:number>": WITHIN,
    "p/<slug:slug>/leitbild/versions/<int:number>": WITHIN,
    "p/<slug:slug>/templates/t/<slug:ref>/phases/<int:number>": WITHIN,
    "p/<slug:slug>/templates/t/<slug:ref>/versions/<int:number>": WITHIN,
}


def numbers(patterns: Iterable[Any], before: str = "", names: str = "") -> Iterator[tuple[str, str, str]]:
    """Name of the address, the address up to the number, the number's name."""
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from numbers(each.url_patterns, route, f"{names}{each.namespace}:" if each.namespace else names)
        elif isinstance(each, URLPattern) and not str(each.name).startswith(ALLAUTH):
            for found in NUMBER.finditer(route):
                yield f"{names}{each.name}", route[: found.end()], found[1]


def counted(patterns: Iterable[Any], world: Any) -> set[str]:
    return {stem for name, stem, key in numbers(patterns) if ROWS[name].args(world)[key] < LEAST}


def test_no_number_in_an_address_is_counted(world: Any) -> None:
    assert sorted(counted(get_resolver().url_patterns, world) ^ COUNTED.keys()) == []


def test_a_new_counted_number_is_seen(world: Any) -> None:
    inner = [path("p/<slug:slug>/guidelines/once/<int:number>/", page, name="programs:guideline_version")]
    assert counted(inner, world) == {"p/<slug:slug>/guidelines/once/<int:number>"}


def test_a_passkey_has_no_counted_number(world: Any) -> None:
    """Its address is the package's, which numbers it itself."""
    made = Authenticator.objects.create(user=User.objects.first(), type=Authenticator.Type.WEBAUTHN, data={})
    assert made.pk >= LEAST
