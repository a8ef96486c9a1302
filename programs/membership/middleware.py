"""Who has a role that needs a second factor sets one up before anything else."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRedirect

from programs.membership import access

START = "home:start"  # open to visitors, and where signing in leads
OPEN = ("account_", "mfa_", "usersessions_", "programs:second_factor", "set_language")
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SecondFactorMiddleware:
    """Leads to the page that explains it; setting one up, signing out and public pages stay reachable."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        user = request.user
        # The first page is public and shows who is signed in their home.
        is_public = not getattr(view, "login_required", True) and request.resolver_match.view_name != START
        if is_public or not user.is_authenticated or request.resolver_match.view_name.startswith(OPEN):
            return None
        wanted = access.needs_second_factor(user) or (user.is_superuser and settings.ADMIN_SECOND_FACTOR)
        if not wanted or is_mfa_enabled(user, FACTORS):
            return None
        answer = redirect("programs:second_factor")
        return HttpResponseClientRedirect(answer.url) if request.htmx else answer
