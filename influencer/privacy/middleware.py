"""Whoever has asked for the own account to be deleted finds one page: keep it, or leave it at that."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRedirect

from programs.membership.middleware import START

OPEN = (
    "account_",
    "mfa_",
    "usersessions_",
    "privacy:account_",
    "privacy:export",
    "set_language",
    "programs:second_factor",
)


class LeavingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name
        is_public = not getattr(view, "login_required", True) and name != START
        if is_public or not request.user.is_authenticated or request.user.erase_at is None:
            return None
        if name.startswith(OPEN):
            return None
        answer = redirect("privacy:account_leaving")
        return HttpResponseClientRedirect(answer.url) if request.htmx else answer
