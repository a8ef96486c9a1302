"""Against the example that RFC 8291 itself gives."""

from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid.utils import b64urldecode, b64urlencode

from core.push.encryption import encrypt
from tests.core.push.reading import decrypt

TEXT = b"When I grow up, I want to be a watermelon"
BROWSER = b"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
PRIVATE, AUTH = b"q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94", b"BTBZMqHH6r4Tts7J_aSIgg"
OWN, SALT = b"yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw", b"DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
    "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def private(text: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(b64urldecode(text), "big"), ec.SECP256R1())


def test_it_is_as_the_rfc_shows_it() -> None:
    found = encrypt(TEXT, b64urldecode(BROWSER), b64urldecode(AUTH), own=private(OWN), salt=b64urldecode(SALT))
    assert b64urlencode(found) == SEALED


def test_the_browser_reads_it_whatever_its_length() -> None:
    for text in (TEXT, b"", b"x" * 1999):
        sealed = encrypt(text, b64urldecode(BROWSER), b64urldecode(AUTH), length=2048)
        assert decrypt(sealed, private(PRIVATE), b64urldecode(AUTH)) == text
        assert len(sealed) == 16 + 5 + 65 + 2048 + 1 + 16
