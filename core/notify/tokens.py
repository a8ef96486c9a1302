"""The address where the mail provider tells what became of mails. It is a secret; the signature is checked besides."""

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

LENGTH = 32


def _secret(key: str | None = None) -> str:
    return salted_hmac("notify.events", settings.MAIL_EVENTS, secret=key, algorithm="sha256").hexdigest()[:LENGTH]


def events_path() -> str:
    return reverse("notify:events", args=[_secret()])


def is_events_secret(secret: str) -> bool:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(secret, _secret(key)) for key in keys)
