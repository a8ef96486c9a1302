"""The link with which somebody who was given an account chooses the first password. It works until that is done."""

from datetime import timedelta

from django.core import signing

from core.people.models import User

VALID = timedelta(days=30)
SALT = "people.welcome"


def token_of(user: User) -> str:
    return signing.dumps(user.pk, salt=SALT)


def person_of(token: str) -> User | None:
    """Whose link it is; nobody's when it was made up, is older than 30 days, or has done its work."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=VALID)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return None if user is None or user.has_usable_password() else user
