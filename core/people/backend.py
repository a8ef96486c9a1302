"""Who may sign in with a password."""

from allauth.account.auth_backends import AuthenticationBackend

from core.people import queries
from core.people.models import User


class OneAddressBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Passwords go with the address that counts: a new one that still waits for its link opens nothing."""

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        user: User | None = self._check_password(queries.person_at(email), password)
        return user
