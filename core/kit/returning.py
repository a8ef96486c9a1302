"""Going back to the page somebody came from, when it is ours."""

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request: HttpRequest) -> str:
    """The address in `next` (of the form, else of the query), or nothing when it leads away from this site."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if is_ours else ""


def go_back(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    return redirect(way_back(request) or otherwise)
