"""One's own sign-ins, and whom one may name."""

import unicodedata

from allauth.usersessions.models import UserSession
from django.http import Http404

from core.kit import drawn, rooms
from core.kit.characters import visible
from core.people import mentions
from core.people.in_program import marked_apart
from core.people.models import User

MOST_FOUND = 8


def get_sign_in(user: User, mark: str) -> UserSession:
    """One of the person's own sign-ins; anybody else's does not exist here."""
    for session in UserSession.objects.filter(user=user):
        if drawn.mark("sign_in", session.pk) == mark:
            return session
    raise Http404


def people_found(user: User, kind: str, target_id: int, words: str) -> list[tuple[int, str]]:
    """Whom one may name at an object (its room says so), each word being the beginning of one of the name's."""
    spot = rooms.spot(kind, user, target_id)
    people = marked_apart(spot.program_id, spot.people())
    called = {person.pk for person in people if person.name}
    names = {pk: name for pk, name in mentions.names_of(people).items() if pk in called}
    wanted = _plain(visible(words)).split()
    fitting = [(pk, name) for pk, name in names.items() if _fits(wanted, _plain(name).split())]
    return fitting[:MOST_FOUND]


def _fits(wanted: list[str], words: list[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in wanted)


def _plain(text: str) -> str:
    """Without marks: Muller finds Müller."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
