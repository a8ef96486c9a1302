"""The site's own DKIM signature, for mail servers that do not sign themselves (RFC 6376). By `DKIM_SELECTOR` and
`DKIM_KEY`; without them nothing is signed here."""

from base64 import b64encode
from functools import lru_cache

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from django.conf import settings

# RFC 8058 asks that the headers of one-click unsubscribing are signed.
SIGNED = (
    b"from", b"to", b"subject", b"date", b"message-id", b"reply-to", b"mime-version", b"content-type",
    b"content-language", b"list-id", b"list-unsubscribe", b"list-unsubscribe-post", b"auto-submitted",
)  # fmt: skip
RELAXED = (b"relaxed", b"relaxed")  # servers on the way fold and trim


def is_on() -> bool:
    return bool(settings.DKIM_KEY)


def signed(message: bytes, domain: str) -> bytes:
    """A whole message with CRLF line ends, the signature of `domain` before it where the site signs."""
    return signature_of(message, domain) + message if is_on() else message


def signature_of(message: bytes, domain: str) -> bytes:
    """The header that proves that a server of `domain` let this message out."""
    import dkim  # noqa: PLC0415  # brings a resolver with it; most sites leave signing to their mail server

    there = {line.partition(b":")[0].strip().lower() for line in message.partition(b"\r\n\r\n")[0].split(b"\r\n")}
    signature: bytes = dkim.sign(
        message,
        settings.DKIM_SELECTOR.encode(),
        domain.encode("idna"),
        settings.DKIM_KEY.encode(),
        canonicalize=RELAXED,
        include_headers=[name for name in SIGNED if name in there],
    )
    return signature


def public_record() -> str:
    """What stands in the name service at `selector._domainkey.domain`."""
    return _record_of(settings.DKIM_KEY)


@lru_cache(maxsize=1)
def _record_of(pem: str) -> str:
    key = load_pem_private_key(pem.encode(), None).public_key()
    return f"v=DKIM1; k=rsa; p={b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()}"
