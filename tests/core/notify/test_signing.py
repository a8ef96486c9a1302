"""Every mail carries the site's signature, and a receiver who knows the published key can check it."""

from email import message_from_bytes
from email.policy import default
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.exceptions import ImproperlyConfigured

from community.newsletters import jobs as newsletters
from core.kit import dkim_signing
from core.notify import jobs
from core.notify.models import OutgoingMail
from influencer import env
from tests.factories.newsletters import make_readers, make_running
from tests.smtp_sink import SmtpSink
from tests.world import make_program

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def pem() -> str:
    key = rsa.generate_private_key(65537, 2048)
    kind = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption()).decode()


@pytest.fixture
def sink(settings: Any, pem: str) -> Any:
    settings.DKIM_KEY, settings.DKIM_SELECTOR = pem, "s1"
    settings.DEFAULT_FROM_EMAIL = "Botschaft <post@nordwerk.example>"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with SmtpSink() as running:
        settings.EMAIL_HOST, settings.EMAIL_PORT = running.address
        yield running


def holds(raw: bytes) -> bool:
    """As a receiver checks it who asks the name service."""

    def published(name: bytes, **_: Any) -> bytes:
        assert name.rstrip(b".") == b"s1._domainkey.nordwerk.example"
        return dkim_signing.public_record().encode()

    return bool(dkim.verify(raw, dnsfunc=published))


def test_single_mails_and_newsletters_are_signed(sink: SmtpSink) -> None:
    program = make_program()
    make_readers(program, 2)
    issue = make_running(program)
    newsletters.send(issue.pk)
    OutgoingMail.objects.create(
        address="anna@example.com", subject="Ümläute", text=".\nZeile – zwei\n" * 40, html="<p>ä</p>", reason="test"
    )
    jobs.sweep()
    assert len(sink.raw) == 3
    for raw in sink.raw:
        assert holds(raw)
        assert not holds(raw.replace(b"@example.com", b"@example.org", 1))
    signed = str(message_from_bytes(sink.raw[0], policy=default)["DKIM-Signature"])
    assert "list-unsubscribe-post" in signed  # RFC 8058


def test_nothing_is_signed_without_a_key(sink: SmtpSink, settings: Any) -> None:
    settings.DKIM_KEY = ""
    OutgoingMail.objects.create(address="anna@example.com", subject="Hi", text="Hi", reason="test")
    jobs.sweep()
    assert b"DKIM-Signature" not in sink.raw[0]


@pytest.mark.parametrize("broken", ["nonsense", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"])
def test_a_key_that_cannot_sign_stops_the_start(monkeypatch: pytest.MonkeyPatch, broken: str, pem: str) -> None:
    monkeypatch.setenv("DKIM_KEY", broken)
    with pytest.raises(ImproperlyConfigured, match="DKIM_KEY must be a private RSA key"):
        env.signing_key("DKIM_KEY")
    monkeypatch.setenv("DKIM_KEY", pem)
    assert env.signing_key("DKIM_KEY") == pem.strip()
