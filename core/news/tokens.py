"""The link in a mail that ends mails of its kind."""

from django.core.signing import BadSignature, Signer

OFF = "news.off"
EVERYTHING = "*"  # before a way: all kinds that come that way


def token_of(person_id: int, scope: str) -> str:
    """A link that switches mails off without a sign-in: signed, for one person and one kind, or one way."""
    return Signer(salt=OFF, sep="~").sign(f"{person_id}-{scope}")


def read_token(token: str) -> tuple[int, str] | None:
    """Person and what to switch off, or nothing when the link was made up."""
    try:
        person, scope = Signer(salt=OFF, sep="~").unsign(token).split("-", 1)
        return int(person), scope
    except (BadSignature, ValueError):
        return None
