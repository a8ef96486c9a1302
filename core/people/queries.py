"""What is selected of accounts."""

from django.db.models.functions import Lower

from core.people.models import User


def site_is_empty() -> bool:
    """Whether nobody has an account yet: then the welcome page creates the first administrator."""
    return not User.objects.exists()


def person_at(address: str) -> User | None:
    """Whose confirmed address this is, in any case of letters."""
    return User.objects.alias(lower=Lower("email")).filter(lower=address.strip().lower()).first()


def is_last_administrator(user: User) -> bool:
    """Whether nobody else who stays could look after the site."""
    there = User.objects.filter(is_superuser=True, is_active=True, erase_at=None)
    return user.is_superuser and not there.exclude(pk=user.pk).exists()
