"""What the room tells others about, without knowing them."""

from django.db.models import TextChoices
from django.dispatch import Signal


class Change(TextChoices):
    """How the way into an account changed."""

    PASSWORD = "password"  # noqa: S105  # the word, not one
    ADDRESS_ASKED = "address_asked"  # a new one waits for its link
    ADDRESS = "address"
    APP_ADDED = "app_added"
    APP_REMOVED = "app_removed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    CODES_MADE = "codes_made"
    FACTORS_REMOVED = "factors_removed"  # lost ones, by administrators
    SIGNED_OUT = "signed_out"  # everywhere, by an administrator
    CLOSED = "closed"
    REOPENED = "reopened"
    ADMINISTRATOR = "administrator"
    NO_ADMINISTRATOR = "no_administrator"


# user: whose account it is; change; by: who did it, None for the site itself; old_address, new_address
way_in_changed = Signal()
