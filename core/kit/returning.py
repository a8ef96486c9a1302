"""Going to a page of this site, and only there. Addresses that come from outside, or are put together, pass here."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from core.kit.characters import HIDDEN

LONGEST = 2000  # characters; browsers and proxies take no more for certain
START = "/"


def is_ours(address: str | None) -> bool:
    """A path of this site, and nothing that a browser could read as anything else."""
    if not address or not address.startswith("/") or len(address) > LONGEST or HIDDEN.search(address):
        return False
    return url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def go_to(address: str) -> HttpResponseRedirect:
    """To this page, or to the start page where it is none of ours."""
    return HttpResponseRedirect(address if is_ours(address) else START)


def go_outside(address: str, *, host: str) -> HttpResponseRedirect:
    """To a page of another server, which the code names: never one that comes from outside."""
    parts = urlsplit(address)
    if (parts.scheme, parts.netloc) != ("https", host):
        raise ValueError(address)
    return HttpResponseRedirect(address)


def go_where_written(address: str) -> HttpResponseRedirect:
    """To a page that somebody of this site wrote down and everybody could read there: never one that comes with the
    request. ValueError for anything but a page of the web."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc or HIDDEN.search(address):
        raise ValueError(address)
    return HttpResponseRedirect(address)


def way_back(request: HttpRequest) -> str:
    """The page in `next` (of the form, else of the query), or nothing when it leads away from this site."""
    address = request.POST.get("next") or request.GET.get("next")
    return address if address and is_ours(address) else ""


def page_before(request: HttpRequest) -> str:
    """The page of ours on which somebody was, as the browser tells it, or nothing."""
    try:
        before = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return ""
    address = f"{before.path}?{before.query}" if before.query else before.path
    return address if before.netloc == request.get_host() and is_ours(address) else ""


def go_back(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    return go_to(way_back(request) or otherwise)


def with_way_back(address: str, back: str) -> str:
    """An address that leads back to `back` when its work is done."""
    return f"{address}?{urlencode({'next': back})}" if is_ours(back) else address
