"""What the link in a mail about a lost second factor stands for."""

from django.core import signing

from influencer.operate.models import Rescue

SALT = "operate.rescue"


def stop_token(rescue: Rescue) -> str:
    return signing.dumps(rescue.pk, salt=SALT)


def rescue_in(token: str) -> int | None:
    """The number of the removal that a link stops; None for a forged one."""
    try:
        found: int = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return found
