"""Links out of mails that switch mails off without a sign-in: signed, for one person, one topic or the whole forum."""

from django.core.signing import BadSignature, Signer

SALT = "forum.mails"


def token_of(program_id: int, person_id: int, topic_id: int = 0) -> str:
    return Signer(salt=SALT, sep=".").sign(f"{program_id}-{person_id}-{topic_id}")


def read_token(token: str) -> tuple[int, int, int] | None:
    """Program, person and topic (0: all of them), or nothing when the link was made up."""
    try:
        program_id, person_id, topic_id = map(int, Signer(salt=SALT, sep=".").unsign(token).split("-"))
    except (BadSignature, ValueError):
        return None
    return program_id, person_id, topic_id
