"""The link with which somebody who was given an account chooses the first password. It works until that is done, or
until all sign-ins of the account are ended, as when its last role ends."""

from datetime import timedelta

from django.core import signing

from core.people.models import User

VALID = timedelta(days=30)  # every link that lets somebody in by mail
SALT = "people.welcome"


def token_of(user: User) -> str:
    return signing.dumps([user.pk, user.sign_ins_ended], salt=SALT)


def person_of(token: str) -> User | None:
    """Whose link it is; nobody's when it was made up, is older than 30 days, was ended, or has done its work."""
    try:
        pk, sign_ins_ended = signing.loads(token, salt=SALT, max_age=VALID)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk, sign_ins_ended=sign_ins_ended, is_active=True).first()
    return None if user is None or user.has_begun else user
