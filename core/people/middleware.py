"""The page speaks the reader's language and shows the reader's time."""

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import timezone, translation

Next = Callable[[HttpRequest], HttpResponse]


class LanguageOfPersonMiddleware(LocaleMiddleware):
    """For visitors: the language cookie, else what the browser asks for."""


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
        request.LANGUAGE_CODE = user.language  # type: ignore[attr-defined]  # set by Django's LocaleMiddleware
        try:
            timezone.activate(zoneinfo.ZoneInfo(user.time_zone))
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            timezone.deactivate()
        response = self.get_response(request)
        timezone.deactivate()
        return response
