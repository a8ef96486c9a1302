"""How a page tells a device whose it is, without a name: what waits there for a connection belongs to one person."""

from django.utils.crypto import salted_hmac

from core.people.models import User


def mark_on_device(person: User) -> str:
    return salted_hmac("core.people.device", str(person.pk), algorithm="sha256").hexdigest()[:32]


def mark_of_sign_in(session_key: str | None) -> str:
    """Which sign-in a page belongs to. What was kept under another one of the same person may be somebody else's: their
    sign-in had ended, and who held the phone then is not known."""
    return salted_hmac("core.people.device.sign_in", session_key or "", algorithm="sha256").hexdigest()[:16]
