"""The page speaks the reader's language and shows the reader's time."""

import logging
import zoneinfo
from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render, resolve_url
from django.utils import timezone, translation

from core.kit import page_cache
from core.kit.middleware import Next
from core.kit.refusals import signed_out
from core.kit.returning import page_before, with_way_back
from core.people.secrets import SecretIsSealed

log = logging.getLogger(__name__)


class LanguageOfPersonMiddleware(LocaleMiddleware):
    """For visitors: the language cookie, else what the browser asks for."""


class SignedInMiddleware(LoginRequiredMiddleware):
    """Every page is for people who are signed in, unless it says otherwise. A form that is sent after the session
    ended loses no words."""

    def handle_no_permission(  # type: ignore[override]  # any answer does
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        sign_in = with_way_back(resolve_url(self.get_login_url(view_func)), page_before(request))
        return signed_out(request, sign_in) or super().handle_no_permission(request, view_func)


class PersonMiddleware:
    """For people who are signed in: the language and time zone of their profile."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not user.is_authenticated:
            timezone.deactivate()
            return self.get_response(request)
        translation.activate(user.language)
        request.LANGUAGE_CODE = user.language  # set by Django's LocaleMiddleware
        try:
            timezone.activate(zoneinfo.ZoneInfo(user.time_zone))
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            timezone.deactivate()
        with page_cache.visit((user.pk, request.path)):
            response = self.get_response(request)
        timezone.deactivate()
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A second factor that no key of the site opens: said in words, and nobody gets in."""
        if isinstance(exception, SecretIsSealed):
            log.error("a second factor is opened by none of SECRETS_KEYS")
            return render(request, "people/secret_sealed.html", status=503)
        return None
