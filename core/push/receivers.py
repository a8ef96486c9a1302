"""A device ends with the sign-in on it."""

from typing import Any

from django.contrib.auth.signals import user_logged_out

from core.push import services


def listen() -> None:
    """Called once, when the site starts."""
    user_logged_out.connect(_signed_out, dispatch_uid="push")


def _signed_out(request: Any, **_: Any) -> None:
    if request is not None:
        services.forget_sign_in(request.session.session_key)
