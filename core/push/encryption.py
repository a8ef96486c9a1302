"""A message that only the browser can open (RFC 8291 over RFC 8188): the push service sees neither words nor length."""

import os
import struct

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
POINT, AUTH = 65, 16  # bytes of what a browser hands over
RECORD = 4096
LAST = b"\x02"  # after the text of the last record; what follows is padding


def encrypt(
    text: bytes,
    browser: bytes,
    auth: bytes,
    *,
    length: int = 0,
    own: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes = b"",
) -> bytes:
    """One record for the browser whose public key and secret these are, filled up to `length`. `own` and `salt` are
    made anew for every message, but in tests."""
    own, salt = own or ec.generate_private_key(CURVE), salt or os.urandom(16)
    ours = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = own.exchange(ec.ECDH(), public_key(browser))
    secret = _derived(shared, auth, b"WebPush: info\x00" + browser + ours, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\x00", 12)
    sealed = AESGCM(key).encrypt(nonce, (text + LAST).ljust(length + 1, b"\x00"), None)
    return salt + struct.pack("!LB", RECORD, len(ours)) + ours + sealed


def public_key(point: bytes) -> ec.EllipticCurvePublicKey:
    """ValueError when this is no point of the curve."""
    return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)
