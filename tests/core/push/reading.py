"""The browser's side of RFC 8291, written from its text with HMAC alone, so that it shares no code with ours."""

import hmac
import json
import struct
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.factories.push import FakeBrowser


def _mac(key: bytes, text: bytes) -> bytes:
    return hmac.new(key, text, "sha256").digest()


def decrypt(sealed: bytes, private: ec.EllipticCurvePrivateKey, auth: bytes) -> bytes:
    salt, (_record, length), rest = sealed[:16], struct.unpack("!LB", sealed[16:21]), sealed[21:]
    sender, box = rest[:length], rest[length:]
    shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
    mine = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    secret = _mac(_mac(auth, shared), b"WebPush: info\x00" + mine + sender + b"\x01")
    prk = _mac(salt, secret)
    key = _mac(prk, b"Content-Encoding: aes128gcm\x00\x01")[:16]
    nonce = _mac(prk, b"Content-Encoding: nonce\x00\x01")[:12]
    text = AESGCM(key).decrypt(nonce, box, None).rstrip(b"\x00")
    assert text[-1:] == b"\x02"
    return text[:-1]


def read(sealed: bytes, browser: FakeBrowser) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(decrypt(sealed, browser.private, browser.auth))
    return found
