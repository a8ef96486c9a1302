"""Addresses of video calls: what makes one, whose it is, and whether it can be a call of theirs."""

import re
from dataclasses import dataclass
from secrets import token_urlsafe
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Provider:
    name: str
    hosts: tuple[str, ...]
    call: re.Pattern[str]  # what the path of a call looks like
    example: str


PROVIDERS = (
    Provider(
        "Teams",
        ("teams.microsoft.com", "teams.live.com", "teams.microsoft.us"),
        re.compile(r"/(l/meetup-join|meet|l/meeting|dl/launcher|_)(/|$)"),
        "https://teams.microsoft.com/l/meetup-join/…",
    ),
    Provider("Zoom", ("zoom.us", "zoom.com"), re.compile(r"/(j|my|w|s|wc|meeting)/."), "https://zoom.us/j/…"),
    Provider(
        "Webex",
        ("webex.com",),
        re.compile(r"/(meet|join|wbxmjs|webappng|weblink|mw\d+|[^/]+/j\.php|[^/]+/g\.php)(/|$)|/[^/]+/meet/."),
        "https://company.webex.com/meet/…",
    ),
    Provider("Jitsi", ("meet.jit.si",), re.compile(r"/."), "https://meet.jit.si/…"),
)


def provider_of(link: str) -> Provider | None:
    host = (urlsplit(link).hostname or "").removesuffix(".")
    return next((one for one in PROVIDERS if any(host == end or host.endswith(f".{end}") for end in one.hosts)), None)


def name_of(link: str) -> str:
    """What the call is called; nothing where its address is nobody's known."""
    host, provider = urlsplit(link).hostname or "", provider_of(link)
    own = urlsplit(settings.JITSI_URL).hostname
    return provider.name if provider else "Jitsi" if "jitsi" in host or (own and host == own) else ""


def require_call(link: str) -> None:
    """A known provider's address is one of a call, not of its home page or app; an address that only looks like a known
    one leads somewhere else. Other addresses, e.g. of the company's own server, are taken as they are."""
    provider, host = provider_of(link), urlsplit(link).hostname or ""
    if provider and not provider.call.match(urlsplit(link).path):
        raise ValidationError(
            _("This is an address of %(name)s, but not of a call. The address of a call looks like %(example)s")
            % {"name": provider.name, "example": provider.example},
            code="no_call",
        )
    for one in PROVIDERS:
        if provider is None and any(end in host for end in one.hosts):
            raise ValidationError(
                _("This looks like %(name)s, but the address belongs to %(host)s. Please copy it from the invitation.")
                % {"name": one.name, "host": host},
                code="not_theirs",
            )


def new_room(title: str) -> str:
    """A room of the operator's Jitsi server that nobody can guess."""
    return f"{settings.JITSI_URL.rstrip('/')}/{slugify(title)[:40] or 'call'}-{token_urlsafe(12)}"
