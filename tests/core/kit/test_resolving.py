"""Addresses are found by their shape: the same ones as when all are tried."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLResolver, get_resolver, include, path, re_path
from django.urls.resolvers import RegexPattern

from core.kit.resolving import by_shape


def view(_request: HttpRequest, **_more: Any) -> HttpResponse:
    return HttpResponse()


ROOM = [
    path("p/<slug:slug>/shop/", view, name="shop"),
    path("p/<slug:slug>/shop/new/", view, name="new"),
    path("p/<slug:slug>/shop/<slug:key>/", view, name="one"),
    path("p/<slug:slug>/<slug:kind>/all/", view, name="kind"),
    path("shop.txt", view, name="text"),
]
WIDE = [path("files/<path:name>", view, name="file"), re_path(r"^old-(\d+)/$", view, name="old")]
ALL = [
    path("", include((ROOM, "rooms"))),
    path("", include(WIDE)),
    path("in/", include(WIDE)),
    path("", view, name="start"),
]


def found(root: URLResolver, address: str) -> Any:
    try:
        match = root.resolve(address)
    except Resolver404:
        return None
    return match.view_name, match.kwargs, match.args, match.route


@pytest.mark.parametrize(
    "address",
    ["/", "/p/x/shop/", "/p/x/shop/new/", "/p/x/shop/red/", "/p/x/other/all/", "/p/x/shop/all/", "/shop.txt", "/p/x/",
     "/files/a/b/c.txt", "/old-7/", "/in/files/a/b", "/in/old-8/", "/shop/", "/p/", "/p", "/p/x/shop", "/nothing"],
)  # fmt: skip
def test_the_same_address_is_found(address: str) -> None:
    plain, shaped = (URLResolver(RegexPattern(r"^/"), each) for each in (ALL, by_shape(ALL)))
    assert found(shaped, address) == found(plain, address)


def test_few_of_the_sites_addresses_are_tried() -> None:
    match = get_resolver().resolve("/p/nordlichter/forum/1/")
    assert match.view_name == "community:topic_detail"
    assert len(match.tried) < 40
