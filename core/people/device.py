"""How a page tells a device whose it is, without a name: what waits there for a connection belongs to one person."""

from django.utils.crypto import salted_hmac

from core.people.models import User


def mark_on_device(person: User) -> str:
    return salted_hmac("core.people.device", str(person.pk), algorithm="sha256").hexdigest()[:32]
