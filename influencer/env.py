"""Strict readers of the environment: nonsense stops the start with a sentence, nothing is guessed."""

import os
import re
from collections.abc import Sequence
from email.utils import parseaddr
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 2048
MAIL_PROVIDERS = (  # whose calls `core.notify.providers` reads
    "brevo", "mailersend", "mailgun", "mailjet", "mailtrap", "mandrill", "postal", "postmark", "sendgrid", "sparkpost",
)  # fmt: skip


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def boolean(name: str, *, default: bool = False) -> bool:
    value = text(name).lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    if value == "":
        return default
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def integer(name: str, default: int) -> int:
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def proxies(name: str) -> int | list[IPv4Network | IPv6Network]:
    """How many proxies there are, or which addresses and networks are theirs."""
    if (value := text(name, "0")).isdecimal():
        return int(value)
    try:
        return [ip_network(word) for word in words(name)]
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a number or addresses of networks, not {value!r}.") from None


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def choice(name: str, among: Sequence[str]) -> str:
    """One of these words, or nothing."""
    value = text(name).lower()
    if value and value not in among:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(among)}, not {value!r}.")
    return value


def address(name: str) -> str:
    """An email address, or nothing."""
    value = text(name)
    if value and not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(value)[1]):
        raise ImproperlyConfigured(f"{name} must be an email address, not {value!r}.")
    return value


def secret(name: str, default: str | None = None) -> str:
    """The value of NAME, or the content of the file named by NAME_FILE (Docker and systemd secrets)."""
    file = text(f"{name}_FILE")
    if file:
        try:
            found = Path(file).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}.") from None
        if not found and default is None:  # with an empty key anybody could sign
            raise ImproperlyConfigured(f"{name}_FILE is empty.")
        return found
    value = text(name)
    if value:
        return value
    if default is not None:
        return default
    raise ImproperlyConfigured(f"{name} (or {name}_FILE) must be set. See .env.example.")


def signing_key(name: str) -> str:
    """A private RSA key in PEM, or nothing. The name service knows its other half."""
    pem = secret(name, "")
    if not pem:
        return ""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415  # seldom needed
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    try:
        key = load_pem_private_key(pem.encode(), None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, RSAPrivateKey) or key.key_size < SHORTEST_KEY:
        raise ImproperlyConfigured(
            f"{name} must be a private RSA key of at least {SHORTEST_KEY} bits, as PEM, without a password."
        )
    return pem


def connection_of(url: str) -> dict[str, Any]:
    """The address of a database as Django wants it."""
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415  # beat reads its settings here, and needs no database

    parts = conninfo_to_dict(url)
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    found = {name: parts.pop(key, "") for name, key in names.items()}
    return {"ENGINE": "django.db.backends.postgresql", **found, "OPTIONS": parts}
