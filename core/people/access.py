"""Facts about who has an account."""

from core.people.models import User


def site_is_empty() -> bool:
    """Whether nobody has an account yet: then the welcome page creates the first administrator."""
    return not User.objects.exists()
