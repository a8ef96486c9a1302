"""The site's own key for push services (VAPID, RFC 8292): made when it is first needed, sealed, and exchangeable."""

import time
from email.utils import parseaddr

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.conf import settings
from django.db import transaction
from py_vapid import Vapid02
from py_vapid.utils import b64urlencode

from core.people.secrets import seal, unseal
from core.push.models import PushKey

LIFE = 6 * 3600  # seconds that one signature is good for; push services refuse more than a day


def is_on() -> bool:
    """Whether the operator allows push services at all."""
    return bool(settings.WEB_PUSH_HOSTS)


def current() -> PushKey:
    """The key for devices that are added now; made at the first question, by one of however many ask at once."""
    found = PushKey.objects.filter(is_current=True).first()
    if found is None:
        PushKey.objects.bulk_create([_new()], ignore_conflicts=True)
        found = PushKey.objects.get(is_current=True)
    return found


@transaction.atomic
def rotate(*, drop_devices: bool = False) -> PushKey:
    """Another key from now on. Devices keep the one they know until they are added again, unless it became known to
    somebody: then they go with it."""
    PushKey.objects.select_for_update().filter(is_current=True).update(is_current=False)
    if drop_devices:
        PushKey.objects.filter(is_current=False).delete()
    return current()


def retention() -> int:
    """Former keys that no device uses any more."""
    return PushKey.objects.filter(is_current=False, devices=None).delete()[0]


def authorization(key: PushKey, host: str) -> str:
    """The header that says who sends: for this push service alone, and not for long."""
    claims = {"aud": f"https://{host}", "exp": int(time.time()) + LIFE, "sub": _contact()}
    return str(Vapid02.from_pem(unseal(key.sealed).encode()).sign(claims)["Authorization"])


def _new() -> PushKey:
    private = ec.generate_private_key(ec.SECP256R1())
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return PushKey(sealed=seal(pem), public=b64urlencode(point))


def _contact() -> str:
    """Whom a push service writes to when something is wrong with what we send."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return f"mailto:{address}" if address else settings.SITE_URL
