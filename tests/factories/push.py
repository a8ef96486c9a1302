"""Devices: a browser of the influencer that shows notifications, with the keys that only the browser has."""

import os
from dataclasses import dataclass
from typing import Any

from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.test import Client, override_settings
from py_vapid.utils import b64urlencode

from core.push import keys, services
from core.push.forms import DeviceForm
from core.push.models import PushDevice

ORDER = 60
HOST = "push.example.com"
CHROME = "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36"


@dataclass
class FakeBrowser:
    """What a browser keeps to itself."""

    private: ec.EllipticCurvePrivateKey
    auth: bytes
    endpoint: str

    @property
    def point(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def says(self, **more: str) -> dict[str, str]:
        told = {"endpoint": self.endpoint, "p256dh": b64urlencode(self.point), "auth": b64urlencode(self.auth)}
        return told | {"key": keys.current().public} | more


def make_browser(name: str = "one", host: str = HOST) -> FakeBrowser:
    return FakeBrowser(ec.generate_private_key(ec.SECP256R1()), os.urandom(16), f"https://{host}/{name}")


def make_sign_in(person: Any, client: Client | None = None) -> UserSession:
    client = client or Client()
    client.force_login(person)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    values = {"user": person, "ip": "127.0.0.1", "user_agent": CHROME}
    return UserSession.objects.get_or_create(session_key=key, defaults=values)[0]


def make_device(person: Any, browser: FakeBrowser | None = None, client: Client | None = None) -> PushDevice:
    browser = browser or make_browser(f"of-{person.pk}")
    with override_settings(WEB_PUSH_HOSTS=["*"]):
        form = DeviceForm(browser.says())
        assert form.is_valid(), form.errors
        return services.add(form, keys.current(), make_sign_in(person, client), by=person)


def furnish(world: Any) -> None:
    world.device = make_device(world.influencer)
